/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesRollup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hours of groups that no rule and no view has kept: once somebody asked for one, its sums stay in memory, since what is sealed does not change any more. The first question of a group of
 * a hundred series reads all of them, the next ones what is new. Bounded by {@link #MAX_BYTES}: what was not asked for longest goes, which is counted, and is read again. Thread-safe.
 */
final class SealedSums {
    static final long MAX_BYTES = 64L << 20;
    /** Summing pays where lines are made of that many series or more, on average. */
    private static final int LEAST_MEMBERS = 4;
    /** More groups than that, times hours, are not summed at once. */
    private static final int MAX_SUMS = 50_000;
    /** Of a sum beside its rollup. */
    private static final int OBJECT_BYTES = 120;

    /** Whose hours are summed. */
    record Question(String tenant, Selector selector, List<String> groupBy) {}

    /** Reads hours of series that start in a range. */
    interface Hours {
        void read(long fromMillis, long toMillis, BiConsumer<SeriesKey, SeriesRollup> visitor);
    }

    /** Sums of [fromMillis, toMillis), by start. */
    private static final class Kept {
        /** Guarded by this, as is the rest. */
        final TreeMap<Long, Map<SeriesKey, SeriesRollup>> sums = new TreeMap<>();

        long fromMillis;
        long toMillis;

        volatile long bytes;
    }

    private final long maxBytes;
    private final RollupCounters counters;
    private final Map<Question, Kept> questions = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

    SealedSums(RollupCounters counters) {
        this(MAX_BYTES, counters);
    }

    SealedSums(long maxBytes, RollupCounters counters) {
        this.maxBytes = maxBytes;
        this.counters = counters;
    }

    /** Whether the sums of these series are worth being kept. */
    static boolean areOf(Collection<StoredSeries> series, List<String> groupBy, long hours) {
        HashSet<Attributes> lines = new HashSet<>();
        for (StoredSeries one : series) {
            lines.add(one.key.attributes().only(groupBy));
        }
        return series.size() >= LEAST_MEMBERS * (long) lines.size() && lines.size() * hours <= MAX_SUMS;
    }

    /**
     * Visits the sums of hours that start in the range, which must be whole and stay as they are. What is given is shared.
     *
     * @param beginsMillis hours before have gone
     */
    void visit(
            Question question,
            long fromMillis,
            long toMillis,
            long beginsMillis,
            Hours hours,
            BiConsumer<SeriesKey, SeriesRollup> visitor) {
        Kept kept;
        synchronized (questions) {
            kept = questions.computeIfAbsent(question, q -> new Kept());
        }
        List<Map<SeriesKey, SeriesRollup>> found;
        synchronized (kept) { // equal questions wait for each other
            kept.sums.headMap(beginsMillis).clear();
            complete(kept, question, fromMillis, toMillis, hours);
            found = new ArrayList<>(kept.sums.subMap(fromMillis, toMillis).values());
        }
        shrink();
        found.forEach(sums -> sums.forEach(visitor));
    }

    private void complete(Kept kept, Question question, long fromMillis, long toMillis, Hours hours) {
        if (kept.sums.isEmpty() || toMillis < kept.fromMillis || fromMillis > kept.toMillis) {
            kept.sums.clear();
            kept.fromMillis = fromMillis;
            kept.toMillis = fromMillis;
        }
        if (fromMillis < kept.fromMillis) {
            sum(kept, question, fromMillis, kept.fromMillis, hours);
            kept.fromMillis = fromMillis;
        }
        if (toMillis > kept.toMillis) {
            sum(kept, question, kept.toMillis, toMillis, hours);
            kept.toMillis = toMillis;
        }
        kept.bytes = kept.sums.values().stream()
                .flatMap(sums -> sums.values().stream())
                .mapToLong(rollup -> OBJECT_BYTES + rollup.bytes().length)
                .sum();
    }

    private static void sum(Kept kept, Question question, long fromMillis, long toMillis, Hours hours) {
        TreeMap<Long, Map<SeriesKey, SeriesRollup.Content>> open = new TreeMap<>();
        Group group = new Group(question.groupBy());
        hours.read(
                fromMillis,
                toMillis,
                (series, rollup) -> open.computeIfAbsent(rollup.startMillis(), s -> new TreeMap<>())
                        .compute(
                                group.of(series),
                                (key, sum) -> (sum == null ? SeriesRollup.Content.empty() : sum).and(rollup, 0)));
        open.forEach((start, sums) -> {
            Map<SeriesKey, SeriesRollup> ofHour = new TreeMap<>();
            sums.forEach((key, sum) -> ofHour.put(key, SeriesRollup.of(start, Resolution.HOUR.lengthMillis, sum)));
            kept.sums.put(start, ofHour);
        });
    }

    /** The group of a series. They come one after the other: it is worked out once for each. */
    private static final class Group {
        private final List<String> groupBy;
        private @Nullable SeriesKey last;
        private @Nullable SeriesKey group;

        Group(List<String> groupBy) {
            this.groupBy = groupBy;
        }

        SeriesKey of(SeriesKey series) {
            SeriesKey found = group;
            if (found == null || !series.equals(last)) {
                found = new SeriesKey(
                        series.metric(), series.kind(), series.attributes().only(groupBy));
                group = found;
                last = series;
            }
            return found;
        }
    }

    private void shrink() {
        synchronized (questions) {
            long bytes = bytes();
            var longestUnused = questions.values().iterator();
            while (bytes > maxBytes && longestUnused.hasNext()) {
                bytes -= longestUnused.next().bytes;
                longestUnused.remove();
                counters.sumsEvicted.increment();
            }
        }
    }

    /** About how much memory the sums hold. */
    long bytes() {
        synchronized (questions) {
            return questions.values().stream().mapToLong(kept -> kept.bytes).sum();
        }
    }
}
