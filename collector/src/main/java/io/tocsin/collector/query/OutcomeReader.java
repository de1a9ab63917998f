/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what series did, merged by attributes. Thread-safe. */
final class OutcomeReader {
    /** More than becomes a rollup while one reads. */
    private static final long BECOMES_ROLLUP_MILLIS = 2 * SeriesWindow.LENGTH_MILLIS;

    private final MergedSpans spans;

    OutcomeReader(MergedSpans spans) {
        this.spans = spans;
    }

    /** One line for each combination of the attributes {@code groupBy} that has records, by its attributes. */
    Map<Attributes, OutcomeLine> lines(
            Partition partition,
            String tenant,
            Selector selector,
            List<String> groupBy,
            ViewRange range,
            long stepMillis) {
        Map<Attributes, OutcomeLine> lines = new HashMap<>();
        long mergedFrom = mergedFrom(partition, selector, groupBy, range);
        LineOf lineOf = new LineOf(lines, groupBy, range, stepMillis);
        partition
                .series()
                .scanAll(
                        tenant,
                        selector,
                        new SeriesReader.Shape(groupBy, stepMillis),
                        range.fromMillis(),
                        mergedFrom,
                        (series, rollup) -> lineOf.series(series).add(rollup),
                        (series, window) -> lineOf.series(series).add(window));
        spans.visit(
                partition,
                tenant,
                selector.metric(),
                groupBy,
                mergedFrom,
                range.toMillis(),
                (start, groups) -> groups.forEach(
                        (key, sums) -> lines.computeIfAbsent(key, k -> new OutcomeLine(k, range, stepMillis))
                                .add(start, sums)));
        return new TreeMap<>(lines);
    }

    /**
     * From when on sums that are kept may be used: of whole metrics in few groups, in a partition that lives. What is about to become a rollup is read
     * with the rollups, so that it is not seen twice.
     */
    private static long mergedFrom(Partition partition, Selector selector, List<String> groupBy, ViewRange range) {
        boolean few = groupBy.isEmpty() || (groupBy.size() == 1 && !groupBy.contains(AgentNames.INSTANCE));
        if (!few || !selector.matchers().isEmpty() || partition.recording().isPresent()) {
            return range.toMillis();
        }
        long begins = partition.series().windowsBeginMillis();
        long safe = begins == Long.MIN_VALUE ? range.fromMillis() : begins + BECOMES_ROLLUP_MILLIS;
        return Math.min(range.toMillis(), Math.max(range.fromMillis(), safe));
    }

    /** The line of a series. They come one after the other: it is worked out once for each. Not thread-safe. */
    private static final class LineOf {
        private final Map<Attributes, OutcomeLine> lines;
        private final List<String> groupBy;
        private final ViewRange range;
        private final long stepMillis;
        private @Nullable SeriesKey last;
        private @Nullable OutcomeLine line;

        LineOf(Map<Attributes, OutcomeLine> lines, List<String> groupBy, ViewRange range, long stepMillis) {
            this.lines = lines;
            this.groupBy = groupBy;
            this.range = range;
            this.stepMillis = stepMillis;
        }

        OutcomeLine series(SeriesKey series) {
            OutcomeLine found = line;
            if (found == null || !series.equals(last)) {
                found = lines.computeIfAbsent(
                        series.attributes().only(groupBy), key -> new OutcomeLine(key, range, stepMillis));
                line = found;
                last = series;
            }
            return found;
        }
    }

    /** All in one line, empty if there is nothing. */
    OutcomeLine line(Partition partition, String tenant, Selector selector, ViewRange range, long stepMillis) {
        return lines(partition, tenant, selector, List.of(), range, stepMillis)
                .getOrDefault(Attributes.NONE, new OutcomeLine(Attributes.NONE, range, stepMillis));
    }
}
