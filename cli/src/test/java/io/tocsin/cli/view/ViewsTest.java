/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.FakeCollector;
import io.tocsin.cli.FakeCollector.Stream;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.Acknowledgement;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Evidence;
import io.tocsin.v1.Gap;
import io.tocsin.v1.KeepAlive;
import io.tocsin.v1.LatencySummary;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.Severity;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private FakeCollector collector;
    private CommandRunner tocsin;

    @BeforeEach
    void start() throws IOException {
        collector = new FakeCollector();
        tocsin = new CommandRunner(collector.channels());
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void alertsAreListedWithinEightyColumnsOverAllPages() {
        for (int i = 0; i < 5; i++) {
            collector.alerts.add(alert("a" + i, AlertState.ALERT_STATE_FIRING));
        }

        assertThat(tocsin.run("alerts", "list", "--severity", "high", "--state", "firing,pending"))
                .isZero();
        assertThat(tocsin.lines())
                .hasSize(1 + 2 * 5)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(tocsin.lines().get(1)).startsWith("a0  firing  high      latency-spike  coder");
        assertThat(tocsin.lines().get(2)).startsWith("    p95 is high: 3.1 s, usual are");
        assertThat(collector.lists).hasSize(3);
        assertThat(collector.lists.get(0).getFilter().getMinSeverity()).isEqualTo(Severity.SEVERITY_HIGH);
        assertThat(collector.lists.get(0).getFilter().getStatesList())
                .containsExactly(AlertState.ALERT_STATE_FIRING, AlertState.ALERT_STATE_PENDING);
    }

    @Test
    void whoTakesCareOfAnAlertIsListedAndWatched() {
        Alert taken = alert("0123456789abcdef", AlertState.ALERT_STATE_ACKNOWLEDGED).toBuilder()
                .setAcknowledgement(Acknowledgement.newBuilder().setBy("anna").setNote("rolled\nback"))
                .build();
        collector.alerts.add(taken);
        collector.streams.add(new Stream(
                List.of(response("c1")
                        .setEvent(AlertEvent.newBuilder().setAlert(taken))
                        .build()),
                Status.UNAVAILABLE));

        tocsin.run("alerts", "list", "--state", "acknowledged");
        tocsin.run("alerts", "watch", "--events", "1");

        assertThat(tocsin.lines().get(1)).startsWith("01234567  acknowledged  high      latency-spike  coder");
        assertThat(tocsin.lines().get(2)).isEqualTo("    acknowledged by anna: rolled back");
        assertThat(tocsin.lines().get(3)).startsWith("    p95 is high");
        assertThat(tocsin.lines().get(4)).contains("acknowledged  high").endsWith("coder  by anna: rolled back");
        assertThat(collector.lists.get(0).getFilter().getStatesList())
                .containsExactly(AlertState.ALERT_STATE_ACKNOWLEDGED);
    }

    @Test
    void anAlertIsAcknowledgedByTheBeginningOfItsId() {
        collector.alerts.add(alert("abc1", AlertState.ALERT_STATE_FIRING));
        collector.alerts.add(alert("abd2", AlertState.ALERT_STATE_FIRING));
        collector.alerts.add(alert("xyz3", AlertState.ALERT_STATE_FIRING));

        assertThat(tocsin.run("alerts", "ack", "abd", "--by", "anna", "--note", "mine"))
                .isZero();
        assertThat(tocsin.lines()).containsExactly("acknowledged abd2  latency-spike  coder  by anna");
        assertThat(collector.acknowledged.get(0).getNote()).isEqualTo("mine");
        assertThat(tocsin.run("alerts", "ack", "x")).isZero();
        assertThat(collector.acknowledged.get(1).getBy()).startsWith(System.getProperty("user.name") + "@");
    }

    @Test
    void aBeginningThatSeveralShareIsRefusedAndOneThatNoneHasIsTheCollectorsToExplain() {
        collector.alerts.add(alert("abc1", AlertState.ALERT_STATE_FIRING));
        collector.alerts.add(alert("abd2", AlertState.ALERT_STATE_FIRING));

        assertThat(tocsin.run("alerts", "ack", "ab")).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err())
                .contains("2 open alerts begin with ab: abc1 (latency-spike of coder), abd2", "give more of the id");
        assertThat(tocsin.run("alerts", "ack", "nothing")).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err()).contains("127.0.0.1:7317 says: no alert nothing");
        assertThat(collector.acknowledged).isEmpty();
    }

    @Test
    void alertsListEndsAtItsLimit() {
        for (int i = 0; i < 5; i++) {
            collector.alerts.add(alert("a" + i, AlertState.ALERT_STATE_FIRING));
        }

        tocsin.run("alerts", "list", "--limit", "3");

        assertThat(tocsin.lines()).hasSize(1 + 2 * 3);
    }

    @Test
    void jsonIsOneObjectPerLineWithZerosShown() {
        collector.alerts.add(alert("a", AlertState.ALERT_STATE_FIRING));
        collector.alerts.add(alert("b", AlertState.ALERT_STATE_RESOLVED));

        tocsin.run("alerts", "list", "--json", "--recording", "r1");

        assertThat(tocsin.lines()).hasSize(2);
        assertThat(tocsin.lines().get(0))
                .startsWith("{\"id\":\"a\"")
                .contains("\"state\":\"ALERT_STATE_FIRING\"", "\"lastEvent\":0");
        assertThat(collector.lists.get(0).getScope().getRecording()).isEqualTo("r1");
    }

    @Test
    void noAlertsAreSaidInWords() {
        tocsin.run("alerts", "list");

        assertThat(tocsin.lines()).containsExactly("no alerts");
    }

    @Test
    void watchResumesWhereTheConnectionBrokeAndSaysSo() {
        collector.streams.add(new Stream(
                List.of(
                        response("c1")
                                .setSnapshot(Snapshot.getDefaultInstance())
                                .build(),
                        response("c2")
                                .setEvent(event(AlertState.ALERT_STATE_FIRING))
                                .build()),
                Status.UNAVAILABLE));
        collector.streams.add(new Stream(
                List.of(
                        response("c3")
                                .setKeepAlive(KeepAlive.getDefaultInstance())
                                .build(),
                        response("c4")
                                .setEvent(event(AlertState.ALERT_STATE_RESOLVED))
                                .build()),
                Status.UNAVAILABLE));

        assertThat(tocsin.run("alerts", "watch", "--events", "2")).isZero();
        assertThat(collector.subscriptions).extracting(r -> r.getCursor()).containsExactly("", "c2");
        assertThat(tocsin.lines().get(0)).isEqualTo("nothing is firing");
        assertThat(tocsin.lines().get(1)).contains("firing", "high", "latency-spike", "coder", "p95 is high");
        assertThat(tocsin.lines().get(2)).contains("resolved", "recovered");
        assertThat(tocsin.err())
                .contains("lost 127.0.0.1:7317 (it cannot be reached); trying again")
                .contains("connected to 127.0.0.1:7317 again after", "nothing was missed");
    }

    @Test
    void watchAnnouncesGaps() {
        collector.streams.add(new Stream(
                List.of(
                        response("c1")
                                .setGap(Gap.newBuilder()
                                        .setFromEvent(3)
                                        .setToEvent(9)
                                        .setReason("expired"))
                                .build(),
                        response("c2")
                                .setEvent(event(AlertState.ALERT_STATE_FIRING))
                                .build()),
                Status.UNAVAILABLE));

        tocsin.run("alerts", "watch", "--events", "1", "--cursor", "c0");

        assertThat(tocsin.lines().get(0))
                .isEqualTo(
                        "missed changes 3 to 9: they are older than what the collector keeps; what is firing now follows");
        assertThat(collector.subscriptions.get(0).getCursor()).isEqualTo("c0");
    }

    @Test
    void watchEndsWhenTheCollectorRefuses() {
        collector.streams.add(
                new Stream(List.of(), Status.INVALID_ARGUMENT.withDescription("cursor x is of another filter")));

        assertThat(tocsin.run("alerts", "watch")).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err()).contains("127.0.0.1:7317 says: cursor x is of another filter");
    }

    @Test
    void slosAreListed() {
        collector.slos.add(slo());

        assertThat(tocsin.run("slo", "list")).isZero();
        assertThat(tocsin.lines())
                .containsExactly(
                        "SLO           ABOUT  STATUS     TARGET  ATTAINED  BUDGET  OVER",
                        "availability  all    at risk  99.900 %  99.950 %    50 %   30d");
    }

    @Test
    void namesOfSlosAreShownWhole() {
        collector.slos.add(slo().toBuilder()
                .setName("orchestration-availability-of-the-planners")
                .build());

        tocsin.run("slo", "list");

        assertThat(tocsin.lines().get(1)).startsWith("orchestration-availability-of-the-planners  all");
    }

    @Test
    void anAlertIsListedWithItsKindAndHowLongItWas() {
        collector.alerts.add(alert("a", AlertState.ALERT_STATE_RESOLVED).toBuilder()
                .setRule("agent-failure")
                .setKind("silence")
                .setResolvedAt(Timestamp.newBuilder().setSeconds(1_769_860_860))
                .build());

        tocsin.run("alerts", "list");

        assertThat(tocsin.lines().get(1)).startsWith("a   resolved  high      agent-failure/silence  coder");
        assertThat(tocsin.lines().get(2)).startsWith("    for 1m, recovered: p95 is high");
    }

    @Test
    void noAgentsAreSaidWithWhatWasAskedFor() {
        collector.agents = ListAgentMetricsResponse.getDefaultInstance();

        tocsin.run("agents", "coder", "--since", "5m");
        tocsin.run("agents", "--recording", "r1");

        assertThat(tocsin.lines())
                .containsExactly("no agents of type coder in the last 5m", "no agents in recording r1");
    }

    @Test
    void anSloIsShownInFullWithBurnRatesByLength() {
        collector.slos.add(slo());

        assertThat(tocsin.run("slo", "show", "availability")).isZero();
        assertThat(tocsin.out()).contains("good of all  1,999 of 2,000");
        assertThat(tocsin.lines())
                .filteredOn(line -> line.startsWith("burn"))
                .containsExactly("burn 5m      2.00", "burn 1h      0.50", "burn 3d      0.10");
    }

    @Test
    void anUnknownSloIsExplainedByTheCollector() {
        assertThat(tocsin.run("slo", "show", "nothing")).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err()).contains("there is no SLO nothing; there are availability");
    }

    @Test
    void agentsAreShownByInstance() {
        collector.agents = ListAgentMetricsResponse.newBuilder()
                .addAgents(AgentMetrics.newBuilder()
                        .setAgentType("coder")
                        .setInstance("coder-1")
                        .setCount(12_345)
                        .setRate(13.7)
                        .setErrorRatio(0.005)
                        .setLatency(LatencySummary.newBuilder()
                                .setP50(0.261)
                                .setP95(0.7)
                                .setP99(1.234)))
                .build();

        assertThat(tocsin.run("agents", "coder", "--by-instance", "--since", "5m"))
                .isZero();
        assertThat(tocsin.lines())
                .containsExactly(
                        "AGENT  INSTANCE   COUNT  PER SECOND  FAILED     P50     P95     P99",
                        "coder  coder-1   12,345        13.7  0.50 %  261 ms  700 ms  1.23 s");
        assertThat(collector.agentsRequest.getAgentType()).isEqualTo("coder");
        assertThat(collector.agentsRequest.getRange().getStartTime().getSeconds())
                .isEqualTo(CommandRunner.NOW.getEpochSecond() - 300);
    }

    private static SubscribeResponse.Builder response(String cursor) {
        return SubscribeResponse.newBuilder().setCursor(cursor);
    }

    private static AlertEvent event(AlertState state) {
        return AlertEvent.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(1_769_860_800))
                .setAlert(alert("a", state))
                .build();
    }

    private static Alert alert(String id, AlertState state) {
        return Alert.newBuilder()
                .setId(id)
                .setState(state)
                .setSeverity(Severity.SEVERITY_HIGH)
                .setRule("latency-spike")
                .addGroup(Attribute.newBuilder().setKey("gen_ai.agent.name").setValue("coder"))
                .setStartsAt(Timestamp.newBuilder().setSeconds(1_769_860_800))
                .setEvidence(Evidence.newBuilder().setText("p95 is high: 3.1 s, usual are 0.4 to 0.9 s for this group"))
                .setResolution(state == AlertState.ALERT_STATE_RESOLVED ? "recovered" : "")
                .build();
    }

    private static Slo slo() {
        return Slo.newBuilder()
                .setName("availability")
                .setType("availability")
                .setTarget(0.999)
                .setWindow(Duration.newBuilder().setSeconds(30 * 86_400))
                .setStatus(SloStatus.SLO_STATUS_AT_RISK)
                .setGood(1_999)
                .setTotal(2_000)
                .setAttained(0.9995)
                .setBudgetRemaining(0.5)
                .putBurnRates("1h", 0.5)
                .putBurnRates("5m", 2)
                .putBurnRates("3d", 0.1)
                .build();
    }
}
