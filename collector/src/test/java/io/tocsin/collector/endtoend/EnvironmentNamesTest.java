/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.Position;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Rule;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.TimeRange;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the variables of the environment do to a collector that runs: default rules, real clock. */
class EnvironmentNamesTest {
    private static final String METRIC = "gen_ai.invoke_agent.duration";

    @TempDir
    Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private Collector collector;
    private ManagedChannel channel;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream in = exchange.getRequestBody();
            byte[] body = (packed ? new GZIPInputStream(in) : in).readAllBytes();
            received.add(exchange.getRequestURI() + " " + new String(body, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        if (collector != null) {
            channel.shutdownNow();
            collector.close();
        }
        receiver.stop(0);
    }

    private void start(Map<String, String> environment) throws Exception {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("MONITORING_GRPC_PORT", "0");
        variables.put("MONITORING_HTTP_PORT", "0");
        variables.put("MONITORING_IN_MEMORY", "true");
        variables.put(
                "MONITORING_PLUGINS_DIR",
                Files.createDirectories(folder.resolve("plugins")).toString());
        collector = Collector.start(CollectorSettings.load(Optional.empty(), Map.of(), variables));
        channel = NettyChannelBuilder.forTarget(collector.grpc().toString())
                .usePlaintext()
                .build();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    /** More than enough for the rule outage. */
    private Position pushFailures() {
        PushRequest.Builder push = PushRequest.newBuilder();
        for (int i = 0; i < 200; i++) {
            push.addOutcomes(OutcomeRow.newBuilder()
                    .setName(METRIC)
                    .putAttributes("gen_ai.agent.name", "planner")
                    .setLatency(com.google.protobuf.Duration.newBuilder().setSeconds(1))
                    .setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR));
        }
        return IngestServiceGrpc.newBlockingStub(channel).push(push.build()).getPosition();
    }

    private int alertsAfter(Position applied) {
        var unused = QueryServiceGrpc.newBlockingStub(channel)
                .querySeries(QuerySeriesRequest.newBuilder()
                        .setSelector(Selector.newBuilder().setMetric(METRIC))
                        .setRange(TimeRange.newBuilder().setMinPosition(applied))
                        .build());
        return AlertServiceGrpc.newBlockingStub(channel)
                .list(ListRequest.getDefaultInstance())
                .getAlertsCount();
    }

    private List<Rule> rules() {
        return AdminServiceGrpc.newBlockingStub(channel)
                .listRules(ListRulesRequest.getDefaultInstance())
                .getRulesList();
    }

    @Test
    void withoutAnyAnAlertIsRaised() throws Exception {
        start(Map.of());

        Position pushed = pushFailures();

        await().atMost(Duration.ofSeconds(20)).until(() -> alertsAfter(pushed) > 0);
    }

    @Test
    void alertingSwitchedOffRaisesNoneAndSendsNothing() throws Exception {
        start(Map.of("MONITORING_ALERTING_ENABLED", "false", "MONITORING_WEBHOOK_URL", url("/hook")));

        Position pushed = pushFailures();

        // long past the tick that raises it in the test above
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20)).until(() -> alertsAfter(pushed) == 0);
        assertThat(received).isEmpty();
    }

    @Test
    void aWebhookIsTold() throws Exception {
        start(Map.of("MONITORING_WEBHOOK_URL", url("/hook")));

        var unused = pushFailures();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(request ->
                                assertThat(request).startsWith("/hook ").contains("outage", "planner")));
    }

    @Test
    void tracesGoToTheEndpointUnderTheNameOfTheService() throws Exception {
        start(Map.of(
                "MONITORING_OPENTELEMETRY_ENABLED", "true",
                "MONITORING_JAEGER_ENDPOINT", url("/v1/traces"),
                "MONITORING_SERVICE_NAME", "bell-of-the-east"));

        var unused = pushFailures();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(request ->
                                assertThat(request).startsWith("/v1/traces ").contains("bell-of-the-east")));
    }

    @Test
    void slosSwitchedOffDoNotRunAndAnomaliesDo() throws Exception {
        start(Map.of("MONITORING_SLO_ENABLED", "false"));

        assertThat(rules())
                .filteredOn(Rule::getDisabled)
                .isNotEmpty()
                .allMatch(rule -> rule.getDetector().equals("slo"));
        assertThat(rules()).filteredOn(rule -> rule.getDetector().equals("slo")).allMatch(Rule::getDisabled);
        Position pushed = pushFailures();
        await().atMost(Duration.ofSeconds(20)).until(() -> alertsAfter(pushed) > 0);
        assertThat(QueryServiceGrpc.newBlockingStub(channel)
                        .listSlos(ListSlosRequest.getDefaultInstance())
                        .getSlosList())
                .allMatch(slo -> slo.getStatus() == SloStatus.SLO_STATUS_NO_DATA);
    }

    @Test
    void anomaliesSwitchedOffDoNotRunAndSlosDo() throws Exception {
        start(Map.of("MONITORING_ANOMALY_DETECTION_ENABLED", "false"));

        Set<String> off =
                rules().stream().filter(Rule::getDisabled).map(Rule::getName).collect(Collectors.toSet());
        assertThat(off).contains("latency-spike", "error-rate-spike", "throughput-drop", "agent-failure");
        assertThat(rules())
                .filteredOn(rule -> rule.getDetector().equals("slo"))
                .isNotEmpty()
                .noneMatch(Rule::getDisabled);
    }

    @Test
    void intervalAndWindowSizeReachTheRules() throws Exception {
        start(Map.of("MONITORING_SLO_EVALUATION_INTERVAL", "30", "MONITORING_ANOMALY_DETECTION_WINDOW_SIZE", "50"));

        assertThat(rules())
                .filteredOn(rule -> rule.getDetector().equals("slo"))
                .isNotEmpty()
                .allMatch(rule -> rule.getStep().getSeconds() == 30);
        assertThat(rules())
                .filteredOn(rule -> rule.getDetector().equals("latency-spike"))
                .isNotEmpty()
                .allMatch(rule -> rule.getParametersMap().get("window-size").equals("50"));
    }
}
