/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends ended spans away in the background, at most {@value #MAX_WAITING} at once: whoever ends a span never waits, and what finds no
 * room is dropped and counted. The first failure is told in the log, and when it works again. Thread-safe.
 */
final class SpanExport implements SpanProcessor {
    /** Spans that are ended and not answered for by the endpoint. */
    static final int MAX_WAITING = 4_096;

    private static final int SPANS_AT_ONCE = 512;
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String GRPC_PORT = ":4317";
    private static final System.Logger LOG = System.getLogger(SpanExport.class.getName());

    private final String endpoint;
    private final BatchSpanProcessor queue;
    private final AtomicLong waiting = new AtomicLong();
    private final LongAdder exported = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean failing;
    private volatile String lastError = "";

    SpanExport(String endpoint, SpanExporter exporter) {
        this.endpoint = endpoint;
        this.queue = BatchSpanProcessor.builder(new Counting(exporter))
                .setMaxQueueSize(MAX_WAITING)
                .setMaxExportBatchSize(SPANS_AT_ONCE)
                .setScheduleDelay(DELAY)
                .setExporterTimeout(TIMEOUT)
                .build();
    }

    TracingStatus status() {
        return new TracingStatus(true, endpoint, exported.sum(), failed.sum(), dropped.sum(), lastError);
    }

    /** Counts a span that was not even made. */
    void countDropped() {
        dropped.increment();
    }

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            dropped.increment();
        } else {
            queue.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return queue.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return queue.shutdown();
    }

    private void succeeded(int spans) {
        exported.add(spans);
        lastError = "";
        if (failing) {
            failing = false;
            LOG.log(INFO, "traces are taken again by " + endpoint);
        }
    }

    private void failed(int spans, String why) {
        failed.add(spans);
        lastError = why + (endpoint.contains(GRPC_PORT) ? " (4317 is for OTLP over gRPC; over HTTP it is 4318)" : "");
        if (!failing) {
            failing = true;
            LOG.log(
                    WARNING,
                    "traces are not taken by " + endpoint + ": " + lastError
                            + "; they are lost and counted in tocsin_traces_spans_total, all else goes on");
        }
    }

    /** Hands on to the real exporter and hears what became of it. */
    private final class Counting implements SpanExporter {
        private final SpanExporter exporter;

        Counting(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> {
                waiting.addAndGet(-count);
                if (result.isSuccess()) {
                    succeeded(count);
                } else {
                    failed(count, words(result.getFailureThrowable()));
                }
            });
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    private static String words(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "no answer within " + TIMEOUT.toSeconds() + " s";
        }
        Throwable reason = thrown;
        while (reason.getCause() != null && reason.getCause() != reason) {
            if (reason instanceof ConnectException) {
                return "cannot connect"; // what is beneath says less
            }
            reason = reason.getCause();
        }
        String message = reason.getMessage();
        return message == null || message.isEmpty() ? reason.getClass().getSimpleName() : message;
    }
}
