/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    @TempDir
    Path folder;

    private Collector collector;

    @AfterEach
    void close() {
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    void servesHealthAndReflectionByGrpc() throws Exception {
        collector = Collector.start(settings("", Map.of()));
        ManagedChannel channel = ManagedChannelBuilder.forTarget(
                        collector.grpc().toString())
                .usePlaintext()
                .build();
        try {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
            for (String service : List.of("", "tocsin.v1.IngestService", "tocsin.v1.AdminService")) {
                assertThat(health.check(HealthCheckRequest.newBuilder()
                                        .setService(service)
                                        .build())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            }
            assertThat(servicesByReflection(channel))
                    .contains("tocsin.v1.IngestService", "tocsin.v1.AlertService", "grpc.health.v1.Health");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void servesMetricsAndHealthByHttp() throws Exception {
        collector = Collector.start(settings("", Map.of()));

        assertThat(get("/metrics").body())
                .contains("tocsin_engine_up{partition=\"0\"} 1.0")
                .contains("tocsin_ingest_records_accepted_total 0.0");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").body())
                .startsWith("{\"status\":\"ok\",\"partitions\":[{\"partition\":0,\"up\":true,");
        assertThat(get("/").body())
                .isEqualTo(
                        "tocsin: /monitoring/dashboard and other views as JSON, described in"
                                + " /monitoring/openapi.json; /metrics for Prometheus, /healthz for health; all else by gRPC\n");
    }

    @Test
    void showsTheMetricsOfTheDocumentedTable() throws Exception {
        collector = Collector.start(settings(
                "",
                Map.of(
                        "monitoring.webhook.url", "http://127.0.0.1:9/",
                        "monitoring.in-memory", "false",
                        "monitoring.data-dir", folder.resolve("data").toString())));

        List<String> shown = get("/metrics")
                .body()
                .lines()
                .filter(l -> l.startsWith("# TYPE tocsin_"))
                .map(l -> l.substring("# TYPE ".length()).split(" ")[0])
                .toList();
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "metrics.md"))) {
            documented = lines.filter(l -> l.startsWith("| `tocsin_"))
                    .map(l -> l.split("`")[1])
                    .toList();
        }

        // those of agents appear with the first record
        assertThat(documented)
                .filteredOn(name -> !name.startsWith("tocsin_agent_"))
                .containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void isGoneAfterCloseWhichMayBeCalledTwice() throws Exception {
        collector = Collector.start(settings("", Map.of()));
        collector.close();
        collector.close();

        collector.awaitTermination();
        assertThatThrownBy(() -> get("/healthz")).isInstanceOf(ConnectException.class);
        new ServerSocket(collector.grpc().port()).close();
    }

    @Test
    void saysThatAPortIsInUseAndLeavesNothingRunning() throws Exception {
        int freed;
        try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                ServerSocket free = new ServerSocket(0)) {
            freed = free.getLocalPort();
            free.close();
            CollectorSettings settings = settings(
                    "", Map.of("monitoring.grpc.port", "" + other.getLocalPort(), "monitoring.http.port", "" + freed));

            assertThatThrownBy(() -> Collector.start(settings))
                    .isInstanceOf(CollectorStartException.class)
                    .hasMessage("gRPC cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + ": the port is in use; stop what uses it, or set monitoring.grpc.port or --grpc-port to another"
                            + " (0: any free one)");
        }
        new ServerSocket(freed).close();
    }

    @Test
    void tellsAllProblemsOfItsRulesBeforeAnythingRuns() {
        String file = """
                monitoring:
                  rules:
                    - {name: a, detector: threshhold, select: {metric: m}}
                    - {name: b, detector: threshold, select: {metric: m}, step: 100ms, parameters: {above: high}}
                    - {name: c, detector: threshold, select: {metric: m}, parameters: {above: 1}, for: soon}
                """;

        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> Collector.start(settings(file, Map.of())));

        assertThat(e.getMessage().lines())
                .hasSize(5)
                .contains("the configuration has 4 problems:")
                .anySatisfy(l -> assertThat(l)
                        .startsWith("  monitoring.rules[0] (name a).detector \"threshhold\" is not known; did you mean"
                                + " threshold? plugins are looked for in " + folder + ": 0 found"))
                .anySatisfy(l -> assertThat(l)
                        .startsWith(
                                "  monitoring.rules[1] (name b).step must be whole seconds from 1s to 1h, was 100ms (")
                        .endsWith("collector.yaml line 4)"))
                .anySatisfy(l -> assertThat(l).startsWith("  monitoring.rules[1] (name b).parameters.above must be"))
                .anySatisfy(l -> assertThat(l).startsWith("  monitoring.rules[2] (name c).for must be a duration"));
    }

    @Test
    void writesAddressesAsOneWouldAfterAScheme() {
        assertThat(new HostPort("127.0.0.1", 7317)).hasToString("127.0.0.1:7317");
        assertThat(new HostPort("::1", 7317)).hasToString("[::1]:7317");
    }

    private static List<String> servicesByReflection(ManagedChannel channel) throws Exception {
        CompletableFuture<List<String>> names = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        names.complete(response.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .toList());
                    }

                    @Override
                    public void onError(Throwable t) {
                        names.completeExceptionally(t);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        try {
            return names.get(10, TimeUnit.SECONDS);
        } finally {
            asking.onCompleted();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + collector.http() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private CollectorSettings settings(String file, Map<String, String> overrides) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.plugins.dir", folder.toString()));
        all.putAll(overrides);
        Path written = Files.writeString(folder.resolve("collector.yaml"), file);
        return CollectorSettings.load(Optional.of(written), all, Map.of());
    }
}
