/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.wire.Sketch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Windows that a test fills record by record. Thread-safe. */
public final class FakeSeries implements SeriesReader {
    private final Map<String, TreeMap<SeriesKey, TreeMap<Long, SeriesWindow>>> tenants = new HashMap<>();

    public synchronized void add(
            String tenant, String metric, Attributes attributes, long timeMillis, double value, String error) {
        long start = Math.floorDiv(timeMillis, SeriesWindow.LENGTH_MILLIS) * SeriesWindow.LENGTH_MILLIS;
        SeriesWindow window = tenants.computeIfAbsent(tenant, t -> new TreeMap<>())
                .computeIfAbsent(new SeriesKey(metric, SeriesKind.OUTCOME, attributes), k -> new TreeMap<>())
                .computeIfAbsent(
                        start,
                        s -> new SeriesWindow(
                                s, new int[10], new int[10], new double[10], new Sketch(), new TreeMap<>(), List.of()));
        int second = (int) ((timeMillis - start) / 1_000);
        window.counts()[second]++;
        window.sums()[second] += value;
        window.sketch().add(value);
        if (error != null) {
            window.failed()[second]++;
            window.errors().merge(error, 1L, Long::sum);
        }
    }

    @Override
    public synchronized void scan(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesWindow> visitor) {
        tenants.getOrDefault(tenant, new TreeMap<>()).forEach((series, windows) -> {
            if (selector.matches(series)) {
                windows.subMap(fromMillis, toMillis).values().forEach(window -> visitor.accept(series, window));
            }
        });
    }

    @Override
    public synchronized void keys(String tenant, String metric, Consumer<SeriesKey> visitor) {
        totals(tenant, metric, (series, totals) -> visitor.accept(series));
    }

    @Override
    public synchronized void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor) {
        for (SeriesKey series : tenants.getOrDefault(tenant, new TreeMap<>()).keySet()) {
            if (series.metric().equals(metric)) {
                visitor.accept(series, new SeriesTotals(0, 0, 0)); // no door asks how much
            }
        }
    }

    @Override
    public synchronized void keys(String tenant, Consumer<SeriesKey> visitor) {
        tenants.getOrDefault(tenant, new TreeMap<>()).keySet().forEach(visitor);
    }

    @Override
    public long earliestMillis(String tenant) {
        return Long.MAX_VALUE;
    }

    @Override
    public long latestMillis(String tenant) {
        return Long.MIN_VALUE;
    }
}
