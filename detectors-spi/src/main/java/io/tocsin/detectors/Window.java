/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.util.Set;

/**
 * The aggregate of one member and input over {@code [startMillis, endMillis)}. Implemented by the collector; a view that is
 * valid during the call it is given to (promise 12).
 *
 * <p>Latency is in seconds, measurements in the unit of their series.
 */
public interface Window {

    /** Which member of the group, dense from 0; 0 where the input does not tell members apart (promise 5). */
    int member();

    /** Which input, by its place in {@link DetectorFactory#inputs()}. */
    int input();

    /** First instant, milliseconds since 1970 UTC, a whole multiple of the step. */
    long startMillis();

    /** First instant after it. */
    long endMillis();

    /**
     * Share of the window in which we listened, 0 to 1: the collector took data and the producers of this member were alive.
     * Below 1, few or no records prove nothing.
     *
     * <p>Records that are pushed by hand, without a client that says it is alive, have coverage 0. So ask for coverage only where few
     * would prove something: what is there and bad is bad at any coverage.
     */
    double coverage();

    /** Outcomes, values or increments. */
    long count();

    /** Outcomes that failed; 0 for measurements. */
    long errors();

    /** The types that the failed outcomes had; "" for those without. In a fixed order. */
    Set<String> errorTypes();

    /** Failed outcomes of this type. */
    long errors(String type);

    /** Sum of latencies, values or increments. */
    double sum();

    /** Least value; NaN if empty. */
    double min();

    /** Greatest value; NaN if empty. */
    double max();

    /** The value with the latest time, for a gauge; NaN if empty or not a gauge. */
    double last();

    /**
     * The value at rank {@code ceil(q * count)}, within one per cent; NaN if empty.
     *
     * @param q 0 to 1
     */
    double quantile(double q);

    /** How many values are at most {@code x}; off by those within one per cent of {@code x}. */
    long countAtMost(double x);

    /** Value of a grouping attribute of this member, "" if it has none. */
    String attribute(String name);
}
