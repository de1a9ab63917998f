/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Spans of senders that were seen lately, so that an alert can link to an example: records tell their trace only, a link needs a span as
 * well. Keeps {@value #PLACES}; a newer one of the same place takes it. Thread-safe.
 */
final class KnownTraces {
    private static final int PLACES = 4_096;

    private final AtomicReferenceArray<SpanContext> places = new AtomicReferenceArray<>(PLACES);

    void remember(SpanContext span) {
        places.set(place(span.getTraceId()), span);
    }

    Optional<SpanContext> find(String traceId) {
        SpanContext span = places.get(place(traceId));
        return span != null && span.getTraceId().equals(traceId) ? Optional.of(span) : Optional.empty();
    }

    private static int place(String traceId) {
        return traceId.hashCode() & (PLACES - 1);
    }
}
