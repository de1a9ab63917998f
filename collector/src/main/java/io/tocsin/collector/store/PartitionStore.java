/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.engine.window.WindowSink;

/**
 * What one partition keeps, as its engine writes and its doors read it.
 *
 * @param recent what of the series is in memory
 */
public record PartitionStore(
        SeriesReader series,
        WindowSink windows,
        EventLog events,
        AlertReader alerts,
        EventSink eventSink,
        InMemorySeriesStore recent) {

    /** All of it in memory: nothing survives. */
    public static PartitionStore inMemory(StoreSettings settings) {
        InMemorySeriesStore series = new InMemorySeriesStore(settings);
        InMemoryEventStore events = new InMemoryEventStore(settings);
        return new PartitionStore(series, series, events, events, events, series);
    }
}
