/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tocsin.collector.trace.BatchTrail;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one batch: taking it in, with what the journal and the engine do as children. Each step is told by the thread that owns the
 * batch then; the engine may apply it while its acknowledgement is under way, and the two share nothing that changes.
 */
final class SpannedBatch implements BatchTrail {
    private final Tracer tracer;
    private final Span batch;
    private final Context context;
    private final Waiting waiting;

    private @Nullable Span appending;
    private @Nullable Span forcing;
    private int partition;
    private long offset;
    private @Nullable Span applying;

    /** Takes those that the engine has yet to apply. */
    interface Waiting {
        void await(int partition, SpannedBatch batch);
    }

    SpannedBatch(Tracer tracer, Span batch, Context context, Waiting waiting) {
        this.tracer = tracer;
        this.batch = batch;
        this.context = context;
        this.waiting = waiting;
    }

    long offset() {
        return offset;
    }

    @Override
    public void handedOver(int rejected) {
        batch.setAttribute("tocsin.rejected", rejected);
        appending = child("tocsin.journal.append");
    }

    @Override
    public void appended(int inPartition, long atOffset) {
        end(appending);
        partition = inPartition;
        offset = atOffset;
        forcing = child("tocsin.journal.force");
        waiting.await(inPartition, this);
    }

    @Override
    public void accepted(boolean alreadyAccepted) {
        end(alreadyAccepted ? appending : forcing);
        batch.setAttribute("tocsin.already_accepted", alreadyAccepted);
        batch.end();
    }

    @Override
    public void failed(String reason) {
        end(appending);
        end(forcing);
        batch.setStatus(StatusCode.ERROR, reason);
        batch.end();
    }

    /** Begins the engine's span; what comes out of it may be its child. */
    Context applying() {
        Span span = child("tocsin.engine.apply");
        span.setAttribute("tocsin.partition", partition);
        span.setAttribute("tocsin.offset", offset);
        applying = span;
        return context.with(span);
    }

    @Override
    public void applied() {
        end(applying);
    }

    private Span child(String name) {
        return tracer.spanBuilder(name).setParent(context).startSpan();
    }

    /** A second time does nothing. */
    private static void end(@Nullable Span span) {
        if (span != null) {
            span.end();
        }
    }
}
