/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.GetAgentMetricsRequest;
import io.tocsin.v1.GetAgentMetricsResponse;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.TimeRange;
import io.tocsin.v1.TrendPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code ListAgentMetrics} and {@code GetAgentMetrics}. */
final class AgentRows {
    private static final List<String> ORDERS = List.of(
            "",
            "count",
            "failed",
            "error_ratio",
            "rate",
            "p50",
            "p95",
            "p99",
            "max",
            "agent_type",
            "count asc",
            "p95 asc",
            "agent_type desc",
            "failed desc");

    private AgentRows() {}

    static void add(RecordedDays days, List<ViewRow> rows) {
        long noon = RecordedDays.NOON;
        TimeRange last = TimeRange.newBuilder()
                .setLast(Duration.newBuilder().setSeconds(1_200))
                .build();
        for (String order : ORDERS) {
            for (int page : new int[] {0, 2}) {
                rows.add(list(
                        days,
                        ListAgentMetricsRequest.newBuilder()
                                .setByInstance(true)
                                .setOrderBy(order)
                                .setPageSize(page),
                        RecordedDays.range(noon, noon + 600_000),
                        noon,
                        noon + 600_000));
            }
        }
        for (String type : new String[] {"", "planner"}) {
            for (String instance : new String[] {"", "planner-1"}) {
                for (String task : new String[] {"", "summarise"}) {
                    ListAgentMetricsRequest.Builder request = ListAgentMetricsRequest.newBuilder()
                            .setAgentType(type)
                            .setInstance(instance)
                            .setTaskType(task);
                    rows.add(list(days, request, TimeRange.getDefaultInstance(), days.fromMillis(), days.toMillis()));
                    rows.add(list(
                            days,
                            request.clone().setByTaskType(true).setPageSize(1),
                            RecordedDays.range(noon + 123_456, noon + 654_321),
                            noon + 123_456,
                            noon + 654_321));
                    rows.add(list(
                            days,
                            request.clone().setByTaskType(true).setByInstance(true),
                            last,
                            days.toMillis() - 1_200_000,
                            days.toMillis()));
                }
            }
        }
        for (String type : RecordedDays.TYPES) {
            for (long step : new long[] {10, 30, 120}) {
                rows.add(one(days, type, noon + 45_000, noon + 777_000, step));
            }
        }
    }

    private static ViewRow list(
            RecordedDays days, ListAgentMetricsRequest.Builder ask, TimeRange range, long from, long to) {
        ListAgentMetricsRequest request =
                ask.setScope(ViewTable.SCOPE).setRange(range).build();
        return ViewRow.query("ListAgentMetrics", request, (ListAgentMetricsResponse answer) -> {
            List<String> keys = new ArrayList<>(List.of(RecordedDays.TYPE));
            keys.add(request.getByInstance() ? RecordedDays.INSTANCE : "-");
            keys.add(request.getByTaskType() ? RecordedDays.TASK_TYPE : "-");
            Map<List<String>, Naive> expected = Naive.of(days, RecordedDays.TASKS, from, to, 10_000)
                    .with(RecordedDays.TYPE, request.getAgentType())
                    .with(RecordedDays.INSTANCE, request.getInstance())
                    .with(RecordedDays.TASK_TYPE, request.getTaskType())
                    .by(keys);
            assertThat(answer.getAgentsList())
                    .extracting(agent -> List.of(agent.getAgentType(), agent.getInstance(), agent.getTaskType()))
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
            answer.getAgentsList().forEach(agent -> check(days, agent, key(agent, expected)));
            checkOrder(request.getOrderBy(), answer.getAgentsList());
        });
    }

    private static Naive key(AgentMetrics agent, Map<List<String>, Naive> expected) {
        return expected.get(List.of(agent.getAgentType(), agent.getInstance(), agent.getTaskType()));
    }

