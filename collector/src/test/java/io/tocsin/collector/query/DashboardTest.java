/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import static io.tocsin.collector.call.FakeEvents.alert;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetAgentMetricsRequest;
import io.tocsin.v1.GetAgentMetricsResponse;
import io.tocsin.v1.GetDashboardRequest;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.SystemHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private final QueryDoorRig rig = new QueryDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Dashboard dashboard(GetDashboardRequest request) {
        return rig.query().getDashboard(request).getDashboard();
    }

    private void watched() {
        rig.live().rules().set("default", new RuleView(QueryDoorRig.sloRule("any", Map.of()), "", 1, 0, 0));
    }

    @Test
    void showsTasksOfAllAgentsAndThoseWithMostFailuresFirst() {
        for (int i = 0; i < 40; i++) {
            rig.outcome("busy", Duration.ofSeconds(10 + i), 0.2, null);
        }
        rig.outcome("failing", Duration.ofSeconds(95), 2, "timeout");
        rig.outcome("failing", Duration.ofSeconds(96), 2, null);

        Dashboard dashboard = dashboard(GetDashboardRequest.getDefaultInstance());

        assertThat(dashboard.getAgentTasks().getCount()).isEqualTo(42);
        assertThat(dashboard.getAgentTasks().getFailed()).isEqualTo(1);
        assertThat(dashboard.getAgentTasks().getLatency().getMax()).isEqualTo(2);
        assertThat(dashboard.getAgentTasks().getCoverage()).isCloseTo(6 / 90.0, within(1e-9));
        assertThat(dashboard.getRequests().hasLatency()).isFalse();
        assertThat(dashboard.getAgentsList())
                .extracting(AgentMetrics::getAgentType)
                .containsExactly("failing", "busy");
        assertThat(dashboard.getPointsList().stream()
                        .mapToLong(p -> p.getCount())
                        .sum())
                .isEqualTo(42);
        assertThat(dashboard.getEndTime().getSeconds()
                        - dashboard.getStartTime().getSeconds())
                .isBetween(900L, 920L);
    }

    @Test
    void showsOpenAlertsWorstFirstAndCountsThemBySeverity() {
        rig.live().events().append(alert("default", "pending", AlertState.PENDING, Severity.CRITICAL, false));
        rig.live().events().append(alert("default", "medium", AlertState.FIRING, Severity.MEDIUM, false));
        rig.live().events().append(alert("default", "taken", AlertState.ACKNOWLEDGED, Severity.HIGH, false));
        rig.live().events().append(alert("default", "over", AlertState.RESOLVED, Severity.HIGH, false));

        Dashboard dashboard = dashboard(GetDashboardRequest.getDefaultInstance());

        assertThat(dashboard.getAlertsList()).extracting(Alert::getId).containsExactly("taken", "medium", "pending");
        assertThat(dashboard.getFiringBySeverityMap())
                .containsAllEntriesOf(Map.of("critical", 0, "high", 1, "medium", 1, "low", 0, "info", 0));
        assertThat(dashboard.getAnomaliesList()).extracting(Alert::getId).contains("over");
        assertThat(dashboard.getResponseTimes().getFired()).isEqualTo(3);
        assertThat(dashboard.getResponseTimes().getResolved()).isEqualTo(1);
        assertThat(dashboard.getResponseTimes().getMeanTimeToResolve()).isEqualTo(0.01);
        assertThat(dashboard.getSystem().getStatus()).isEqualTo(SystemHealth.Status.STATUS_DEGRADED);
    }

    @Test
    void refusesATopThatIsOutOfRange() {
        Status status = errorOf(() ->
                        dashboard(GetDashboardRequest.newBuilder().setTop(101).build()))
                .getStatus();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("top must be 1 to 100, or 0 for 10, was 101");
    }

    @Test
    void givesADashboardOfTheLastSecondToWhoeverAsksTheSame() {
        rig.outcome("a", Duration.ofSeconds(1), 1, null);
        Dashboard first = dashboard(GetDashboardRequest.getDefaultInstance());
        rig.outcome("a", Duration.ofSeconds(1), 1, null);

        assertThat(dashboard(GetDashboardRequest.getDefaultInstance())).isEqualTo(first);
        assertThat(rig.counters.shared()).isEqualTo(1);
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(dashboard(GetDashboardRequest.getDefaultInstance())
                        .getAgentTasks()
                        .getCount())
                .isEqualTo(2);
    }

    @Test
    void saysThatTheSystemIsWellOnlyWhenSomethingWatchesIt() {
        SystemHealth unwatched =
                rig.query().getHealth(GetHealthRequest.getDefaultInstance()).getSystem();
        watched();
        SystemHealth healthy =
                rig.query().getHealth(GetHealthRequest.getDefaultInstance()).getSystem();
        rig.live().events().append(alert("default", "x", AlertState.FIRING, Severity.CRITICAL, false));
        SystemHealth unhealthy =
                rig.query().getHealth(GetHealthRequest.getDefaultInstance()).getSystem();

        assertThat(unwatched.getStatus()).isEqualTo(SystemHealth.Status.STATUS_UNKNOWN);
        assertThat(unwatched.getReasonsList()).containsExactly("no rule has judged anything yet");
        assertThat(healthy.getStatus()).isEqualTo(SystemHealth.Status.STATUS_HEALTHY);
        assertThat(healthy.getReasonsList()).isEmpty();
        assertThat(unhealthy.getStatus()).isEqualTo(SystemHealth.Status.STATUS_UNHEALTHY);
        assertThat(unhealthy.getReasonsList()).containsExactly("alert latency-spike of planner fires, critical: slow");
    }

    @Test
    void showsOneAgentTypeInFull() {
        for (int i = 0; i < 60; i++) {
            rig.outcome("planner", Duration.ofSeconds(i * 10 + 5), 0.1 * (i % 5 + 1), i < 6 ? "timeout" : null);
        }
        rig.outcome("coder", Duration.ofSeconds(5), 1, null);
        rig.live().events().append(alert("default", "about-it", AlertState.FIRING, Severity.HIGH, false));

        GetAgentMetricsResponse planner = rig.query()
                .getAgentMetrics(GetAgentMetricsRequest.newBuilder()
                        .setAgentType("planner")
                        .build());

        assertThat(planner.getTotal().getCount()).isEqualTo(60);
        assertThat(planner.getTotal().getErrorsMap()).isEqualTo(Map.of("timeout", 6L));
        assertThat(planner.getTotal().getCoverage()).isCloseTo(60 / 90.0, within(1e-9));
        assertThat(planner.getInstancesList())
                .extracting(AgentMetrics::getInstance)
                .containsExactly("planner-1");
        assertThat(planner.getTaskTypesList())
                .extracting(AgentMetrics::getTaskType)
                .containsExactly("t");
        assertThat(planner.getPointsCount()).isEqualTo(60);
        assertThat(planner.getAlertsList()).extracting(Alert::getId).containsExactly("about-it");
    }

    @Test
    void refusesAnUnknownAgentTypeNamingThoseThereAre() {
        rig.outcome("coder", Duration.ofSeconds(5), 1, null);
        rig.outcome("planner", Duration.ofSeconds(5), 1, null);

        Status one = errorOf(() -> rig.query()
                        .getAgentMetrics(GetAgentMetricsRequest.newBuilder()
                                .setAgentType("plannr")
                                .build()))
                .getStatus();
        Status list = errorOf(() -> rig.query()
                        .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                                .setAgentType("plannr")
                                .build()))
                .getStatus();

        assertThat(one.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(one.getDescription())
                .isEqualTo("agent type \"plannr\" is not known, there are coder, planner")
                .isEqualTo(list.getDescription());
    }

    @Test
    void ordersAgentsAsAsked() {
        rig.outcome("a", Duration.ofSeconds(5), 1, "e");
        rig.outcome("b", Duration.ofSeconds(5), 3, null);
        rig.outcome("b", Duration.ofSeconds(5), 3, null);
        rig.outcome("c", Duration.ofSeconds(5), 2, null);

        assertThat(agents("")).containsExactly("b", "a", "c");
        assertThat(agents("failed")).containsExactly("a", "b", "c");
        assertThat(agents("p95")).containsExactly("b", "c", "a");
        assertThat(agents("p95 asc")).containsExactly("a", "c", "b");
        assertThat(agents("agent_type desc")).containsExactly("c", "b", "a");
        assertThat(errorOf(() -> agents("latency")).getStatus().getDescription())
                .isEqualTo("order_by must be one of count, failed, error_ratio, rate, p50, p95, p99, max, agent_type,"
                        + " perhaps with \" asc\" or \" desc\" after it, was \"latency\"");
    }

    private List<String> agents(String orderBy) {
        return rig
                .query()
                .listAgentMetrics(
                        ListAgentMetricsRequest.newBuilder().setOrderBy(orderBy).build())
                .getAgentsList()
                .stream()
                .map(AgentMetrics::getAgentType)
                .toList();
    }

    @Test
    void filtersAgentsByInstanceAndTaskType() {
        rig.live()
                .series()
                .add(
                        "default",
                        QueryDoorRig.AGENTS,
                        Attributes.of("gen_ai.agent.name", "a", "gen_ai.agent.id", "a-2", "tocsin.task.type", "u"),
                        io.tocsin.collector.call.ManualClock.NOON - 1,
                        1,
                        null);
        rig.outcome("a", Duration.ofSeconds(5), 1, null);

        assertThat(rig.query()
                        .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                                .setInstance("a-2")
                                .setTaskType("u")
                                .build())
                        .getAgents(0)
                        .getCount())
                .isEqualTo(1);
        assertThat(rig.query()
                        .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                                .setInstance("a-2")
                                .setTaskType("t")
                                .build())
                        .getAgentsList())
                .isEmpty();
    }
}
