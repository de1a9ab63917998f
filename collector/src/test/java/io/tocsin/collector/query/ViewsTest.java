/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import static io.tocsin.collector.call.FakeEvents.alert;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.detection.RuleViews.GroupView;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloFilter;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Attributes PLANNER = Attributes.of("gen_ai.agent.name", "planner");
    private final QueryDoorRig rig = new QueryDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void slo(String name, Attributes group, double good, double total, double budget, boolean breached) {
        rig.live().rules().set("default", QueryDoorRig.sloRule(name, Map.of("type", "availability", "target", "0.99")));
        Map<String, Double> gauges = new TreeMap<>();
        gauges.put(Gauges.SLO_TARGET, 0.99);
        gauges.put(Gauges.SLO_WINDOW, 3_600.0);
        gauges.put(Gauges.SLO_GOOD, good);
        gauges.put(Gauges.SLO_TOTAL, total);
        gauges.put(Gauges.SLO_ATTAINED, total == 0 ? 1 : good / total);
        gauges.put(Gauges.SLO_BUDGET_REMAINING, budget);
        gauges.put(Gauges.SLO_BREACHES, 3.0);
        gauges.put(Gauges.SLO_BREACHED, breached ? 1.0 : 0.0);
        gauges.put(Gauges.SLO_BURN + "5m", 2.5);
        rig.live().rules().tell("default", new GroupView(name, group, gauges));
    }

    @Test
    void showsAnSloAsItsDetectorTellsIt() {
        slo("checkout", PLANNER, 990, 1_000, 0.4, false);

        Slo slo = rig.query()
                .getSlo(GetSloRequest.newBuilder().setName("checkout").build())
                .getSlos(0);

        assertThat(slo.getType()).isEqualTo("availability");
        assertThat(slo.getTarget()).isEqualTo(0.99);
        assertThat(slo.getWindow().getSeconds()).isEqualTo(3_600);
        assertThat(slo.getGood()).isEqualTo(990);
        assertThat(slo.getTotal()).isEqualTo(1_000);
        assertThat(slo.getBudgetRemaining()).isEqualTo(0.4);
        assertThat(slo.getBreaches()).isEqualTo(3);
        assertThat(slo.getBurnRatesMap()).containsExactly(Map.entry("5m", 2.5));
        assertThat(slo.getStatus()).isEqualTo(SloStatus.SLO_STATUS_MET);
        assertThat(slo.getGroup(0).getValue()).isEqualTo("planner");
    }

    @Test
    void listsTheLeastBudgetFirstAndWhatHasNoDataLast() {
        slo("fine", Attributes.NONE, 100, 100, 1, false);
        slo("spent", Attributes.NONE, 90, 100, -9, true);
        slo("empty", Attributes.NONE, 0, 0, 1, false);
        rig.live().rules().set("default", QueryDoorRig.sloRule("untold", Map.of("type", "latency", "window", "7d")));

        ListSlosResponse response = rig.query().listSlos(ListSlosRequest.getDefaultInstance());

        assertThat(response.getSlosList()).extracting(Slo::getName).containsExactly("spent", "fine", "empty", "untold");
        assertThat(response.getSlosList())
                .extracting(Slo::getStatus)
                .containsExactly(
                        SloStatus.SLO_STATUS_BREACHED,
                        SloStatus.SLO_STATUS_MET,
                        SloStatus.SLO_STATUS_NO_DATA,
                        SloStatus.SLO_STATUS_NO_DATA);
        Slo untold = response.getSlos(3);
        assertThat(untold.getType()).isEqualTo("latency");
        assertThat(untold.getWindow().getSeconds()).isEqualTo(7 * 86_400);
        assertThat(untold.getTarget()).isPositive();
    }

    @Test
    void callsAnSloAtRiskWhileAnAlertOfItIsFiring() {
        slo("availability", PLANNER, 995, 1_000, 0.5, false);
        rig.live().events().append(alert("default", "burning", AlertState.FIRING, Severity.HIGH, true));

        Slo slo = rig.query().listSlos(ListSlosRequest.getDefaultInstance()).getSlos(0);

        assertThat(slo.getStatus()).isEqualTo(SloStatus.SLO_STATUS_AT_RISK);
        assertThat(slo.getFiringAlertIdsList()).containsExactly("burning");
    }

    @Test
    void callsAnSloBreachedThatAttainedTooLittleThoughItsDetectorHasSeenTooFewToAlarm() {
        slo("availability", PLANNER, 3, 4, -11.5, false);

        assertThat(rig.query()
                        .listSlos(ListSlosRequest.getDefaultInstance())
                        .getSlos(0)
                        .getStatus())
                .isEqualTo(SloStatus.SLO_STATUS_BREACHED);
    }

    @Test
    void filtersAndOrdersSlos() {
        slo("spent", PLANNER, 90, 100, -9, true);
        slo("fine", Attributes.NONE, 100, 100, 1, false);
        slo("empty", Attributes.NONE, 0, 0, 1, false);

        assertThat(slos(SloFilter.getDefaultInstance(), "name")).containsExactly("empty", "fine", "spent");
        assertThat(slos(SloFilter.getDefaultInstance(), "attained desc")).startsWith("empty");
        assertThat(slos(
                        SloFilter.newBuilder()
                                .addStatuses(SloStatus.SLO_STATUS_BREACHED)
                                .addStatuses(SloStatus.SLO_STATUS_NO_DATA)
                                .build(),
                        ""))
                .containsExactly("spent", "empty");
        assertThat(slos(SloFilter.newBuilder().addNames("fine").build(), "")).containsExactly("fine");
        assertThat(slos(SloFilter.newBuilder().addTypes("latency").build(), "")).isEmpty();
        assertThat(slos(
                        SloFilter.newBuilder()
                                .addMatchers(io.tocsin.v1.Matcher.newBuilder()
                                        .setKey("gen_ai.agent.name")
                                        .addValues("planner"))
                                .build(),
                        ""))
                .containsExactly("spent");
    }

    private List<String> slos(SloFilter filter, String orderBy) {
        return rig
                .query()
                .listSlos(ListSlosRequest.newBuilder()
                        .setFilter(filter)
                        .setOrderBy(orderBy)
                        .build())
                .getSlosList()
                .stream()
                .map(Slo::getName)
                .toList();
    }

    @Test
    void refusesFiltersOfSlosThatMeanNothing() {
        slo("checkout", Attributes.NONE, 1, 1, 1, false);

        assertThat(errorOf(() -> slos(SloFilter.newBuilder().addTypes("speed").build(), ""))
                        .getStatus()
                        .getDescription())
                .isEqualTo("filter.types[0] must be one of availability, latency, error-rate, throughput, was"
                        + " \"speed\"");
        assertThat(errorOf(() -> slos(SloFilter.newBuilder().addStatusesValue(9).build(), ""))
                        .getStatus()
                        .getDescription())
                .isEqualTo("filter.statuses[0] must be MET, AT_RISK, BREACHED or NO_DATA, was 9");
        assertThat(errorOf(() -> slos(SloFilter.newBuilder().addNames("nope").build(), ""))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(errorOf(() -> slos(SloFilter.getDefaultInstance(), "size"))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void tellsWhenABudgetThatBurnsTooFastIsSpent() {
        slo("burning", Attributes.NONE, 990, 1_000, 0.5, false);

        Slo slo = rig.query().listSlos(ListSlosRequest.getDefaultInstance()).getSlos(0);

        // half of the budget of an hour, at 2.5 times the speed that spends it in an hour
        assertThat(slo.getTimeToExhaustion().getSeconds()).isEqualTo(720);
    }

    @Test
    void givesSlosByPages() {
        for (int i = 0; i < 5; i++) {
            slo("slo-" + i, Attributes.NONE, 100, 100, i, false);
        }
        ListSlosResponse first =
                rig.query().listSlos(ListSlosRequest.newBuilder().setPageSize(3).build());
        ListSlosResponse second = rig.query()
                .listSlos(ListSlosRequest.newBuilder()
                        .setPageSize(3)
                        .setPageToken(first.getNextPageToken())
                        .build());

        assertThat(first.getSlosCount()).isEqualTo(3);
        assertThat(second.getSlosList()).extracting(Slo::getName).containsExactly("slo-3", "slo-4");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void refusesAnUnknownSloNamingThoseThereAre() {
        slo("checkout", Attributes.NONE, 1, 1, 1, false);

        StatusRuntimeException error = errorOf(() ->
                rig.query().getSlo(GetSloRequest.newBuilder().setName("chekout").build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(error.getStatus().getDescription()).isEqualTo("SLO \"chekout\" is not known, there are checkout");
    }

    @Test
    void listsAgentsBusiestFirstWithTheirErrorsByType() {
        for (int i = 0; i < 90; i++) {
            rig.outcome("coder", Duration.ofSeconds(i), 0.1 + i / 100.0, i % 10 == 0 ? "timeout" : null);
        }
        rig.outcome("planner", Duration.ofSeconds(1), 0.5, null);
        rig.outcome("planner", Duration.ofHours(1), 0.5, null);

        ListAgentMetricsResponse response = rig.query()
                .listAgentMetrics(
                        ListAgentMetricsRequest.newBuilder().setByInstance(true).build());

        assertThat(response.getAgentsList())
                .extracting(AgentMetrics::getAgentType)
                .containsExactly("coder", "planner");
        AgentMetrics coder = response.getAgents(0);
        assertThat(coder.getInstance()).isEqualTo("coder-1");
        assertThat(coder.getTaskType()).isEmpty();
        assertThat(coder.getCount()).isEqualTo(90);
        assertThat(coder.getFailed()).isEqualTo(9);
        assertThat(coder.getErrorsMap()).containsExactly(Map.entry("timeout", 9L));
        assertThat(coder.getErrorRatio()).isEqualTo(0.1);
        assertThat(coder.getRate()).isEqualTo(90 / 900.0);
        assertThat(coder.getLatency().getMin()).isEqualTo(0.1);
        assertThat(response.getAgents(1).getCount()).isEqualTo(1);
    }

    @Test
    void givesAgentsByPagesAndByType() {
        rig.outcome("a", Duration.ofSeconds(1), 1, null);
        rig.outcome("b", Duration.ofSeconds(1), 1, null);
        ListAgentMetricsRequest one =
                ListAgentMetricsRequest.newBuilder().setPageSize(1).build();

        ListAgentMetricsResponse first = rig.query().listAgentMetrics(one);
        ListAgentMetricsResponse second = rig.query()
                .listAgentMetrics(
                        one.toBuilder().setPageToken(first.getNextPageToken()).build());
        ListAgentMetricsResponse onlyB = rig.query()
                .listAgentMetrics(
                        ListAgentMetricsRequest.newBuilder().setAgentType("b").build());

        assertThat(first.getAgents(0).getAgentType()).isEqualTo("a");
        assertThat(second.getAgents(0).getAgentType()).isEqualTo("b");
        assertThat(onlyB.getAgentsCount()).isEqualTo(1);
    }

    @Test
    void listsAsAnomaliesWhatIsNoSlo() {
        rig.live().events().append(alert("default", "slo", AlertState.FIRING, Severity.HIGH, true), 1_000);
        rig.live().events().append(alert("default", "old", AlertState.FIRING, Severity.HIGH, false), 1_000);
        rig.live().events().append(alert("default", "low", AlertState.FIRING, Severity.LOW, false), 2_000);
        rig.live().events().append(alert("default", "new", AlertState.RESOLVED, Severity.HIGH, false), 3_000);

        var all = rig.query().listAnomalies(ListAnomaliesRequest.getDefaultInstance());
        var severe = rig.query()
                .listAnomalies(ListAnomaliesRequest.newBuilder()
                        .setMinSeverity(io.tocsin.v1.Severity.SEVERITY_HIGH)
                        .setRange(TimeRange.newBuilder().setStartTime(CallTimes.timestamp(2_000)))
                        .build());

        assertThat(all.getAnomaliesList()).extracting(Alert::getId).containsExactly("new", "low", "old");
        assertThat(severe.getAnomaliesList()).extracting(Alert::getId).containsExactly("new");
    }

    @Test
    void refusesAnomaliesOfARangeThatEndsBeforeItStarts() {
        StatusRuntimeException error = errorOf(() -> rig.query()
                .listAnomalies(ListAnomaliesRequest.newBuilder()
                        .setRange(TimeRange.newBuilder()
                                .setStartTime(CallTimes.timestamp(2))
                                .setEndTime(CallTimes.timestamp(1)))
                        .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void saysThatAllIsWell() {
        rig.partitions.openRecording("default", "old");
        rig.partitions.openRecording("somebody-else", "theirs");
        rig.live().events().append(alert("default", "a", AlertState.FIRING, Severity.HIGH, false));

        GetHealthResponse health = rig.query().getHealth(GetHealthRequest.getDefaultInstance());

        assertThat(health.getStatus()).isEqualTo(GetHealthResponse.Status.STATUS_OK);
        assertThat(health.getVersion()).isEqualTo("0.1.0-test");
        assertThat(health.getUptime().getSeconds()).isEqualTo(5);
        assertThat(health.getFiringAlerts()).isEqualTo(1);
        assertThat(health.getProducersMap()).containsOnly(Map.entry("alive", 2), Map.entry("lost", 1));
        assertThat(health.getPartitionsList())
                .extracting(p -> p.getPartition() + p.getRecording())
                .containsExactly("0", "1old");
        assertThat(health.getPartitions(0).getEngineTime()).isEqualTo(CallTimes.timestamp(ManualClock.NOON));
    }

    @Test
    void saysWhatIsWrong() {
        Rule rule = Rule.of("mine", "gone", List.of(), Origin.API);
        rig.live().rules().set("default", new RuleView(rule, "detector gone is not known", 0, 0, 0));
        assertThat(rig.query().getHealth(GetHealthRequest.getDefaultInstance())).satisfies(health -> {
            assertThat(health.getStatus()).isEqualTo(GetHealthResponse.Status.STATUS_DEGRADED);
            assertThat(health.getReasonsList()).containsExactly("rule mine does not run: detector gone is not known");
        });

        rig.live().problem("a detector hangs");

        assertThat(rig.query().getHealth(GetHealthRequest.getDefaultInstance()).getStatus())
                .isEqualTo(GetHealthResponse.Status.STATUS_DOWN);
    }
}
