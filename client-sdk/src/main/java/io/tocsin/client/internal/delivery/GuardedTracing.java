/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.SendTrace;
import io.tocsin.client.TracedBatch;
import io.tocsin.client.Tracing;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The host's tracing, which may be missing and may throw: neither costs a record. Thread-safe. */
public final class GuardedTracing {
    private static final int CONTEXT_BYTES = 25;
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final @Nullable Tracing tracing;
    private final TroubleLog log;

    public GuardedTracing(@Nullable Tracing tracing, TroubleLog log) {
        this.tracing = tracing;
        this.log = log;
    }

    public boolean isOn() {
        return tracing != null;
    }

    /** First half of the current trace's id; 0 if there is none. */
    public long currentHigh() {
        try {
            return tracing == null ? 0 : tracing.currentTraceHigh();
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return 0;
        }
    }

    /** Second half. */
    public long currentLow() {
        try {
            return tracing == null ? 0 : tracing.currentTraceLow();
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return 0;
        }
    }

    SendTrace batchMade(TracedBatch batch) {
        try {
            return tracing == null ? SendTrace.NONE : tracing.batchMade(batch);
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return SendTrace.NONE;
        }
    }

    SendTrace streamOpening(String endpoint) {
        try {
            return tracing == null ? SendTrace.NONE : tracing.streamOpening(endpoint);
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return SendTrace.NONE;
        }
    }

    /** 25 bytes, or none. */
    byte[] contextOf(SendTrace trace) {
        try {
            byte[] context = trace.context();
            if (context.length == CONTEXT_BYTES) {
                return context;
            }
            if (context.length != 0) {
                say(new IllegalArgumentException(
                        "a trace context must have " + CONTEXT_BYTES + " bytes or none, had " + context.length));
            }
        } catch (RuntimeException | LinkageError e) {
            say(e);
        }
        return new byte[0];
    }

    /** The same as a value of the header {@code traceparent}; empty without one. */
    String traceparentOf(SendTrace trace) {
        byte[] context = contextOf(trace);
        if (context.length == 0) {
            return "";
        }
        HexFormat hex = HexFormat.of();
        int spanEnd = TRACE_ID_BYTES + SPAN_ID_BYTES;
        return "00-" + hex.formatHex(context, 0, TRACE_ID_BYTES)
                + '-' + hex.formatHex(context, TRACE_ID_BYTES, spanEnd)
                + '-' + hex.formatHex(context, spanEnd, CONTEXT_BYTES);
    }

    void end(SendTrace trace, int timesSent, int rejected, String problem) {
        try {
            trace.ended(timesSent, rejected, problem);
        } catch (RuntimeException | LinkageError e) {
            say(e);
        }
    }

    private void say(Throwable thrown) {
        log.say(Trouble.TRACING, "tracing threw " + thrown + "; records go on without it", thrown);
    }
}
