/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.opentelemetry.OtlpReceiver.Received;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.PushRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service, its client, a collector and a receiver of traces, on real ports. */
@Timeout(120)
class WholeTraceTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String METRIC = "gen_ai.invoke_agent.duration";
    private static final io.tocsin.client.Attributes PLANNER =
            io.tocsin.client.Attributes.of("gen_ai.agent.name", "planner");

    @TempDir
    Path folder;

    private final OtlpReceiver receiver = new OtlpReceiver();

    @Test
    void isSeenFromTheRequestInAServiceToTheCollectorsEngine() throws Exception {
        SdkTracerProvider service = service(1);
        Tracer tracer = service.get("test");
        try (Collector collector = collector(1);
                TocsinClient tocsin = client(collector, service)) {
            Outcomes calls = tocsin.outcomes(METRIC, PLANNER);
            request(tracer, "first", calls);
            request(tracer, "second", calls);
            assertThat(tocsin.flush(SOON)).isTrue();
        }
        service.shutdown().join(10, TimeUnit.SECONDS);

        Received first = only("first");
        List<Received> sends = receiver.named("tocsin.send");
        Received send = sends.get(0);
        assertThat(send.service()).isEqualTo("orders");
        assertThat(send.traceId()).isEqualTo(first.traceId());
        assertThat(send.parent()).isEqualTo(first.id());
        assertThat(sends.stream().flatMap(one -> one.linkedTraces().stream()))
                .containsExactlyInAnyOrder(first.traceId(), only("second").traceId());
        assertThat(send.number("tocsin.times_sent")).isEqualTo(1);
        Received ingest = childOf(send, "tocsin.ingest.batch");
        assertThat(ingest.service()).isEqualTo("bell");
        assertThat(ingest.number("tocsin.sequence")).isEqualTo(1);
        for (String step : List.of("tocsin.journal.append", "tocsin.journal.force", "tocsin.engine.apply")) {
            assertThat(childOf(ingest, step).traceId()).isEqualTo(first.traceId());
        }
        assertThat(childOf(only("tocsin.stream.open"), "tocsin.v1.IngestService/Stream")
                        .service())
                .isEqualTo("bell");
    }

    @Test
    void keepsTheSamplingRatioWithinFourSigma() throws Exception {
        SdkTracerProvider service = service(0.1);
        Tracer tracer = service.get("test");
        try (Collector collector = collector(1);
                TocsinClient tocsin = client(collector, service)) {
            Outcomes calls = tocsin.outcomes(METRIC, PLANNER);
            for (int i = 0; i < 10_000; i++) {
                request(tracer, "request", calls);
            }
            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(10_000);
        }
        service.shutdown().join(10, TimeUnit.SECONDS);

        Set<String> kept = new HashSet<>();
        receiver.named("request").forEach(span -> kept.add(span.traceId()));
        // mean 1,000, sigma sqrt(10,000 * 0.1 * 0.9) = 30; four sigma: wrong once in 16,000 runs
        assertThat(kept.size()).isBetween(880, 1_120);
        long traced = receiver.named("tocsin.send").stream()
                .mapToLong(span -> span.number("tocsin.records.traced"))
                .sum();
        assertThat(traced).isEqualTo(kept.size());
        assertThat(receiver.named("tocsin.ingest.batch"))
                .allMatch(
                        span -> !kept.contains(span.traceId()) || !span.parent().isEmpty());
    }

    @Test
    void isNamedByAnAlertAsAnExample() throws Exception {
        SdkTracerProvider service = service(1);
        Tracer tracer = service.get("test");
        ManagedChannel channel = null;
        List<Alert> alerts;
        try (Collector collector = collector(1);
                TocsinClient tocsin = client(collector, service)) {
            Outcomes calls = tocsin.outcomes(METRIC, PLANNER);
            for (int i = 0; i < 300; i++) {
                request(tracer, "failing", calls, Status.ERROR);
            }
            assertThat(tocsin.flush(SOON)).isTrue();
            channel = NettyChannelBuilder.forTarget(collector.grpc().toString())
                    .usePlaintext()
                    .build();
            var stub = AlertServiceGrpc.newBlockingStub(channel);
            alerts = await().atMost(SOON)
                    .until(
                            () -> stub.list(ListRequest.getDefaultInstance()).getAlertsList().stream()
                                    .filter(alert -> alert.getExampleTraceIdsCount() > 0)
                                    .toList(),
                            found -> !found.isEmpty());
        } finally {
            if (channel != null) {
                channel.shutdownNow();
            }
        }
        service.shutdown().join(10, TimeUnit.SECONDS);

        Set<String> failing = new HashSet<>();
        receiver.named("failing").forEach(span -> failing.add(span.traceId()));
        assertThat(alerts).allSatisfy(alert -> assertThat(failing).containsAll(alert.getExampleTraceIdsList()));
        assertThat(receiver.named("tocsin.alert.changed")).isNotEmpty();
    }

    @Test
    void isFollowedThroughTheMetadataOfAPush() throws Exception {
        SdkTracerProvider service = service(1);
        ManagedChannel channel = null;
        try (Collector collector = collector(0)) {
            channel = NettyChannelBuilder.forTarget(collector.grpc().toString())
                    .usePlaintext()
                    .build();
            Span span = service.get("test").spanBuilder("by hand").startSpan();
            try (var unused = span.makeCurrent()) {
                IngestServiceGrpc.newBlockingStub(ClientInterceptors.intercept(channel, new TraceparentInterceptor()))
                        .push(PushRequest.newBuilder()
                                .addOutcomes(OutcomeRow.newBuilder().setName(METRIC))
                                .build());
            } finally {
                span.end();
            }
        } finally {
            if (channel != null) {
                channel.shutdownNow();
            }
        }
        service.shutdown().join(10, TimeUnit.SECONDS);

        Received call = childOf(only("by hand"), "tocsin.v1.IngestService/Push");
        Received ingest = childOf(call, "tocsin.ingest.batch");
        assertThat(childOf(ingest, "tocsin.engine.apply").traceId()).isEqualTo(call.traceId());
    }

    private static void request(Tracer tracer, String name, Outcomes calls) {
        request(tracer, name, calls, Status.OK);
    }

    private static void request(Tracer tracer, String name, Outcomes calls, Status status) {
        Span span = tracer.spanBuilder(name).startSpan();
        try (var unused = span.makeCurrent()) {
            calls.record(1_000_000, status);
        } finally {
            span.end();
        }
    }

    private Received only(String name) {
        List<Received> named = receiver.named(name);
        assertThat(named).as(name).hasSize(1);
        return named.get(0);
    }

    private Received childOf(Received parent, String name) {
        List<Received> children = receiver.named(name).stream()
                .filter(span ->
                        span.parent().equals(parent.id()) && span.traceId().equals(parent.traceId()))
                .toList();
        assertThat(children).as(name + " under " + parent.name()).hasSize(1);
        return children.get(0);
    }

    private SdkTracerProvider service(double ratio) {
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "orders")))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(receiver.endpoint())
                                .build())
                        .setMaxQueueSize(20_000)
                        .build())
                .build();
    }

    private static TocsinClient client(Collector collector, SdkTracerProvider service) {
        OpenTelemetry openTelemetry =
                OpenTelemetrySdk.builder().setTracerProvider(service).build();
        return TocsinClient.builder()
                .endpoint(collector.grpc().toString())
                .tracing(OpenTelemetryTracing.of(openTelemetry))
                .build();
    }

    private Collector collector(double ratio) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.service-name", "bell",
                "monitoring.opentelemetry.enabled", "true",
                "monitoring.opentelemetry.sampling-ratio", Double.toString(ratio),
                "monitoring.jaeger.endpoint", receiver.endpoint()));
        settings.put("monitoring.plugins.dir", folder.toString());
        return Collector.start(CollectorSettings.load(Optional.empty(), settings, Map.of()));
    }
}
