/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.EngineTrails;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spans around what one engine does. The journal's thread leaves batches here in the order of their offsets; the rest is confined to the thread
 * that drives the engine.
 */
final class SpannedEngine implements EngineTrails {
    /** Followed batches that are in the journal and not yet applied; further ones get no span of the engine, which is counted. */
    private static final int MAX_WAITING = 4_096;

    private static final AttributeKey<List<String>> EXAMPLES =
            AttributeKey.stringArrayKey("tocsin.alert.example_trace_ids");

    private final Tracer tracer;
    private final KnownTraces known;
    private final Runnable onClose;
    private final Queue<SpannedBatch> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private Context applying = Context.root();

    SpannedEngine(Tracer tracer, KnownTraces known, Runnable onClose) {
        this.tracer = tracer;
        this.known = known;
        this.onClose = onClose;
    }

    /** False: no room. On the journal's thread. */
    boolean await(SpannedBatch batch) {
        if (waitingCount.get() >= MAX_WAITING) {
            return false;
        }
        waitingCount.incrementAndGet();
        waiting.add(batch);
        return true;
    }

    @Override
    public BatchTrail applying(long offset) {
        applying = Context.root();
        SpannedBatch next = waiting.peek();
        while (next != null && next.offset() < offset) {
            take();
            next = waiting.peek();
        }
        if (next == null || next.offset() != offset) {
            return BatchTrail.NONE;
        }
        take();
        applying = next.applying();
        return next;
    }

    private void take() {
        if (waiting.poll() != null) {
            waitingCount.decrementAndGet();
        }
    }

    /** A child of the batch that proved it, if one did and is followed; most alerts come out of a tick and begin a trace of their own. */
    @Override
    public void alertChanged(String alertId, String rule, String state, String severity, List<String> exampleTraceIds) {
        SpanBuilder span = tracer.spanBuilder("tocsin.alert.changed")
                .setParent(applying)
                .setAttribute("tocsin.alert.id", alertId)
                .setAttribute("tocsin.alert.rule", rule)
                .setAttribute("tocsin.alert.state", state)
                .setAttribute("tocsin.alert.severity", severity);
        if (!exampleTraceIds.isEmpty()) {
            span.setAttribute(EXAMPLES, exampleTraceIds);
            exampleTraceIds.forEach(id -> known.find(id).ifPresent(span::addLink));
        }
        span.startSpan().end();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
