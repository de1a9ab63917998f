/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

/**
 * How the latest windows of a member compare with its own past, over each span of {@link RecentSums}. What peers do at the same time is the
 * sum of their amounts over the sum of their weights, on the scale of {@link #neutral}.
 */
interface Past {
    /** Spans that can be asked for. */
    int spans();

    double weight(int span);

    double amount(int span);

    /** Amount over weight of a member that is as usual. */
    double neutral();

    /** Which way trouble lies: 1 if more than usual is bad, -1 if less is. */
    int direction();
}
