/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import com.google.protobuf.util.Durations;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** Points of groups of series, a part of the range at a time, so that neither side holds all of it. */
final class WindowRows implements ExportedRows {
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);
    private static final int POINTS_AT_ONCE = 500;
    private static final int LINES_AT_ONCE = 50;

    private final CollectorConnection collector;
    private final ExportRange range;
    private final List<String> by;
    private final long stepMillis;
    private final QuerySeriesRequest question;

    WindowRows(
            CollectorConnection collector,
            ExportRange range,
            String metric,
            List<String> by,
            Map<String, String> where,
            Duration step) {
        this.collector = collector;
        this.range = range;
        this.by = by;
        this.stepMillis = step.toMillis();
        Selector.Builder selector = Selector.newBuilder().setMetric(metric);
        where.forEach((key, value) ->
                selector.addMatchers(Matcher.newBuilder().setKey(key).addValues(value)));
        this.question = QuerySeriesRequest.newBuilder()
                .setSelector(selector)
                .setStep(Durations.fromMillis(stepMillis))
                .addAllGroupBy(by)
                .addAllQuantiles(QUANTILES)
                .setScope(range.scope())
                .setPageSize(LINES_AT_ONCE)
                .build();
    }

    @Override
    public List<String> header() {
        List<String> header = new ArrayList<>(List.of("time"));
        header.addAll(by);
        header.addAll(List.of("count", "failed", "sum", "min", "max", "p50", "p95", "p99"));
        return header;
    }

    @Override
    public void write(Sink sink, DoubleConsumer share) throws IOException {
        long end = Math.floorDiv(range.to().toEpochMilli() + stepMillis - 1, stepMillis) * stepMillis;
        long begin = Math.floorDiv(range.from().toEpochMilli(), stepMillis) * stepMillis;
        for (long at = begin; at < end; at += POINTS_AT_ONCE * stepMillis) {
            long until = Math.min(end, at + POINTS_AT_ONCE * stepMillis);
            part(at, until, sink);
            share.accept((double) (until - begin) / (end - begin));
        }
    }

    private void part(long fromMillis, long toMillis, Sink sink) throws IOException {
        TimeRange part = TimeRange.newBuilder()
                .setStartTime(ExportRange.timestamp(Instant.ofEpochMilli(fromMillis)))
                .setEndTime(ExportRange.timestamp(Instant.ofEpochMilli(toMillis)))
                .build();
        String page = "";
        do {
            QuerySeriesRequest request =
                    question.toBuilder().setRange(part).setPageToken(page).build();
            QuerySeriesResponse answer = collector.ask(() -> collector.queries().querySeries(request));
            for (SeriesLine line : answer.getLinesList()) {
                for (Point point : line.getPointsList()) {
                    sink.row(row(line, point));
                }
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
    }

    private List<Object> row(SeriesLine line, Point point) {
        Map<String, String> attributes =
                line.getAttributesList().stream().collect(Collectors.toMap(Attribute::getKey, Attribute::getValue));
        List<Object> row = new ArrayList<>();
        row.add(ExportRange.instant(point.getStartTime()));
        by.forEach(key -> row.add(attributes.getOrDefault(key, "")));
        row.add(point.getCount());
        row.add(point.getFailed());
        row.add(point.getSum());
        row.add(known(point.hasMin(), point.getMin()));
        row.add(known(point.hasMax(), point.getMax()));
        for (int i = 0; i < QUANTILES.size(); i++) {
            boolean isKnown = i < point.getQuantilesCount();
            row.add(known(isKnown, isKnown ? point.getQuantiles(i) : 0));
        }
        return row;
    }

    private static Object known(boolean isKnown, double value) {
        return isKnown ? (Object) value : "";
    }
}
