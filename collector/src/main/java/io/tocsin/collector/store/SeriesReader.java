/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * What is kept of series: windows of ten seconds, and of what is older rollups of many windows. Every record is in one window or one rollup, never
 * in two, however old it is. Thread-safe.
 */
public interface SeriesReader {

    /**
     * Visits every window of the tenant's selected series that starts in [fromMillis, toMillis), series in order of their keys, windows oldest
     * first. What is published meanwhile may or may not be seen.
     */
    void scan(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesWindow> visitor);

    /**
     * Visits rollups that start in the range, and windows that do, series in order of their keys, of each the oldest first. What becomes a rollup
     * meanwhile is seen once. A range that is widened to {@link #grainMillis} at both ends has all that is kept of it, and nothing
     * else.
     */
    default void scanAll(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        scan(tenant, selector, fromMillis, toMillis, windows);
    }

    /**
     * How what is read will be shown, so that no more is read than it takes.
     *
     * @param groupBy series that are equal in these become one: what is given may be all of them together already, under the attributes that they share
     * @param stepMillis length of points, which begin at multiples of it; 0: all that is read becomes one
     */
    record Shape(List<String> groupBy, long stepMillis) {}

    /** As {@link #scanAll(String, Selector, long, long, BiConsumer, BiConsumer)}, in the longest rollups that are part of one point, or else in the shortest there are. */
    default void scanAll(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        scanAll(tenant, selector, fromMillis, toMillis, rollups, windows);
    }

    /**
     * Visits what {@link #scanAll} of the same would visit, but not all of it: of each series, or of each group of them, at least one rollup, told by its length, or window.
     */
    default void scanSome(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            ObjLongConsumer<SeriesKey> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        scanAll(
                tenant,
                selector,
                shape,
                fromMillis,
                toMillis,
                (key, rollup) -> rollups.accept(key, rollup.lengthMillis()),
                windows);
    }

    /** Length of what is kept of that time: ten seconds, or a rollup's length, of which each is a whole multiple of the one before. */
    default long grainMillis(long atMillis) {
        return SeriesWindow.LENGTH_MILLIS;
    }

    /** From here on there are windows; Long.MIN_VALUE if none became a rollup yet. */
    default long windowsBeginMillis() {
        return Long.MIN_VALUE;
    }

    /**
     * A number that is another one after any window of the metric with that start was published; 0 if there is none, below 0 if nobody knows.
     */
    default long lastChange(String tenant, String metric, long startMillis) {
        return -1;
    }

    /** Visits each series of a metric of which anything is kept, in order of their keys. */
    void keys(String tenant, String metric, Consumer<SeriesKey> visitor);

    /** Visits what each of the tenant's series of a metric ever had, in order of their keys. */
    void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor);

    /** Visits the keys of all of the tenant's series that are kept, in order. */
    void keys(String tenant, Consumer<SeriesKey> visitor);

    /** Start of the earliest window kept for the tenant; Long.MAX_VALUE if there is none. */
    long earliestMillis(String tenant);

    /** End of the latest window of the tenant; Long.MIN_VALUE if there is none. */
    long latestMillis(String tenant);
}
