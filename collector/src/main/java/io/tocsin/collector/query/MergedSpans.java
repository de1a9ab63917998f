/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesWindow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Sums of a whole metric by ten seconds and group, kept until a window of those ten seconds is published again. A dashboard of a thousand series and
 * fifteen minutes then reads the two thousand windows that changed since the one before, not ninety thousand. Bounded by the number
 * of sums kept: metrics not asked for longest go, and one that has too many groups is never kept. Thread-safe.
 */
final class MergedSpans {
    private static final int MAX_SUMS = 20_000;
    private static final int MAX_SUMS_OF_METRIC = 10_000;

    private record Key(Partition partition, String tenant, String metric, List<String> groupBy) {}

    /** Ten seconds as they were at a change. */
    private record Span(long change, Map<Attributes, OutcomeSums> groups) {}

    private static final class Metric {
        /** Guarded by this. */
        final TreeMap<Long, Span> spans = new TreeMap<>();

        volatile int sums;
    }

    private final QueryCounters counters;
    private final Map<Key, Metric> metrics = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

    MergedSpans(QueryCounters counters) {
        this.counters = counters;
    }

    /** Visits the groups of every ten seconds that start in the range, oldest first. What it gives is shared: only to be read. */
    void visit(
            Partition partition,
            String tenant,
            String metric,
            List<String> groupBy,
            long fromMillis,
            long toMillis,
            BiConsumer<Long, Map<Attributes, OutcomeSums>> visitor) {
        Metric kept;
        synchronized (metrics) {
            kept = metrics.computeIfAbsent(new Key(partition, tenant, metric, groupBy), k -> new Metric());
        }
        SeriesReader series = partition.series();
        synchronized (kept) {
            kept.spans.headMap(series.windowsBeginMillis()).clear();
            for (long start = fromMillis; start < toMillis; start += SeriesWindow.LENGTH_MILLIS) {
                long change = series.lastChange(tenant, metric, start);
                if (change == 0) {
                    continue;
                }
                Span span = kept.spans.get(start);
                if (span == null || change < 0 || span.change() != change) {
                    span = new Span(change, merge(series, tenant, metric, groupBy, start));
                    kept.spans.put(start, span);
                }
                visitor.accept(start, span.groups());
            }
            int sums = kept.spans.values().stream()
                    .mapToInt(span -> span.groups().size())
                    .sum();
            if (sums > MAX_SUMS_OF_METRIC) {
                kept.spans.clear();
                counters.spansEvicted.increment();
                sums = 0;
            }
            kept.sums = sums;
        }
        shrink();
    }

    private static Map<Attributes, OutcomeSums> merge(
            SeriesReader series, String tenant, String metric, List<String> groupBy, long start) {
        Map<Attributes, OutcomeSums> groups = new HashMap<>();
        series.scan(
                tenant,
                Selector.of(metric),
                start,
                start + SeriesWindow.LENGTH_MILLIS,
                (key, window) -> groups.computeIfAbsent(key.attributes().only(groupBy), k -> new OutcomeSums())
                        .add(window));
        return groups;
    }

    private void shrink() {
        synchronized (metrics) {
            int sums = metrics.values().stream().mapToInt(metric -> metric.sums).sum();
            var longestUnused = metrics.values().iterator();
            while (sums > MAX_SUMS && longestUnused.hasNext()) {
                sums -= longestUnused.next().sums;
                longestUnused.remove();
                counters.spansEvicted.increment();
            }
        }
    }
}
