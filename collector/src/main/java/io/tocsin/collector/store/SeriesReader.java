/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Windows of ten seconds, by series. Thread-safe. */
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

    /** Visits what each of the tenant's series of a metric ever had, in order of their keys. */
    void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor);

    /** Visits the keys of all of the tenant's series that are kept, in order. */
    void keys(String tenant, Consumer<SeriesKey> visitor);

    /** Start of the earliest window kept for the tenant; Long.MAX_VALUE if there is none. */
    long earliestMillis(String tenant);

    /** End of the latest window of the tenant; Long.MIN_VALUE if there is none. */
    long latestMillis(String tenant);
}
