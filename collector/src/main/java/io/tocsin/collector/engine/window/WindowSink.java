/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesWindow;
import java.util.List;

/** Takes windows of series as they are published. Called on the partition's thread. */
public interface WindowSink {

    /**
     * A window as it is now; replaces an earlier one with the same start.
     *
     * @param totals of the series since it began, late records included
     */
    void publish(String tenant, SeriesKey series, SeriesWindow window, SeriesTotals totals);

    /** What a series had when the engine began from a checkpoint; its windows of then are not given again. */
    default void resumed(String tenant, SeriesKey series, SeriesTotals totals) {}

    /** The series is forgotten: its totals go, its windows when they are old. */
    void forget(String tenant, SeriesKey series);

    /** Engine time. What is older than is kept may go. */
    void time(long engineMillis);

    /** Whether it wants to be given what is sealed. */
    default boolean takesSealed() {
        return false;
    }

    /** Windows of these ten seconds, which no record changes any more. In order of time; a minute that is not whole yet is given again from its beginning to an engine that begins anew. */
    default void sealed(long startMillis, List<Sealed> windows) {}

    /** What lies before that whole minute is sealed and was given. */
    default void sealedBefore(long minuteMillis) {}

    /** A window that no record changes any more. */
    record Sealed(String tenant, SeriesKey series, SeriesWindow window) {}

    /**
     * Everything that a series ever had.
     *
     * @param sum of latencies in seconds, values or increments
     */
    record SeriesTotals(long count, long failed, double sum) {}
}
