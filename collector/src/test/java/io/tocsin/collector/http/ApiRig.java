/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.QueryServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A whole collector with both doors, and a rule that fires at the first failure of the planner. */
final class ApiRig implements AutoCloseable {
    private static final String RULES = """
            monitoring:
              rules:
                - name: planner-fails
                  detector: outage
                  select: {metric: gen_ai.invoke_agent.duration, where: {gen_ai.agent.name: planner}}
                  parameters: {minimum-traffic: 1, share: 0.3}
                  severity: high
            """;

    final Collector collector;
    private final ManagedChannel channel;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiRig(Path folder, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.plugins.dir", folder.toString()));
        settings.putAll(more);
        Path file = Files.writeString(folder.resolve("collector.yaml"), RULES);
        collector = Collector.start(CollectorSettings.load(Optional.of(file), settings, Map.of()));
        channel = ManagedChannelBuilder.forTarget(collector.grpc().toString())
                .usePlaintext()
                .build();
    }

    QueryServiceGrpc.QueryServiceBlockingStub query() {
        return QueryServiceGrpc.newBlockingStub(channel);
    }

    AlertServiceGrpc.AlertServiceBlockingStub alerts() {
        return AlertServiceGrpc.newBlockingStub(channel);
    }

    void push(String agent, boolean failed) {
        var unused = IngestServiceGrpc.newBlockingStub(channel)
                .push(PushRequest.newBuilder()
                        .addOutcomes(OutcomeRow.newBuilder()
                                .setName("gen_ai.invoke_agent.duration")
                                .putAttributes("gen_ai.agent.name", agent)
                                .putAttributes("gen_ai.agent.id", agent + "-1")
                                .setLatency(com.google.protobuf.Duration.newBuilder()
                                        .setNanos(120_000_000))
                                .setStatus(
                                        failed ? OutcomeStatus.OUTCOME_STATUS_ERROR : OutcomeStatus.OUTCOME_STATUS_OK))
                        .build());
    }

    URI uri(String path) {
        return URI.create("http://" + collector.http() + path);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    EventReader events(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new EventReader(client.send(request.build(), BodyHandlers.ofInputStream()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        collector.close();
    }
}
