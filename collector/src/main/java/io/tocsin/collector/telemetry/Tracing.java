/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.grpc.ServerInterceptor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tocsin.collector.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Spans of the collector's own work, by OpenTelemetry's SDK; nothing at all while it is off. Thread-safe. */
public final class Tracing implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);
    private static final String SCOPE = "io.tocsin.collector";

    /** The exporter would tell of each failure; {@link SpanExport} tells the first. Held, as the log holds its loggers weakly. */
    private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

    private final TracingSettings settings;
    private final @Nullable SpanExport export;
    private final @Nullable SdkTracerProvider provider;
    private final Traces traces;
    private final List<ServerInterceptor> interceptors;

    private Tracing(TracingSettings settings, @Nullable SpanExporter exporter, String version) {
        this.settings = settings;
        if (exporter == null) {
            export = null;
            provider = null;
            traces = Traces.NONE;
            interceptors = List.of();
            return;
        }
        SpanExport sending = new SpanExport(settings.endpoint().toString(), exporter);
        SdkTracerProvider made = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), settings.serviceName())
                        .put(AttributeKey.stringKey("service.version"), version)
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.samplingRatio())))
                .addSpanProcessor(sending)
                .build();
        Tracer tracer =
                made.tracerBuilder(SCOPE).setInstrumentationVersion(version).build();
        export = sending;
        provider = made;
        traces = new SpannedTraces(tracer, sending::countDropped);
        interceptors = List.of(new CallSpans(tracer));
    }

    /** As told; an endpoint that is away is no error. */
    public static Tracing start(TracingSettings settings, String version) {
        if (!settings.enabled()) {
            return new Tracing(settings, null, version);
        }
        EXPORTERS.setLevel(Level.OFF);
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(EXPORT_TIMEOUT)
                .setCompression("gzip")
                .build();
        return new Tracing(settings, exporter, version);
    }

    /** With an exporter of the caller's; for tests. */
    static Tracing to(SpanExporter exporter, TracingSettings settings) {
        return new Tracing(settings, exporter, "test");
    }

    /** For the stages. */
    public Traces traces() {
        return traces;
    }

    /** For the gRPC server: none while tracing is off. */
    public List<ServerInterceptor> interceptors() {
        return interceptors;
    }

    public TracingStatus status() {
        return export == null ? new TracingStatus(false, settings.endpoint().toString(), 0, 0, 0, "") : export.status();
    }

    /** Sends what is ended, three seconds at most. */
    @Override
    public void close() {
        if (provider != null) {
            var unused = provider.shutdown().join(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
