/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Spans that were current when something was recorded, so that a batch can link to them. Keeps {@value #PLACES}; a newer one of the same
 * place takes it, and its batch then goes without that link. No lock, no allocation. Thread-safe.
 */
final class RecentSpans {
    private static final int PLACES = 2_048;

    private final AtomicReferenceArray<SpanContext> places = new AtomicReferenceArray<>(PLACES);

    void remember(SpanContext span) {
        int place = place(span.getTraceId());
        if (places.getPlain(place) != span) {
            places.setRelease(place, span);
        }
    }

    /** One of that trace; an invalid one if there is none. */
    SpanContext find(String traceId) {
        SpanContext span = places.getAcquire(place(traceId));
        return span != null && span.getTraceId().equals(traceId) ? span : SpanContext.getInvalid();
    }

    private static int place(String traceId) {
        return traceId.hashCode() & (PLACES - 1); // ids are random, and a string keeps its hash
    }
}
