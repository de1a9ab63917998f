/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tocsin.client.SendTrace;
import io.tocsin.client.TracedBatch;
import io.tocsin.client.Tracing;

/**
 * Gives every record the trace that is current where it is recorded, if that trace is sampled, and makes a span for each batch that
 * holds such records.
 *
 * <pre>{@code
 * TocsinClient tocsin = TocsinClient.builder().tracing(OpenTelemetryTracing.of(openTelemetry)).build();
 * }</pre>
 *
 * <p>A batch serves many requests but has one sender's span: a child of the first request in it, so that this one's trace is whole, from the
 * request to the collector's engine; it links to all of them, {@value TracedBatch#MAX_TRACES} at most. The collector continues it
 * from the context in the batch. Thread-safe.
 */
public final class OpenTelemetryTracing implements Tracing {
    private static final String SCOPE = "io.tocsin.client";

    private final Tracer tracer;
    private final RecentSpans recent = new RecentSpans();

    private OpenTelemetryTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** With the host's OpenTelemetry: its sampler decides which traces are kept, its exporter sends the spans of batches. */
    public static OpenTelemetryTracing of(OpenTelemetry openTelemetry) {
        return new OpenTelemetryTracing(openTelemetry.getTracer(SCOPE));
    }

    @Override
    public long currentTraceHigh() {
        SpanContext current = Span.current().getSpanContext();
        if (!current.isSampled()) {
            return 0;
        }
        recent.remember(current);
        return HexIds.longAt(current.getTraceId(), 0);
    }

    @Override
    public long currentTraceLow() {
        SpanContext current = Span.current().getSpanContext();
        return current.isSampled() ? HexIds.longAt(current.getTraceId(), HexIds.CHARS_PER_LONG) : 0;
    }

    /** None if no span of these traces was current here lately: a link needs a span, and a record brings its trace only. */
    @Override
    public SendTrace batchMade(TracedBatch batch) {
        SpanBuilder builder = tracer.spanBuilder("tocsin.send")
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("tocsin.producer", batch.producer())
                .setAttribute("tocsin.sequence", batch.sequence())
                .setAttribute("tocsin.records", batch.records())
                .setAttribute("tocsin.records.traced", batch.tracedRecords());
        boolean any = false;
        for (int i = 0; i < batch.traces(); i++) {
            String traceId = TraceId.fromLongs(batch.traceIds()[2 * i], batch.traceIds()[2 * i + 1]);
            SpanContext request = recent.find(traceId);
            if (request.isValid()) {
                if (!any) {
                    builder.setParent(Context.root().with(Span.wrap(request)));
                }
                builder.addLink(request);
                any = true;
            }
        }
        return any ? new SentSpan(builder.startSpan()) : SendTrace.NONE;
    }

    /** A trace of its own: a stream serves no request, and outlives many. */
    @Override
    public SendTrace streamOpening(String endpoint) {
        return new SentSpan(tracer.spanBuilder("tocsin.stream.open")
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("tocsin.endpoint", endpoint)
                .startSpan());
    }
}
