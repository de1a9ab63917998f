/* SPDX-License-Identifier: Apache-2.0 */

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.opentelemetry.OpenTelemetryTracing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A service with traces of its own: TracedService COLLECTOR OTLP-ENDPOINT RATIO REQUESTS NAME [error]. Makes so many requests, each a trace
 * with one span of that name, keeps that share of them, and records each as an outcome of an agent of that name.
 */
public final class TracedService {
    public static void main(String[] args) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(io.opentelemetry.api.common.Attributes.of(
                        AttributeKey.stringKey("service.name"), "traced-service")))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(Double.parseDouble(args[2]))))
                .addSpanProcessor(BatchSpanProcessor.builder(
                                OtlpHttpSpanExporter.builder().setEndpoint(args[1]).build())
                        .setMaxQueueSize(20_000)
                        .build())
                .build();
        OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
        Status status = args.length > 5 ? Status.ERROR : Status.OK;
        try (TocsinClient tocsin = TocsinClient.builder()
                .endpoint(args[0])
                .tracing(OpenTelemetryTracing.of(openTelemetry))
                .build()) {
            Outcomes calls =
                    tocsin.outcomes("gen_ai.invoke_agent.duration", Attributes.of("gen_ai.agent.name", args[4]));
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                Span span = openTelemetry.getTracer("test").spanBuilder(args[4]).startSpan();
                try (var current = span.makeCurrent()) {
                    calls.record(1_000_000, status);
                } finally {
                    span.end();
                }
            }
            tocsin.flush(Duration.ofSeconds(30));
            System.out.println(tocsin.balance());
        }
        provider.shutdown().join(20, TimeUnit.SECONDS);
    }
}
