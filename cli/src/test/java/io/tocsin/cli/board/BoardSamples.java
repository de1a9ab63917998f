/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.v1.Acknowledgement;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.Evidence;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.LatencySummary;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.Red;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.Severity;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SystemHealth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A night on which much goes wrong, always the same. */
public final class BoardSamples {
    static final long NOW = Instant.parse("2026-01-31T03:12:45Z").toEpochMilli();
    static final String TARGET = "10.0.0.7:7317";
    private static final List<String> AGENTS = List.of("coder", "planner", "researcher", "reviewer", "summarizer");

    private BoardSamples() {}

    static BoardState state(boolean demo) {
        BoardState state = new BoardState(
                demo ? "tocsin demo" : "tocsin " + TARGET,
                TARGET,
                ZoneOffset.UTC,
                demo ? Optional.of(menu()) : Optional.empty(),
                NOW);
        state.link(new Link(Link.State.UP, NOW, NOW, ""));
        state.dashboard(dashboard(), NOW);
        state.trends(Trends.of(series(), java.time.Duration.ofSeconds(1), NOW - 1_000));
        state.log(NOW - 40_000, Tone.PLAIN, "usual load; the detectors learn it, then things go wrong");
        state.snapshot(Snapshot.newBuilder().addAllAlerts(alerts()).build());
        state.event(event(alerts().get(0), AlertState.ALERT_STATE_PENDING), NOW - 9_000);
        state.event(event(resolved(), AlertState.ALERT_STATE_FIRING), NOW - 2_000);
        if (demo) {
            state.demo(demo());
        }
        return state;
    }

    static AlertEvent event(Alert alert, AlertState previous) {
        return AlertEvent.newBuilder().setAlert(alert).setPrevious(previous).build();
    }

    static List<Alert> alerts() {
        return List.of(
                alert("a1", "error-rate-spike", "errors", "coder", Severity.SEVERITY_HIGH, 9)
                        .setEvidence(Evidence.newBuilder()
                                .setScore(7.2)
                                .setText("54.9 % of outcomes fail, usually 0.53 %; most often: rate_limited")
                                .setObserved(0.549)
                                .setExpectedLow(0)
                                .setExpectedHigh(0.062)
                                .setUnit("1")
                                .putNumbers("usual", 0.0053)
                                .putLabels("error", "rate_limited"))
                        .setPeakScore(7.2)
                        .setDescription("Agents of one type fail more than they usually do.")
                        .addExampleTraceIds("4bf92f3577b34da6a3ce929d0e0e4736")
                        .build(),
                alert("a2", "outage", "outage", "", Severity.SEVERITY_CRITICAL, 4)
                        .setEvidence(Evidence.newBuilder().setText("310 of 322 outcomes failed"))
                        .build(),
                alert("a3", "latency-spike", "latency", "researcher", Severity.SEVERITY_MEDIUM, 754)
                        .setState(AlertState.ALERT_STATE_ACKNOWLEDGED)
                        .setAcknowledgement(
                                Acknowledgement.newBuilder().setBy("ada@ops1").setTime(time(NOW - 600_000)))
                        .setEvidence(Evidence.newBuilder()
                                .setText("the 0.95 quantile of latency is 4.11 s, usually 793 ms and at most 1.59 s"))
                        .build());
    }

    static Alert resolved() {
        return alert("a4", "throughput-drop", "throughput", "planner", Severity.SEVERITY_MEDIUM, 60)
                .setState(AlertState.ALERT_STATE_RESOLVED)
                .setResolvedAt(time(NOW - 2_000))
                .setResolution("recovered")
                .setEvidence(Evidence.newBuilder().setText("throughput is 97.0/s, usually 212/s and at least 116/s"))
                .build();
    }

    static Alert.Builder alert(String id, String rule, String kind, String agent, Severity severity, long secondsAgo) {
        Alert.Builder alert = Alert.newBuilder()
                .setId(id)
                .setState(AlertState.ALERT_STATE_FIRING)
                .setSeverity(severity)
                .setRule(rule)
                .setDetector(rule)
                .setKind(kind)
                .setProblemSince(time(NOW - secondsAgo * 1_000 - 1_800))
                .setStartsAt(time(NOW - secondsAgo * 1_000))
                .setFiredAt(time(NOW - secondsAgo * 1_000));
        return agent.isEmpty()
                ? alert
                : alert.addGroup(
                        Attribute.newBuilder().setKey("gen_ai.agent.name").setValue(agent));
    }

