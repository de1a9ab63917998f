/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

/** What one agent does, over time. Confined to the driver's thread. */
interface Course {
    /** When it does something next; {@link Long#MAX_VALUE} when it is over. */
    long dueNanos();

    /** Does it. */
    void act(long nowNanos);
}
