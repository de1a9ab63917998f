/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetDashboardRequest;
import io.tocsin.v1.GetDashboardResponse;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetPerformanceSummaryRequest;
import io.tocsin.v1.GetPerformanceSummaryResponse;
import io.tocsin.v1.Red;
import io.tocsin.v1.Regression;
import io.tocsin.v1.Usage;
import java.util.Comparator;
import java.util.List;

/** {@code GetHealth}, {@code GetDashboard} and {@code GetPerformanceSummary}. */
final class PageRows {
    private PageRows() {}

    static void add(RecordedDays days, List<ViewRow> rows) {
        long noon = RecordedDays.NOON;
        rows.add(ViewRow.query("GetHealth", GetHealthRequest.getDefaultInstance(), (GetHealthResponse answer) -> {
            assertThat(answer.getStatus()).isEqualTo(GetHealthResponse.Status.STATUS_OK);
            assertThat(answer.getPartitionsList())
                    .extracting(partition -> partition.getRecording())
                    .contains(RecordedDays.RECORDING);
        }));
        long[][] ranges = {{noon, noon + 900_000}, {noon + 600_000, noon + 1_200_000}, {noon - 5_000, noon + 300_000}};
        for (long[] range : ranges) {
            for (int top : new int[] {0, 1, 2, 100}) {
                rows.add(dashboard(days, range[0], range[1], top));
                rows.add(summary(days, range[0], range[1], top));
            }
        }
    }

    private static ViewRow dashboard(RecordedDays days, long from, long to, int top) {
        GetDashboardRequest request = GetDashboardRequest.newBuilder()
                .setRange(RecordedDays.range(from, to))
                .setTop(top)
                .setScope(ViewTable.SCOPE)
                .build();
        return ViewRow.query("GetDashboard", request, (GetDashboardResponse answer) -> {
            Dashboard told = answer.getDashboard();
            Naive tasks = Naive.of(days, RecordedDays.TASKS, from, to, 10_000);
            Naive requests = Naive.of(days, RecordedDays.REQUESTS, from, to, 10_000);
            check(told.getAgentTasks(), tasks);
            check(told.getRequests(), requests);
            AgentRows.checkPoints(told.getPointsList(), requests, 10_000);
            int shown = Math.min(3, top == 0 ? 10 : top);
            assertThat(told.getAgentsList())
                    .extracting(AgentMetrics::getAgentType)
                    .containsExactlyElementsOf(first(tasks, Comparator.comparingLong(Naive::failed), shown));
            told.getAgentsList()
                    .forEach(
                            agent -> AgentRows.check(days, agent, tasks.with(RecordedDays.TYPE, agent.getAgentType())));
            checkUsage(days, told.getUsageList(), from, to, top == 0 ? 10 : top);
            told.getSlosList().forEach(slo -> SloRows.check(days, slo));
        });
    }

    private static List<String> first(Naive tasks, Comparator<Naive> order, int top) {
        return tasks.by(List.of(RecordedDays.TYPE)).entrySet().stream()
                .sorted((a, b) -> {
                    int byOrder = order.compare(b.getValue(), a.getValue());
                    return byOrder != 0
                            ? byOrder
                            : Long.compare(b.getValue().count(), a.getValue().count());
                })
                .limit(top)
                .map(agent -> agent.getKey().get(0))
                .toList();
    }

    private static ViewRow summary(RecordedDays days, long from, long to, int top) {
        GetPerformanceSummaryRequest request = GetPerformanceSummaryRequest.newBuilder()
                .setRange(RecordedDays.range(from, to))
                .setTop(top)
                .setScope(ViewTable.SCOPE)
                .build();
        return ViewRow.query("GetPerformanceSummary", request, (GetPerformanceSummaryResponse answer) -> {
            Naive tasks = Naive.of(days, RecordedDays.TASKS, from, to, 10_000);
            int shown = Math.min(3, top == 0 ? 10 : top);
            check(answer.getAgentTasks(), tasks);
            check(answer.getRequests(), Naive.of(days, RecordedDays.REQUESTS, from, to, 10_000));
            assertThat(answer.getBusiestList())
                    .extracting(AgentMetrics::getAgentType)
                    .containsExactlyElementsOf(first(tasks, Comparator.comparingLong(Naive::count), shown));
            assertThat(answer.getFailingMostList())
                    .extracting(AgentMetrics::getAgentType)
                    .containsExactlyElementsOf(
                            first(tasks, Comparator.comparingDouble(of -> of.failed() / (double) of.count()), shown));
            assertThat(answer.getSlowestList())
                    .extracting(AgentMetrics::getAgentType)
                    .containsExactlyElementsOf(
                            first(tasks, Comparator.comparingDouble(of -> of.quantile(0.95)), shown));
            checkUsage(days, answer.getUsageList(), from, to, top == 0 ? 10 : top);
            answer.getRegressionsList().forEach(regression -> check(days, regression, from, to));
            assertThat(answer.getRegressionsCount()).isPositive().isLessThanOrEqualTo(top == 0 ? 10 : top);
            answer.getSlosList().forEach(slo -> SloRows.check(days, slo));
        });
    }