    static void check(RecordedDays days, AgentMetrics told, Naive expected) {
        assertThat(told.getCount()).isEqualTo(expected.count());
        assertThat(told.getFailed()).isEqualTo(expected.failed());
        assertThat(told.getErrorsMap()).isEqualTo(expected.errors());
        assertThat(told.getRate()).isCloseTo(expected.count() / expected.seconds(), within(1e-9));
        assertThat(told.getErrorRatio()).isCloseTo(expected.failed() / (double) expected.count(), within(1e-12));
        assertThat(told.getCoverage()).isCloseTo(expected.coverage(10_000), within(1e-12));
        expected.check(told.getLatency());
        List<String> traced = expected.records.stream()
                .map(RecordedDays.Raw::traceId)
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(traced).containsAll(told.getSlowTraceIdsList()).containsAll(told.getFailedTraceIdsList());
        assertThat(told.getSlowTraceIdsCount()).isLessThanOrEqualTo(5);
        assertThat(told.getFailedTraceIdsCount()).isLessThanOrEqualTo(5);
    }

    private static void checkOrder(String order, List<AgentMetrics> agents) {
        String[] words = (order.isEmpty() ? "count" : order).split(" ");
        boolean byName = words[0].equals("agent_type");
        boolean descending = words.length > 1 ? words[1].equals("desc") : !byName;
        if (byName) {
            List<String> names = new ArrayList<>(
                    agents.stream().map(AgentMetrics::getAgentType).toList());
            List<String> sorted = new ArrayList<>(names);
            sorted.sort(descending ? Collections.reverseOrder() : null);
            assertThat(names).isEqualTo(sorted);
            return;
        }
        ToDoubleFunction<AgentMetrics> by = switch (words[0]) {
            case "count" -> AgentMetrics::getCount;
            case "failed" -> AgentMetrics::getFailed;
            case "error_ratio" -> AgentMetrics::getErrorRatio;
            case "rate" -> AgentMetrics::getRate;
            case "p50" -> agent -> agent.getLatency().getP50();
            case "p95" -> agent -> agent.getLatency().getP95();
            case "p99" -> agent -> agent.getLatency().getP99();
            default -> agent -> agent.getLatency().getMax();
        };
        for (int i = 1; i < agents.size(); i++) {
            double before = by.applyAsDouble(agents.get(i - 1));
            double after = by.applyAsDouble(agents.get(i));
            assertThat(descending ? before : after).isGreaterThanOrEqualTo(descending ? after : before);
        }
    }

    private static ViewRow one(RecordedDays days, String type, long from, long to, long stepSeconds) {
        GetAgentMetricsRequest request = GetAgentMetricsRequest.newBuilder()
                .setAgentType(type)
                .setRange(RecordedDays.range(from, to))
                .setStep(Duration.newBuilder().setSeconds(stepSeconds))
                .setScope(ViewTable.SCOPE)
                .build();
        return ViewRow.query("GetAgentMetrics", request, (GetAgentMetricsResponse answer) -> {
            Naive all = Naive.of(days, RecordedDays.TASKS, from, to, stepSeconds * 1_000)
                    .with(RecordedDays.TYPE, type);
            assertThat(answer.getStartTime()).isEqualTo(CallTimes.timestamp(all.fromMillis));
            assertThat(answer.getEndTime()).isEqualTo(CallTimes.timestamp(all.toMillis));
            check(days, answer.getTotal(), all);
            assertThat(answer.getInstancesList()).hasSize(2);
            answer.getInstancesList()
                    .forEach(part -> check(days, part, all.with(RecordedDays.INSTANCE, part.getInstance())));
            assertThat(answer.getTaskTypesList()).hasSize(2);
            answer.getTaskTypesList()
                    .forEach(part -> check(days, part, all.with(RecordedDays.TASK_TYPE, part.getTaskType())));
            checkPoints(answer.getPointsList(), all, stepSeconds * 1_000);
        });
    }

    static void checkPoints(List<TrendPoint> points, Naive all, long stepMillis) {
        long counted = 0;
        for (TrendPoint point : points) {
            long start = CallTimes.millis(point.getStartTime());
            Naive step = all.during(start, start + stepMillis);
            assertThat(point.getCount()).isEqualTo(step.count());
            assertThat(point.getFailed()).isEqualTo(step.failed());
            assertThat(point.getRate()).isCloseTo(step.count() * 1_000.0 / stepMillis, within(1e-9));
            step.check(point.getLatency());
            counted += point.getCount();
        }
        assertThat(counted).isEqualTo(all.count());
    }
}
