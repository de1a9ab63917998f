/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Points of series, merged into lines. Reads twice: first which lines there are, then the points of those on the page, so that memory
 * follows the page and not the number of series. Thread-safe.
 */
final class SeriesLines {
    private final QuerySettings settings;
    private final InstantSource clock;

    SeriesLines(QuerySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    QuerySeriesResponse query(Partition partition, String tenant, SeriesQuestion question, TimeRange asked, Page page) {
        ViewRange whole = ViewRange.of(
                QueryRange.of(asked, partition, page, clock.millis()),
                question.stepMillis(),
                partition,
                clock.millis());
        QueryRange range = new QueryRange(whole.fromMillis(), whole.toMillis());
        long step = question.stepMillis() == 0 ? Math.max(1, range.lengthMillis()) : question.stepMillis();
        int points = points(range, step);
        NavigableSet<Attributes> lines = lines(partition, tenant, question, range);
        List<Attributes> wanted = lines.stream()
                .filter(line -> page.place().isEmpty()
                        || line.compareTo(LineKey.read(page.place().get().after())) > 0)
                .limit(Math.max(1, Math.min(page.size(), settings.maxPagePoints() / Math.max(1, points))))
                .toList();
        QuerySeriesResponse.Builder response = QuerySeriesResponse.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        read(partition, tenant, question, range, step, wanted)
                .forEach((line, sums) -> response.addLines(SeriesLine.newBuilder()
                        .addAllAttributes(ProtoAlerts.attributes(line))
                        .addAllPoints(sums.points())));
        if (!wanted.isEmpty() && lines.higher(wanted.get(wanted.size() - 1)) != null) {
            String after = LineKey.write(wanted.get(wanted.size() - 1));
            response.setNextPageToken(page.next(new Page.Place(range.fromMillis(), range.toMillis(), after)));
        }
        return response.build();
    }

    private int points(QueryRange range, long stepMillis) {
        long points = (range.lengthMillis() + stepMillis - 1) / stepMillis;
        if (points > settings.maxPoints()) {
            long smallest = (range.lengthMillis() / 1_000 + settings.maxPoints() - 1) / settings.maxPoints();
            throw CallErrors.invalid(
                    "step",
                    "must be " + smallest + "s or more for this range, else a line has more than "
                            + settings.maxPoints() + " points, was " + stepMillis / 1_000 + "s");
        }
        return (int) points;
    }

    private static NavigableSet<Attributes> lines(
            Partition partition, String tenant, SeriesQuestion question, QueryRange range) {
        NavigableSet<Attributes> lines = new TreeSet<>();
        LastLine last = new LastLine(question.groupBy());
        partition
                .series()
                .scanSome(
                        tenant,
                        question.selector(),
                        question.shape(),
                        windowsFrom(range),
                        range.toMillis(),
                        (series, rollupMillis) -> {
                            if (question.takes(rollupMillis)) {
                                lines.add(last.of(series));
                            }
                        },
                        (series, window) -> {
                            if (hasRecords(window, range)) {
                                lines.add(last.of(series));
                            }
                        });
        return lines;
    }

    private static Map<Attributes, LineSums> read(
            Partition partition,
            String tenant,
            SeriesQuestion question,
            QueryRange range,
            long step,
            List<Attributes> wanted) {
        Map<Attributes, LineSums> sums = new TreeMap<>();
        for (Attributes line : wanted) {
            sums.put(line, new LineSums(range, step, question));
        }
        LastLine last = new LastLine(question.groupBy());
        partition
                .series()
                .scanAll(
                        tenant,
                        question.selector(),
                        question.shape(),
                        windowsFrom(range),
                        range.toMillis(),
                        (series, rollup) -> {
                            LineSums line = sums.get(last.of(series));
                            if (line != null && question.takes(rollup.lengthMillis())) {
                                line.add(rollup);
                            }
                        },
                        (series, window) -> {
                            LineSums line = sums.get(last.of(series));
                            if (line != null && hasRecords(window, range)) {
                                line.add(window);
                            }
                        });
        return sums;
    }

    /** Windows begin at multiples of ten seconds, so one that begins before the range may reach into it. */
    private static long windowsFrom(QueryRange range) {
        return QueryRange.floor(range.fromMillis(), SeriesWindow.LENGTH_MILLIS);
    }

    /** Windows come series by series: the line is worked out once for each. Not thread-safe. */
    private static final class LastLine {
        private final List<String> groupBy;
        private @Nullable SeriesKey series;
        private Attributes line = Attributes.NONE;

        LastLine(List<String> groupBy) {
            this.groupBy = groupBy;
        }

        Attributes of(SeriesKey next) {
            if (!next.equals(series)) {
                series = next;
                line = next.attributes().only(groupBy);
            }
            return line;
        }
    }

    private static boolean hasRecords(SeriesWindow window, QueryRange range) {
        for (int second = 0; second < SeriesWindow.SECONDS; second++) {
            long at = window.startMillis() + second * 1_000L;
            if (window.counts()[second] > 0 && at >= range.fromMillis() && at < range.toMillis()) {
                return true;
            }
        }
        return false;
    }
}
