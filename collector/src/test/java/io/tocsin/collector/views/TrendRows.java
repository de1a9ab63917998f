/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.GetLatencyTrendsRequest;
import io.tocsin.v1.GetLatencyTrendsResponse;
import io.tocsin.v1.LatencyTrend;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code GetLatencyTrends}. */
final class TrendRows {
    private TrendRows() {}

    static void add(RecordedDays days, List<ViewRow> rows) {
        for (String order :
                new String[] {"", "count", "p95", "change_day", "change_week", "count asc", "p95 desc", "change_day asc"
                }) {
            rows.add(row(
                    days,
                    GetLatencyTrendsRequest.newBuilder()
                            .addGroupBy(RecordedDays.TYPE)
                            .addGroupBy(RecordedDays.INSTANCE)
                            .setOrderBy(order)
                            .setPageSize(4),
                    60));
        }
        for (String metric : new String[] {"", RecordedDays.TASKS, RecordedDays.REQUESTS}) {
            rows.add(row(days, GetLatencyTrendsRequest.newBuilder().setMetric(metric), 10));
            rows.add(row(days, GetLatencyTrendsRequest.newBuilder().setMetric(metric), 300));
        }
        for (String type : new String[] {"", "coder"}) {
            for (String task : new String[] {"", "answer"}) {
                for (String instance : new String[] {"", "coder-0"}) {
                    rows.add(row(
                            days,
                            GetLatencyTrendsRequest.newBuilder()
                                    .setAgentType(type)
                                    .setTaskType(task)
                                    .setInstance(instance)
                                    .addGroupBy(RecordedDays.TASK_TYPE),
                            30));
                }
            }
        }
    }

    private static ViewRow row(RecordedDays days, GetLatencyTrendsRequest.Builder ask, long stepSeconds) {
        long from = RecordedDays.NOON + 60_000;
        long to = RecordedDays.NOON + 900_000;
        GetLatencyTrendsRequest request = ask.setRange(RecordedDays.range(from, to))
                .setStep(Duration.newBuilder().setSeconds(stepSeconds))
                .setScope(ViewTable.SCOPE)
                .build();
        String metric = request.getMetric().isEmpty() ? RecordedDays.TASKS : request.getMetric();
        return ViewRow.query("GetLatencyTrends", request, (GetLatencyTrendsResponse answer) -> {
            Map<List<String>, Naive> now = lines(days, request, metric, from, to, stepSeconds * 1_000);
            Naive wide = Naive.of(days, metric, from, to, stepSeconds * 1_000);
            Map<List<String>, Naive> day = lines(
                    days,
                    request,
                    metric,
                    wide.fromMillis - RecordedDays.DAY,
                    wide.toMillis - RecordedDays.DAY,
                    10_000);
            assertThat(answer.getTrendsList())
                    .extracting(trend -> values(request, trend))
                    .containsExactlyInAnyOrderElementsOf(now.keySet());
            for (LatencyTrend trend : answer.getTrendsList()) {
                check(trend, now.get(values(request, trend)), day.get(values(request, trend)), stepSeconds * 1_000);
            }
            checkOrder(request.getOrderBy(), answer.getTrendsList());
        });
    }

    private static List<String> values(GetLatencyTrendsRequest request, LatencyTrend trend) {
        return request.getGroupByList().stream()
                .map(key -> trend.getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals(key))
                        .map(Attribute::getValue)
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    private static Map<List<String>, Naive> lines(
            RecordedDays days, GetLatencyTrendsRequest request, String metric, long from, long to, long step) {
        return Naive.of(days, metric, from, to, step)
                .with(RecordedDays.TYPE, request.getAgentType())
                .with(RecordedDays.TASK_TYPE, request.getTaskType())
                .with(RecordedDays.INSTANCE, request.getInstance())
                .by(request.getGroupByList());
    }

    private static void check(LatencyTrend trend, Naive now, Naive day, long stepMillis) {
        assertThat(trend.getCount()).isEqualTo(now.count());
        now.check(trend.getLatency());
        AgentRows.checkPoints(trend.getPointsList(), now, stepMillis);
        assertThat(trend.getCoverage()).isCloseTo(now.coverage(stepMillis), within(1e-12));
        assertThat(trend.getDayBefore().getCount()).isEqualTo(day.count());
        assertThat(trend.getDayBefore().getCoverage()).isCloseTo(day.coverage(10_000), within(1e-12));
        day.check(trend.getDayBefore().getLatency());
        double ratio = now.quantile(0.95) / day.quantile(0.95);
        assertThat(trend.getDayBefore().getP95Ratio()).isCloseTo(ratio, within(ratio * 0.02));
        assertThat(trend.getWeekBefore().getCoverage()).isZero();
        assertThat(trend.getWeekBefore().hasLatency()).isFalse();
        assertThat(trend.getWeekBefore().hasP50Ratio()).isFalse();
    }

    private static void checkOrder(String order, List<LatencyTrend> trends) {
        String[] words = (order.isEmpty() ? "count" : order).split(" ");
        boolean descending = words.length < 2 || words[1].equals("desc");
        ToDoubleFunction<LatencyTrend> by = switch (words[0]) {
            case "count" -> LatencyTrend::getCount;
            case "p95" -> trend -> trend.getLatency().getP95();
            case "change_day" -> trend -> trend.getDayBefore().getP95Ratio();
            default -> trend -> trend.getWeekBefore().getP95Ratio();
        };
        for (int i = 1; i < trends.size(); i++) {
            double before = by.applyAsDouble(trends.get(i - 1));
            double after = by.applyAsDouble(trends.get(i));
            assertThat(descending ? before : after).isGreaterThanOrEqualTo(descending ? after : before);
        }
    }
}
