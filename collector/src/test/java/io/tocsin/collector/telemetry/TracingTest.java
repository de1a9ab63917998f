/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.EngineTrails;
import io.tocsin.collector.trace.Traces;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracingTest {
    private static final String TRACE_ID = "0102030405060708090a0b0c0d0e0f10";
    private static final String SPAN_ID = "a1a2a3a4a5a6a7a8";
    private static final byte[] SAMPLED = HexFormat.of().parseHex(TRACE_ID + SPAN_ID + "01");
    private static final byte[] NOT_SAMPLED = HexFormat.of().parseHex(TRACE_ID + SPAN_ID + "00");

    private final Received received = new Received();

    @Test
    void followsABatchFromItsSenderToTheEngine() {
        Tracing tracing = tracing(0);
        EngineTrails engine = tracing.traces().engine(3);
        BatchTrail trail = tracing.traces().streamed("planner-7", 5, 100, 10, SAMPLED);
        trail.handedOver(2);
        trail.appended(3, 41);
        trail.accepted(false);
        engine.applying(40).applied();
        engine.applying(41).applied();
        tracing.close();

        Map<String, SpanData> spans = received.byName();
        assertThat(spans.keySet())
                .containsExactlyInAnyOrder(
                        "tocsin.ingest.batch", "tocsin.journal.append", "tocsin.journal.force", "tocsin.engine.apply");
        SpanData batch = spans.get("tocsin.ingest.batch");
        assertThat(spans.values()).allMatch(span -> span.getTraceId().equals(TRACE_ID));
        assertThat(batch.getParentSpanId()).isEqualTo(SPAN_ID);
        assertThat(attribute(batch, "tocsin.producer")).isEqualTo("planner-7");
        assertThat(attribute(batch, "tocsin.sequence")).isEqualTo(5L);
        assertThat(attribute(batch, "tocsin.bytes")).isEqualTo(100L);
        assertThat(attribute(batch, "tocsin.records")).isEqualTo(10L);
        assertThat(attribute(batch, "tocsin.rejected")).isEqualTo(2L);
        assertThat(spans.values())
                .filteredOn(span -> span != batch)
                .allMatch(span -> span.getParentSpanId().equals(batch.getSpanId()));
        assertThat(attribute(spans.get("tocsin.engine.apply"), "tocsin.offset")).isEqualTo(41L);
        assertThat(tracing.status().exported()).isEqualTo(4);
    }

    @Test
    void followsTheSendersChoiceNotToKeepATrace() {
        Tracing tracing = tracing(1);

        assertThat(tracing.traces().streamed("p", 1, 1, 1, NOT_SAMPLED)).isSameAs(BatchTrail.NONE);
        tracing.close();
        assertThat(received.spans).isEmpty();
    }

    @Test
    void keepsTheSharesOfTracesThatBeginHereWithinFourSigma() {
        Tracing tracing = tracing(0.1);
        int kept = 0;
        for (int i = 1; i <= 10_000; i++) {
            kept += tracing.traces().streamed("p", i, 1, 1, Traces.NO_CONTEXT) == BatchTrail.NONE ? 0 : 1;
        }
        tracing.close();

        // mean 1,000, sigma sqrt(10,000 * 0.1 * 0.9) = 30; four sigma: wrong once in 16,000 runs
        assertThat(kept).isBetween(880, 1_120);
    }

    @Test
    void linksAnAlertToASenderOfItsExamples() {
        Tracing tracing = tracing(1);
        EngineTrails engine = tracing.traces().engine(0);
        BatchTrail trail = tracing.traces().streamed("p", 1, 1, 1, SAMPLED);
        trail.handedOver(0);
        trail.appended(0, 1);
        engine.applying(1);
        engine.alertChanged("a-1", "outage", "FIRING", "CRITICAL", List.of(TRACE_ID, "f".repeat(32)));
        engine.applying(2);
        engine.alertChanged("a-1", "outage", "RESOLVED", "CRITICAL", List.of());
        tracing.close();

        List<SpanData> alerts = received.spans.stream()
                .filter(span -> span.getName().equals("tocsin.alert.changed"))
                .toList();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).getTraceId()).isEqualTo(TRACE_ID);
        assertThat(alerts.get(0).getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(SPAN_ID));
        assertThat(attribute(alerts.get(0), "tocsin.alert.example_trace_ids"))
                .isEqualTo(List.of(TRACE_ID, "f".repeat(32)));
        assertThat(alerts.get(1).getTraceId()).isNotEqualTo(TRACE_ID);
    }

    @Test
    void tellsWhyABatchWasNotTaken() {
        Tracing tracing = tracing(1);
        BatchTrail trail = tracing.traces().streamed("p", 1, 1, 1, SAMPLED);
        trail.handedOver(0);
        trail.failed("no room");
        tracing.close();

        SpanData batch = received.byName().get("tocsin.ingest.batch");
        assertThat(batch.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(batch.getStatus().getDescription()).isEqualTo("no room");
    }

    @Test
    void dropsAndCountsWhatADeadBackendLeavesNoRoomForAndNeverWaits() {
        CountDownLatch hangs = new CountDownLatch(1);
        received.answer = spans -> {
            awaitQuietly(hangs);
            return CompletableResultCode.ofExceptionalFailure(new IllegalStateException("connection refused"));
        };
        Tracing tracing = tracing(1);
        int batches = SpanExport.MAX_WAITING + 1_000;
        for (int i = 1; i <= batches; i++) {
            tracing.traces().streamed("p", i, 1, 1, SAMPLED).accepted(true);
        }

        assertThat(tracing.status().dropped()).isEqualTo(1_000);
        hangs.countDown();
        tracing.close();
        assertThat(tracing.status().failed()).isEqualTo(SpanExport.MAX_WAITING);
        assertThat(tracing.status().exported()).isZero();
        assertThat(tracing.status().lastError()).isEqualTo("connection refused");
    }

    @Test
    void isNothingWhileItIsOff() {
        Tracing tracing = Tracing.start(TracingSettings.OFF, "test");

        assertThat(tracing.traces()).isSameAs(Traces.NONE);
        assertThat(tracing.traces().engine(0)).isSameAs(EngineTrails.NONE);
        assertThat(tracing.interceptors()).isEmpty();
        assertThat(tracing.status().enabled()).isFalse();
        tracing.close();
    }

    @Test
    void completesAnEndpointWithoutAPath() {
        assertThat(new TracingSettings(true, URI.create("http://127.0.0.1:4318"), "tocsin", 1).endpoint())
                .isEqualTo(URI.create("http://127.0.0.1:4318/v1/traces"));
        assertThat(new TracingSettings(true, URI.create("http://127.0.0.1:4318/otlp"), "tocsin", 1).endpoint())
                .isEqualTo(URI.create("http://127.0.0.1:4318/otlp"));
    }

    private Tracing tracing(double ratio) {
        return Tracing.to(received, new TracingSettings(true, URI.create("http://127.0.0.1:9/"), "tocsin", ratio));
    }

    private static Object attribute(SpanData span, String key) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Received implements SpanExporter {
        final List<SpanData> spans = new ArrayList<>();
        Function<Collection<SpanData>, CompletableResultCode> answer = sent -> CompletableResultCode.ofSuccess();

        @Override
        public synchronized CompletableResultCode export(Collection<SpanData> sent) {
            spans.addAll(sent);
            return answer.apply(sent);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        Map<String, SpanData> byName() {
            return spans.stream().collect(Collectors.toMap(SpanData::getName, span -> span));
        }
    }
}
