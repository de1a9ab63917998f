/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.Slo;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** What an operator looks at first. Thread-safe. */
final class DashboardView {
    private static final Comparator<Alert> NEWEST =
            Comparator.comparingLong(Alert::lastEvent).reversed();

    private final OutcomeReader reader;
    private final HealthView health;
    private final SloViews slos;
    private final UsageView usage;
    private final Baselines baselines;
    private final InstantSource clock;

    DashboardView(OutcomeReader reader, HealthView health, SloViews slos, InstantSource clock) {
        this.reader = reader;
        this.health = health;
        this.slos = slos;
        this.usage = new UsageView(reader);
        this.baselines = new Baselines(reader);
        this.clock = clock;
    }

    /** Throws INVALID_ARGUMENT for a range that cannot be. */
    Dashboard of(Partition partition, String tenant, DashboardQuestion question) {
        long now = clock.millis();
        QueryRange asked = question.rangeOf(partition, now);
        long step = Steps.usual(asked, partition.series());
        ViewRange range = ViewRange.of(asked, step, partition, now);
        Dashboard.Builder dashboard = Dashboard.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        addState(dashboard, partition, tenant, question.top());
        addOutcomes(dashboard, partition, tenant, range, step, question.top());
        List<Alert> all = partition.alerts().alerts(tenant);
        addAlerts(dashboard, partition, tenant, all, range, question.top());
        return dashboard
                .setResponseTimes(ResponseTimeView.of(all, range.fromMillis(), range.toMillis()))
                .addAllUsage(usage.of(partition, tenant, range, question.top()))
                .build();
    }

    private void addState(Dashboard.Builder dashboard, Partition partition, String tenant, int top) {
        GetHealthResponse collector = health.of(tenant);
        List<Slo> all = slos.all(partition, tenant);
        long engineMillis = partition.status().engineMillis();
        if (engineMillis != 0) {
            dashboard.setTime(CallTimes.timestamp(engineMillis));
        }
        dashboard
                .setCollectorStatus(collector.getStatus())
                .addAllCollectorReasons(collector.getReasonsList())
                .setSystem(SystemView.of(partition, tenant, all))
                .addAllSlos(all.subList(0, Math.min(top, all.size())))
                .putAllProducers(partition.status().producers());
    }

    private void addOutcomes(
            Dashboard.Builder dashboard, Partition partition, String tenant, ViewRange range, long step, int top) {
        Outcomes outcomes = Outcomes.read(reader, partition, tenant, range, step);
        OutcomeLine requests = outcomes.requests();
        dashboard
                .setRequests(ProtoOutcomes.red(AgentNames.REQUESTS, requests))
                .setAgentTasks(ProtoOutcomes.red(AgentNames.TASKS, outcomes.tasks()))
                .addAllPoints(ProtoOutcomes.points(requests.total().count > 0 ? requests : outcomes.tasks(), range));
        Regressions regressions = new Regressions();
        regressions.compareAll(outcomes, baselines.before(partition, tenant, range), "range before");
        dashboard.addAllRegressions(regressions.first(top));
        outcomes.agents().values().stream()
                .sorted(AgentViews.MOST_FAILURES)
                .limit(top)
                .forEach(line -> dashboard.addAgents(ProtoOutcomes.agent(line)));
    }

    private static void addAlerts(
            Dashboard.Builder dashboard,
            Partition partition,
            String tenant,
            List<Alert> all,
            ViewRange range,
            int top) {
        List<Alert> open = OpenAlerts.worstFirst(partition, tenant);
        dashboard.putAllFiringBySeverity(OpenAlerts.firingBySeverity(open));
        open.stream().limit(top).forEach(alert -> dashboard.addAlerts(ProtoAlerts.alert(alert)));
        all.stream()
                .filter(alert -> !alert.slo()
                        && alert.changedMillis() >= range.fromMillis()
                        && alert.changedMillis() < range.toMillis())
                .sorted(NEWEST)
                .limit(top)
                .forEach(alert -> dashboard.addAnomalies(ProtoAlerts.alert(alert)));
    }
}
