/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.EngineTrails;
import io.tocsin.collector.trace.Traces;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes spans of what the stages tell. Thread-safe. */
final class SpannedTraces implements Traces {
    private static final int CONTEXT_BYTES = 25;
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_END = 24;
    private static final int SAMPLED = 1;
    private static final HexFormat HEX = HexFormat.of();

    private final Tracer tracer;
    private final Runnable countDropped;
    private final KnownTraces known = new KnownTraces();
    private final Map<Integer, SpannedEngine> engines = new ConcurrentHashMap<>();

    /** @param countDropped called for each span that found no room */
    SpannedTraces(Tracer tracer, Runnable countDropped) {
        this.tracer = tracer;
        this.countDropped = countDropped;
    }

    @Override
    public BatchTrail streamed(String producer, long sequence, int bytes, int records, byte[] context) {
        if (context.length == CONTEXT_BYTES && (context[SPAN_ID_END] & SAMPLED) == 0) {
            return BatchTrail.NONE; // what its sender does not keep is not kept here either
        }
        SpanContext sender = read(context);
        if (sender.isValid() && sender.isSampled()) {
            known.remember(sender);
        }
        return begin(Context.root().with(Span.wrap(sender)), producer, sequence, bytes, records);
    }

    @Override
    public BatchTrail pushed(String producer, long sequence, int bytes, int records) {
        return begin(CallSpans.current(), producer, sequence, bytes, records);
    }

    private BatchTrail begin(Context parent, String producer, long sequence, int bytes, int records) {
        SpanBuilder builder =
                tracer.spanBuilder("tocsin.ingest.batch").setParent(parent).setSpanKind(SpanKind.CONSUMER);
        Span span = builder.startSpan();
        if (!span.isRecording()) {
            return BatchTrail.NONE;
        }
        span.setAttribute("tocsin.producer", producer);
        span.setAttribute("tocsin.sequence", sequence);
        span.setAttribute("tocsin.bytes", bytes);
        span.setAttribute("tocsin.records", records);
        return new SpannedBatch(tracer, span, parent.with(span), this::await);
    }

    private void await(int partition, SpannedBatch batch) {
        SpannedEngine engine = engines.get(partition);
        if (engine == null || !engine.await(batch)) {
            countDropped.run();
        }
    }

    @Override
    public EngineTrails engine(int partition) {
        SpannedEngine engine = new SpannedEngine(tracer, known, () -> engines.remove(partition));
        engines.put(partition, engine);
        return engine;
    }

    private static SpanContext read(byte[] context) {
        if (context.length != CONTEXT_BYTES) {
            return SpanContext.getInvalid();
        }
        return SpanContext.createFromRemoteParent(
                HEX.formatHex(context, 0, TRACE_ID_BYTES),
                HEX.formatHex(context, TRACE_ID_BYTES, SPAN_ID_END),
                TraceFlags.fromByte(context[SPAN_ID_END]),
                TraceState.getDefault());
    }
}