    static Dashboard dashboard() {
        Dashboard.Builder dashboard = Dashboard.newBuilder()
                .setTime(time(NOW))
                .setStartTime(time(NOW - 65_000))
                .setEndTime(time(NOW + 5_000))
                .setCollectorStatus(GetHealthResponse.Status.STATUS_OK)
                .setSystem(SystemHealth.newBuilder()
                        .setStatus(SystemHealth.Status.STATUS_UNHEALTHY)
                        .addReasons("alert outage fires, critical: 310 of 322 outcomes failed")
                        .addReasons("SLO orchestration-availability is breached"))
                .setRequests(Red.newBuilder()
                        .setCount(18_000)
                        .setRate(300.4)
                        .setErrorRatio(0.0123)
                        .setLatency(LatencySummary.newBuilder().setP95(1.16)))
                .setAgentTasks(Red.newBuilder()
                        .setCount(72_000)
                        .setRate(1_204)
                        .setErrorRatio(0.0931)
                        .setLatency(LatencySummary.newBuilder().setP95(0.583)))
                .putProducers("alive", 3)
                .putProducers("lost", 1);
        for (int i = 0; i < AGENTS.size(); i++) {
            dashboard.addAgents(AgentMetrics.newBuilder()
                    .setAgentType(AGENTS.get(i))
                    .setCount(12_345 + 1_000 * i)
                    .setRate(200 + i)
                    .setErrorRatio(0.001 * i)
                    .setLatency(LatencySummary.newBuilder()
                            .setP50(0.1 + 0.05 * i)
                            .setP95(0.4 + 0.1 * i)
                            .setP99(0.9 + 0.2 * i)));
        }
        return dashboard
                .addSlos(slo("orchestration-availability", SloStatus.SLO_STATUS_BREACHED, -0.31, 0.998_69)
                        .putBurnRates("5m", 14.6)
                        .putBurnRates("1h", 9.1)
                        .addFiringAlertIds("a9"))
                .addSlos(slo("agent-task-completion", SloStatus.SLO_STATUS_AT_RISK, 0.41, 0.9882)
                        .setTarget(0.98)
                        .putBurnRates("30m", 6.3)
                        .setTimeToExhaustion(Duration.newBuilder().setSeconds(11_220)))
                .addSlos(slo("orchestration-latency", SloStatus.SLO_STATUS_NO_DATA, 1, 1))
                .build();
    }

    private static Slo.Builder slo(String name, SloStatus status, double left, double attained) {
        return Slo.newBuilder()
                .setName(name)
                .setType("availability")
                .setStatus(status)
                .setTarget(0.999)
                .setAttained(attained)
                .setBudgetRemaining(left)
                .setWindow(Duration.newBuilder().setSeconds(30 * 86_400));
    }

    /** A minute by seconds; the coder fails more and more, the planner did nothing for a while. */
    static QuerySeriesResponse series() {
        QuerySeriesResponse.Builder series = QuerySeriesResponse.newBuilder()
                .setStartTime(time(NOW - 65_000))
                .setEndTime(time(NOW + 5_000));
        for (int agent = 0; agent < AGENTS.size(); agent++) {
            SeriesLine.Builder line = SeriesLine.newBuilder()
                    .addAttributes(
                            Attribute.newBuilder().setKey("gen_ai.agent.name").setValue(AGENTS.get(agent)));
            for (int second = 0; second < 65; second++) {
                boolean idle = agent == 1 && second > 25 && second < 45;
                long count = idle ? 0 : 150 + 20 * agent + second % 7;
                if (count > 0) {
                    line.addPoints(Point.newBuilder()
                            .setStartTime(time(NOW - 65_000 + second * 1_000L))
                            .setCount(count)
                            .setFailed(agent == 0 && second > 50 ? count / 2 : 0)
                            .setSum(count * (0.2 + 0.05 * agent)));
                }
            }
            series.addLines(line);
        }
        return series.build();
    }

    static DemoStatus demo() {
        long start = NOW - 34_000;
        return new DemoStatus(
                7,
                start,
                start + 60_000,
                true,
                115_241,
                6_000,
                List.of(
                        new ScriptLine(
                                1,
                                "throughput-drop -65 %",
                                "planner",
                                start + 20_000,
                                start + 30_000,
                                false,
                                Optional.of("throughput-drop"),
                                Optional.of(1_890L)),
                        new ScriptLine(
                                3,
                                "error-burst +55 points",
                                "coder",
                                start + 24_000,
                                start + 36_000,
                                true,
                                Optional.empty(),
                                Optional.empty()),
                        new ScriptLine(
                                2,
                                "agent-failing 78 % failing",
                                "reviewer-2",
                                start + 47_000,
                                start + 55_000,
                                false,
                                Optional.empty(),
                                Optional.empty())));
    }

    static InjectMenu menu() {
        return new InjectMenu(
                List.of(
                        new InjectMenu.Kind("latency-spike", List.of("x3.0", "x5.5", "x8.0"), List.of(0, 1, 2)),
                        new InjectMenu.Kind("slo-burn", List.of("burn x14.4", "burn x30.0"), List.of(2))),
                List.of("planner", "coder", "everywhere"),
                "lasts 12 s");
    }

    static Timestamp time(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, 1_000))
                .setNanos(Math.floorMod(millis, 1_000) * 1_000_000)
                .build();
    }
}
