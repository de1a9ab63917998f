/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.v1.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracingTest {
    private static final long HIGH = 0x0102030405060708L;
    private static final long LOW = 0x090a0b0c0d0e0f10L;
    private static final String TRACE_ID = "0102030405060708090a0b0c0d0e0f10";
    private static final byte[] CONTEXT = HexFormat.of().parseHex("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb01");

    private final FakeTracing tracing = new FakeTracing();

    @Test
    void carriesTheTraceThatARecordWasGiven() {
        try (var collector = new FakeCollector(FakeCollector.Conduct.KIND);
                var tocsin = Waits.client(collector).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            calls.record(1_000, Status.OK);
            calls.record(1_000, Status.ERROR, "timeout", HIGH, LOW);
            calls.recordAt(5_000, 0.5, Status.OK, null, HIGH + 1, LOW);
            assertThat(tocsin.flush(Waits.SOON)).isTrue();

            assertThat(tracesByRow(collector.batches()))
                    .containsExactly("", TRACE_ID, "0102030405060709090a0b0c0d0e0f10");
            assertThat(collector.batches())
                    .allMatch(batch -> batch.getTraceContext().isEmpty());
        }
    }

    @Test
    void takesTheCurrentTraceFromTheHostsTracing() {
        try (var collector = new FakeCollector(FakeCollector.Conduct.KIND);
                var tocsin = Waits.client(collector).tracing(tracing).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            calls.record(1_000, Status.OK);
            tracing.high = HIGH;
            tracing.low = LOW;
            calls.record(1_000, Status.OK);
            Task task = calls.start();
            Stopwatch watch = calls.begin();
            tracing.high = 7;
            watch.stop(Status.OK);
            watch.stop(Status.ERROR); // the first counts
            task.complete(Status.OK); // of the trace in which it was begun
            assertThat(tocsin.flush(Waits.SOON)).isTrue();

            assertThat(tracesByRow(collector.batches())).containsExactly("", TRACE_ID, TRACE_ID, TRACE_ID);
        }
    }

    @Test
    void putsOneContextIntoABatchAndKeepsItWhenTheBatchIsSentAgain() {
        List<Batch> came = Collections.synchronizedList(new ArrayList<>());
        FakeCollector.Conduct breaksTheFirst = batch -> {
            came.add(batch);
            return came.size() == 1 ? FakeCollector.Deed.BREAK : FakeCollector.Deed.TAKE;
        };
        try (var collector = new FakeCollector(breaksTheFirst);
                var tocsin =
                        Waits.client(collector).producer("me").tracing(tracing).build()) {
            tocsin.outcomes("calls", Attributes.empty()).record(1_000, Status.OK, null, HIGH, LOW);
            assertThat(tocsin.flush(Waits.SOON)).isTrue();

            assertThat(came).hasSizeGreaterThanOrEqualTo(2);
            assertThat(came.get(0).getTraceContext().toByteArray()).isEqualTo(CONTEXT);
            assertThat(came.get(1)).isEqualTo(came.get(0));
            await().atMost(Waits.SOON).until(() -> !tracing.ends.isEmpty());
            assertThat(tracing.batches).hasSize(1);
            assertThat(tracing.batches.get(0).producer()).isEqualTo("me");
            assertThat(tracing.batches.get(0).sequence()).isEqualTo(1);
            assertThat(tracing.batches.get(0).tracedRecords()).isEqualTo(1);
            assertThat(tracing.batches.get(0).traceIds()).containsExactly(HIGH, LOW);
            assertThat(tracing.ends).containsExactly(came.size() + " sent, 0 rejected, ");
        }
    }

    @Test
    void tellsTheFirstTracesOfABatchOnceAndCountsTheirRecords() {
        try (var collector = new FakeCollector(FakeCollector.Conduct.KIND);
                var tocsin = Waits.client(collector)
                        .maxBatchRecords(100)
                        .tracing(tracing)
                        .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            collector.conduct(batch -> FakeCollector.Deed.TAKE);
            for (int i = 0; i < 50; i++) {
                calls.record(1_000, Status.OK, null, HIGH, i);
                calls.record(1_000, Status.OK, null, HIGH, i);
            }
            assertThat(tocsin.flush(Waits.SOON)).isTrue();

            assertThat(tracing.batches.stream()
                            .mapToInt(TracedBatch::tracedRecords)
                            .sum())
                    .isEqualTo(100);
            assertThat(tracing.batches)
                    .allMatch(batch -> batch.traces() <= TracedBatch.MAX_TRACES
                            && IntStream.range(0, batch.traces())
                                            .mapToLong(i -> batch.traceIds()[2 * i + 1])
                                            .distinct()
                                            .count()
                                    == batch.traces());
        }
    }

    @Test
    void losesNoRecordToATracingThatThrows() {
        Tracing broken = new Tracing() {
            @Override
            public long currentTraceHigh() {
                throw new IllegalStateException("planted");
            }

            @Override
            public long currentTraceLow() {
                throw new NoClassDefFoundError("planted");
            }

            @Override
            public SendTrace batchMade(TracedBatch batch) {
                throw new IllegalStateException("planted");
            }

            @Override
            public SendTrace streamOpening(String endpoint) {
                throw new IllegalStateException("planted");
            }
        };
        try (var collector = new FakeCollector(FakeCollector.Conduct.KIND);
                var tocsin = Waits.client(collector).tracing(broken).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            calls.record(1_000, Status.OK);
            calls.record(1_000, Status.OK, null, HIGH, LOW);
            assertThat(tocsin.flush(Waits.SOON)).isTrue();

            assertThat(tocsin.balance().acked()).isEqualTo(2);
            assertThat(tracesByRow(collector.batches())).containsExactly("", TRACE_ID);
        }
    }

    private static List<String> tracesByRow(List<Batch> batches) {
        List<String> traces = new ArrayList<>();
        for (Batch batch : batches) {
            List<Integer> rows = batch.getOutcomes().getTraceRowList();
            byte[] ids = batch.getOutcomes().getTraceId().toByteArray();
            for (int row = 0; row < batch.getOutcomes().getSeriesCount(); row++) {
                int at = rows.indexOf(row);
                traces.add(at < 0 ? "" : HexFormat.of().formatHex(Arrays.copyOfRange(ids, 16 * at, 16 * at + 16)));
            }
        }
        return traces;
    }

    private static final class FakeTracing implements Tracing {
        volatile long high;
        volatile long low;
        final List<TracedBatch> batches = Collections.synchronizedList(new ArrayList<>());
        final List<String> ends = Collections.synchronizedList(new ArrayList<>());

        @Override
        public long currentTraceHigh() {
            return high;
        }

        @Override
        public long currentTraceLow() {
            return low;
        }

        @Override
        public SendTrace batchMade(TracedBatch batch) {
            batches.add(batch);
            return new SendTrace() {
                @Override
                public byte[] context() {
                    return CONTEXT.clone();
                }

                @Override
                public void ended(int timesSent, int rejected, String problem) {
                    ends.add(timesSent + " sent, " + rejected + " rejected, " + problem);
                }
            };
        }
    }
}