    /** The second day is half as slow again as the first: whatever else became worse, that did. */
    private static void check(RecordedDays days, Regression told, long from, long to) {
        Naive now = of(days, told, from, to);
        Naive before = told.getComparedWith().equals("day before")
                ? of(days, told, now.fromMillis - RecordedDays.DAY, now.toMillis - RecordedDays.DAY)
                : of(days, told, 2 * now.fromMillis - now.toMillis, now.fromMillis);
        switch (told.getWhat()) {
            case "p50", "p95" -> {
                double q = told.getWhat().equals("p50") ? 0.5 : 0.95;
                now.checkQuantile(told.getNow(), q);
                before.checkQuantile(told.getBefore(), q);
                assertThat(told.getChange()).isCloseTo(told.getNow() / told.getBefore(), within(1e-12));
            }
            case "error_ratio" -> {
                assertThat(told.getNow()).isCloseTo(now.failed() / (double) now.count(), within(1e-12));
                assertThat(told.getBefore()).isCloseTo(before.failed() / (double) before.count(), within(1e-12));
                assertThat(told.getChange()).isCloseTo(told.getNow() - told.getBefore(), within(1e-12));
            }
            default -> {
                assertThat(told.getWhat()).isEqualTo("rate");
                assertThat(told.getNow()).isCloseTo(now.count() / now.seconds(), within(1e-9));
                assertThat(told.getBefore()).isCloseTo(before.count() / before.seconds(), within(1e-9));
            }
        }
    }

    private static Naive of(RecordedDays days, Regression told, long from, long to) {
        return Naive.of(days, told.getMetric(), from, to, 10_000).with(RecordedDays.TYPE, told.getAgentType());
    }

    private static void check(Red told, Naive expected) {
        assertThat(told.getCount()).isEqualTo(expected.count());
        assertThat(told.getFailed()).isEqualTo(expected.failed());
        assertThat(told.getRate()).isCloseTo(expected.count() / expected.seconds(), within(1e-9));
        assertThat(told.getErrorRatio()).isCloseTo(expected.failed() / (double) expected.count(), within(1e-12));
        assertThat(told.getCoverage()).isCloseTo(expected.coverage(10_000), within(1e-12));
        expected.check(told.getLatency());
    }

    private static void checkUsage(RecordedDays days, List<Usage> told, long from, long to, int top) {
        assertThat(told.stream().filter(usage -> usage.getMetric().equals(RecordedDays.TOKENS)))
                .hasSize(Math.min(top, 2));
        assertThat(told.stream().filter(usage -> usage.getMetric().equals(RecordedDays.QUEUE)))
                .hasSize(Math.min(top, 3));
        for (Usage usage : told) {
            String key = usage.getMetric().equals(RecordedDays.TOKENS) ? "gen_ai.token.type" : RecordedDays.TYPE;
            Naive of = Naive.of(days, usage.getMetric(), from, to, 10_000).with(key, usage.getOf());
            if (usage.getMetric().equals(RecordedDays.QUEUE)) {
                assertThat(usage.getValue()).isCloseTo(of.sum() / of.count(), within(1e-9));
                assertThat(usage.getMax()).isEqualTo(of.quantile(1));
            } else {
                assertThat(usage.getValue()).isCloseTo(of.sum(), within(1e-6));
                assertThat(usage.getRate()).isCloseTo(of.sum() / of.seconds(), within(1e-6));
            }
        }
    }
}
