/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static io.tocsin.client.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.client.ConnectionStatus.State;
import io.tocsin.client.FakeCollector.Conduct;
import io.tocsin.client.FakeCollector.Deed;
import io.tocsin.client.internal.delivery.Patience;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the collector says and what becomes of the batches. */
class RecoveryTest {
    @Test
    void sendsUnansweredBatchesAgainOnANewStreamWithAllDefinitionsFirst() {
        // the second batch is counted but its answer lost with the stream
        try (var collector = new FakeCollector(once(2, Deed.TAKE_AND_BREAK));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);
            recordAndFlush(tocsin, "b", 2);

            assertThat(collector.hellos).hasSize(2);
            assertThat(collector.hellos.get(1).getEpoch())
                    .isEqualTo(collector.hellos.get(0).getEpoch());
            assertThat(collector.latencies()).containsExactly(1.0, 2.0);
            assertThat(collector.faults).isEmpty();
            assertThat(tocsin.balance().acked()).isEqualTo(2);
        }
    }

    @Test
    void doesNotSendAgainWhatTheWelcomeSaysWasAccepted() {
        try (var collector = new FakeCollector(once(1, Deed.TAKE_AND_BREAK));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);

            assertThat(collector.arrivals).containsExactly(1L);
            assertThat(tocsin.balance().acked()).isEqualTo(1);
        }
    }

    @Test
    void definesAllAgainWhenAsked() {
        try (var collector = new FakeCollector(once(2, Deed.FORGET));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);
            recordAndFlush(tocsin, "a", 2);

            assertThat(collector.hellos).hasSize(1);
            assertThat(collector.arrivals).containsExactly(1L, 2L, 2L);
            assertThat(tocsin.balance().acked()).isEqualTo(2);
        }
    }

    @Test
    void sendsARefusedBatchAgainWhenItMay() {
        try (var collector = new FakeCollector(once(1, Deed.REFUSE_FOR_NOW));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);

            assertThat(collector.hellos).hasSize(1);
            assertThat(collector.arrivals).containsExactly(1L, 1L);
            assertThat(tocsin.balance().acked()).isEqualTo(1);
        }
    }

    @Test
    void dropsABatchThatIsRefusedForGood() {
        try (var collector = new FakeCollector(once(1, Deed.REFUSE_FOR_GOOD));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);
            recordAndFlush(tocsin, "a", 2);

            assertThat(tocsin.balance().dropped(DropReason.UNDELIVERABLE)).isEqualTo(1);
            assertThat(tocsin.balance().acked()).isEqualTo(1);
        }
    }

    @Test
    void findsTheOneBatchThatCannotBeReadAndDropsItAlone() {
        Conduct conduct = batch -> batch.getSequence() == 3 ? Deed.CANNOT_READ : Deed.TAKE;
        try (var collector = new FakeCollector(conduct);
                var tocsin = Waits.client(collector).maxBatchRecords(1).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            IntStream.rangeClosed(1, 6).forEach(i -> calls.recordAt(i, i, Status.OK, null));

            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.latencies()).containsExactly(1.0, 2.0, 4.0, 5.0, 6.0);
            assertThat(tocsin.balance().dropped(DropReason.UNDELIVERABLE)).isEqualTo(1);
        }
    }

    @Test
    void staysAwayAsLongAsAnEndedStreamAsks() {
        try (var collector = new FakeCollector(once(1, Deed.BREAK_FOR_A_WHILE));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);

            assertThat(collector.helloNanos).hasSize(2);
            assertThat(collector.helloNanos.get(1) - collector.helloNanos.get(0))
                    .isGreaterThanOrEqualTo(300_000_000);
            assertThat(tocsin.balance().acked()).isEqualTo(1);
        }
    }

    @Test
    void countsRejectedRecords() {
        try (var collector = new FakeCollector(once(1, Deed.REJECT_FIRST_ROW));
                var tocsin = Waits.client(collector).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            IntStream.rangeClosed(1, 5).forEach(i -> calls.recordAt(i, i, Status.OK, null));
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(tocsin.balance().acked()).isEqualTo(4);
            assertThat(tocsin.balance().rejected()).isEqualTo(1);
        }
    }

    @Test
    void leavesACollectorThatDoesNotAnswer() {
        try (var collector = new FakeCollector(once(1, Deed.TAKE_SILENTLY));
                var tocsin = Waits.client(collector).build()) {
            recordAndFlush(tocsin, "a", 1);

            assertThat(collector.hellos).hasSize(2);
            assertThat(tocsin.balance().acked()).isEqualTo(1);
        }
    }

    @Test
    void goesToTheNextEndpointWhenOneFails() {
        try (var first = new FakeCollector(Conduct.KIND);
                var second = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(first, second).build()) {
            recordAndFlush(tocsin, "a", 1);
            first.close();
            recordAndFlush(tocsin, "a", 2);

            assertThat(first.latencies()).containsExactly(1.0);
            assertThat(second.latencies()).containsExactly(2.0);
            assertThat(tocsin.connection().endpoint()).isEqualTo(second.endpoint());
            assertThat(tocsin.balance().acked()).isEqualTo(2);
        }
    }

    @Test
    void comesBackToACollectorThatWasAway() {
        int port;
        try (var gone = new FakeCollector(Conduct.KIND)) {
            port = gone.port();
        }
        try (var tocsin = TocsinClient.builder()
                .endpoint("127.0.0.1:" + port)
                .patience(Waits.SHORT)
                .build()) {
            tocsin.outcomes("calls", Attributes.empty()).recordAt(1, 1, Status.OK, null);
            await().until(() -> tocsin.connection().failuresInRow() > 3);
            try (var back = new FakeCollector(Conduct.KIND, port)) {
                assertThat(tocsin.flush(SOON)).isTrue();

                assertThat(back.latencies()).containsExactly(1.0);
            }
        }
    }

    @Test
    void opensItsCircuitBreakerAfterFailuresInARow() {
        int port;
        try (var gone = new FakeCollector(Conduct.KIND)) {
            port = gone.port();
        }
        Patience breaking = new Patience(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                3,
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        try (var tocsin = TocsinClient.builder()
                .endpoint("127.0.0.1:" + port)
                .patience(breaking)
                .closeTimeout(Duration.ZERO)
                .build()) {
            await().until(() -> tocsin.connection().state() == State.OPEN);

            assertThat(tocsin.connection().failuresInRow()).isEqualTo(3);
            assertThat(tocsin.connection().lastProblem()).contains("UNAVAILABLE");
        }
    }

    @Test
    void keepsToTheLimitsOfTheWelcome() {
        Conduct small = new Conduct() {
            @Override
            public Deed on(Batch batch) {
                return Deed.TAKE;
            }

            @Override
            public Welcome.Builder welcome(Welcome.Builder usual) {
                return usual.setMaxBatchRecords(10);
            }
        };
        try (var collector = new FakeCollector(small);
                var tocsin = Waits.client(collector).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            IntStream.rangeClosed(1, 95).forEach(i -> calls.recordAt(i, i, Status.OK, null));
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.batches())
                    .hasSizeGreaterThanOrEqualTo(10)
                    .allMatch(batch -> FakeCollector.rows(batch) <= 10);
        }
    }

    @Test
    void saysThatItIsAliveAndThatItStops() {
        try (var collector = new FakeCollector(Conduct.KIND)) {
            var tocsin = Waits.client(collector).build();
            await().until(() -> {
                synchronized (collector) {
                    return collector.heartbeats >= 2;
                }
            });
            tocsin.close();

            assertThat(collector.goodbyes).isEqualTo(1);
            assertThat(tocsin.connection().state()).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void sendsACompletionInALaterBatchThanItsStart() {
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).build()) {
            Outcomes tasks = tocsin.outcomes("tasks", Attributes.empty());
            Task first = tasks.startAt(1_000, Duration.ofSeconds(30));
            Task second = tasks.startAt(1_500, null);
            first.completeAt(3_500, Status.OK, null);
            first.completeAt(9_999, Status.ERROR, null);
            assertThat(tocsin.flush(SOON)).isTrue();
            second.complete(Status.ERROR, "boom");
            assertThat(tocsin.flush(SOON)).isTrue();

            List<Batch> batches = collector.batches();
            assertThat(batches).hasSize(3);
            assertThat(batches.get(0).getStarts().getTaskIdList()).containsExactly(1L, 2L);
            assertThat(batches.get(0).getStarts().getDeadlineMillisList()).containsExactly(30_000L, 0L);
            assertThat(batches.get(1).getOutcomes().getTaskIdList()).containsExactly(1L);
            assertThat(batches.get(1).getOutcomes().getLatencySecondsList()).containsExactly(2.5);
            assertThat(batches.get(2).getOutcomes().getTaskIdList()).containsExactly(2L);
            assertThat(tocsin.balance().acked()).isEqualTo(4);
        }
    }

    private static void recordAndFlush(TocsinClient tocsin, String series, double latencySeconds) {
        tocsin.outcomes("calls", Attributes.of("series", series)).recordAt(1_000, latencySeconds, Status.OK, null);
        assertThat(tocsin.flush(SOON)).as("%s", tocsin.connection()).isTrue();
    }

    /** Does something the first time that a sequence comes. */
    private static Conduct once(long sequence, Deed deed) {
        return new Conduct() {
            private boolean done;

            @Override
            public Deed on(Batch batch) {
                if (batch.getSequence() != sequence || done) {
                    return Deed.TAKE;
                }
                done = true;
                return deed;
            }
        };
    }
}
