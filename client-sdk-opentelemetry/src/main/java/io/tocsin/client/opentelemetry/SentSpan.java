/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.tocsin.client.SendTrace;

/** A span of the sender's. Confined to its thread. */
final class SentSpan implements SendTrace {
    private static final int CONTEXT_BYTES = 25;
    private static final int SPAN_ID_AT = 16;
    private static final int FLAGS_AT = 24;

    private final Span span;

    SentSpan(Span span) {
        this.span = span;
    }

    @Override
    public byte[] context() {
        SpanContext context = span.getSpanContext();
        if (!context.isValid()) {
            return new byte[0];
        }
        byte[] bytes = new byte[CONTEXT_BYTES];
        System.arraycopy(context.getTraceIdBytes(), 0, bytes, 0, SPAN_ID_AT);
        System.arraycopy(context.getSpanIdBytes(), 0, bytes, SPAN_ID_AT, FLAGS_AT - SPAN_ID_AT);
        bytes[FLAGS_AT] = context.getTraceFlags().asByte();
        return bytes;
    }

    @Override
    public void ended(int timesSent, int rejected, String problem) {
        span.setAttribute("tocsin.times_sent", timesSent);
        span.setAttribute("tocsin.rejected", rejected);
        if (!problem.isEmpty()) {
            span.setStatus(StatusCode.ERROR, problem);
        }
        span.end();
    }
}
