/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.partition.Partition;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.GetPerformanceSummaryRequest;
import io.tocsin.v1.GetPerformanceSummaryResponse;
import io.tocsin.v1.Slo;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How requests and agents did, what became worse, and how soon alerts were raised, acknowledged and resolved. Thread-safe. */
final class PerformanceSummary {
    private final OutcomeReader reader;
    private final SloViews slos;
    private final UsageView usage;
    private final InstantSource clock;

    PerformanceSummary(OutcomeReader reader, SloViews slos, InstantSource clock) {
        this.reader = reader;
        this.slos = slos;
        this.usage = new UsageView(reader);
        this.clock = clock;
    }

    GetPerformanceSummaryResponse of(Partition partition, String tenant, GetPerformanceSummaryRequest request) {
        int top = DashboardQuestion.top("top", request.getTop());
        long now = clock.millis();
        QueryRange asked = QueryRange.of(request.getRange(), partition, now, LatencyTrends.USUAL_LENGTH_MILLIS);
        ViewRange range = ViewRange.of(asked, 0, partition, now);
        Outcomes outcomes = Outcomes.read(reader, partition, tenant, range, 0);
        Regressions regressions = new Regressions();
        compare(regressions, outcomes, partition, tenant, range.lengthMillis(), "range before");
        compare(regressions, outcomes, partition, tenant, LatencyTrends.DAY_MILLIS, "day before");
        compare(regressions, outcomes, partition, tenant, LatencyTrends.WEEK_MILLIS, "week before");
        List<Slo> objectives = slos.all(partition, tenant);
        List<Alert> all = partition.alerts().alerts(tenant);
        List<Alert> begun = all.stream()
                .filter(alert ->
                        alert.startedMillis() >= range.fromMillis() && alert.startedMillis() < range.toMillis())
                .toList();
        Map<String, Integer> byRule = new TreeMap<>();
        begun.forEach(alert -> byRule.merge(alert.rule(), 1, Integer::sum));
        return GetPerformanceSummaryResponse.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()))
                .setRequests(ProtoOutcomes.red(AgentNames.REQUESTS, outcomes.requests()))
                .setAgentTasks(ProtoOutcomes.red(AgentNames.TASKS, outcomes.tasks()))
                .addAllSlowest(first(outcomes, AgentViews.SLOWEST, top))
                .addAllFailingMost(first(outcomes, AgentViews.FAILING_MOST, top))
                .addAllBusiest(first(outcomes, AgentViews.BUSIEST, top))
                .addAllRegressions(regressions.first(top))
                .addAllSlos(objectives.subList(0, Math.min(top, objectives.size())))
                .setResponseTimes(ResponseTimeView.of(all, range.fromMillis(), range.toMillis()))
                .putAllAlertsBySeverity(OpenAlerts.bySeverity(begun.stream()))
                .putAllAlertsByRule(byRule)
                .addAllUsage(usage.of(partition, tenant, range, top))
                .build();
    }

    /** Where the range is so long that the time before overlaps with it, a comparison would say little. */
    private void compare(
            Regressions regressions,
            Outcomes now,
            Partition partition,
            String tenant,
            long byMillis,
            String comparedWith) {
        if (byMillis >= now.range().lengthMillis()) {
            ViewRange before = now.range().earlier(byMillis, partition);
            regressions.compareAll(now, Outcomes.read(reader, partition, tenant, before, 0), comparedWith);
        }
    }

    private static List<AgentMetrics> first(Outcomes outcomes, Comparator<OutcomeLine> order, int top) {
        return outcomes.agents().values().stream()
                .sorted(order)
                .limit(top)
                .map(ProtoOutcomes::agent)
                .toList();
    }
}
