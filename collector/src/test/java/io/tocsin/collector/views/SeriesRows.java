/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import java.util.List;
import java.util.Map;

/** {@code QuerySeries}. */
final class SeriesRows {
    private static final List<Double> QUANTILES = List.of(0.0, 0.5, 0.9, 0.99, 1.0);

    private SeriesRows() {}

    static void add(RecordedDays days, List<ViewRow> rows) {
        for (String metric : new String[] {
            RecordedDays.TASKS, RecordedDays.REQUESTS, RecordedDays.TOKENS, RecordedDays.COST, RecordedDays.QUEUE
        }) {
            for (long step : new long[] {0, 1, 7, 10, 60}) {
                rows.add(row(days, request(metric).setPageSize(0), step));
                rows.add(row(days, request(metric).addGroupBy(RecordedDays.TYPE).setPageSize(2), step));
            }
        }
        for (Matcher.Operator operator : Matcher.Operator.values()) {
            if (operator != Matcher.Operator.UNRECOGNIZED) {
                boolean several =
                        operator == Matcher.Operator.OPERATOR_IN || operator == Matcher.Operator.OPERATOR_NOT_IN;
                QuerySeriesRequest.Builder request = request(RecordedDays.TASKS).addGroupBy(RecordedDays.INSTANCE);
                request.getSelectorBuilder()
                        .addMatchers(Matcher.newBuilder()
                                .setKey(RecordedDays.TYPE)
                                .setOperator(operator)
                                .addAllValues(several ? List.of("coder", "planner") : List.of("coder")));
                rows.add(row(days, request.addAllQuantiles(QUANTILES), 60));
            }
        }
    }

    private static QuerySeriesRequest.Builder request(String metric) {
        return QuerySeriesRequest.newBuilder()
                .setSelector(Selector.newBuilder().setMetric(metric))
                .setScope(ViewTable.SCOPE);
    }

    private static ViewRow row(RecordedDays days, QuerySeriesRequest.Builder ask, long stepSeconds) {
        long from = RecordedDays.NOON + 3_000;
        long to = RecordedDays.NOON + 93_000;
        if (stepSeconds > 0) {
            ask.setStep(Duration.newBuilder().setSeconds(stepSeconds));
        }
        QuerySeriesRequest request = ask.setRange(RecordedDays.range(from, to)).build();
        return ViewRow.query("QuerySeries", request, (QuerySeriesResponse answer) -> {
            Naive all = Naive.of(
                            days,
                            request.getSelector().getMetric(),
                            from,
                            to,
                            stepSeconds == 0 ? 10_000 : stepSeconds * 1_000)
                    .only(raw -> request.getSelector().getMatchersList().stream()
                            .allMatch(matcher -> takes(matcher, raw.get(matcher.getKey()))));
            assertThat(answer.getStartTime()).isEqualTo(CallTimes.timestamp(all.fromMillis));
            assertThat(answer.getEndTime()).isEqualTo(CallTimes.timestamp(all.toMillis));
            Map<List<String>, Naive> lines = all.by(request.getGroupByList());
            assertThat(answer.getLinesList())
                    .extracting(SeriesRows::values)
                    .containsExactlyElementsOf(
                            lines.keySet().stream().map(SeriesRows::present).toList());
            for (SeriesLine line : answer.getLinesList()) {
                long step = stepSeconds == 0 ? all.toMillis - all.fromMillis : stepSeconds * 1_000;
                check(request, line, lines.get(values(request, line)), step);
            }
        });
    }

    private static boolean takes(Matcher matcher, String value) {
        boolean in = matcher.getValuesList().contains(value);
        return switch (matcher.getOperator()) {
            case OPERATOR_NOT_EQUAL, OPERATOR_NOT_IN -> !in;
            default -> in;
        };
    }

    /** An attribute that is absent is not told. */
    private static List<String> present(List<String> values) {
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    private static List<String> values(QuerySeriesRequest request, SeriesLine line) {
        return request.getGroupByList().stream()
                .map(key -> line.getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals(key))
                        .map(Attribute::getValue)
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    private static List<String> values(SeriesLine line) {
        return line.getAttributesList().stream().map(Attribute::getValue).toList();
    }

    private static void check(QuerySeriesRequest request, SeriesLine line, Naive all, long stepMillis) {
        long counted = 0;
        for (Point point : line.getPointsList()) {
            long start = CallTimes.millis(point.getStartTime());
            Naive step = all.during(start, start + stepMillis);
            assertThat(point.getCount()).isEqualTo(step.count());
            assertThat(point.getFailed()).isEqualTo(step.failed());
            assertThat(point.getSum()).isCloseTo(step.sum(), within(1e-9 * Math.max(1, step.sum())));
            boolean whole = stepMillis % 10_000 == 0;
            assertThat(point.hasMin()).isEqualTo(whole);
            if (whole) {
                assertThat(point.getMin()).isEqualTo(step.quantile(0));
                assertThat(point.getMax()).isEqualTo(step.quantile(1));
                for (int i = 0; i < request.getQuantilesCount(); i++) {
                    step.checkQuantile(point.getQuantiles(i), request.getQuantiles(i));
                }
            }
            counted += point.getCount();
        }
        assertThat(counted).isEqualTo(all.count());
    }
}
