/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesWindow;

/** Takes windows of series as they are published. Called on the partition's thread. */
public interface WindowSink {

    /**
     * A window as it is now; replaces an earlier one with the same start.
     *
     * @param totals of the series since it began, late records included
     */
    void publish(String tenant, SeriesKey series, SeriesWindow window, SeriesTotals totals);

    /** The series is forgotten: its totals go, its windows when they are old. */
    void forget(String tenant, SeriesKey series);

    /** Engine time. What is older than is kept may go. */
    void time(long engineMillis);

    /**
     * Everything that a series ever had.
     *
     * @param sum of latencies in seconds, values or increments
     */
    record SeriesTotals(long count, long failed, double sum) {}
}
