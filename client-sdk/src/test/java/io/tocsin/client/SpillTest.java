/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static io.tocsin.client.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.client.FakeCollector.Conduct;
import io.tocsin.client.FakeCollector.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches on disk: over an outage, over the life of a client, over its bounds, and when the disk does not want them. */
@Timeout(60)
class SpillTest {
    /** More than a spill of a mebibyte holds. */
    private static final int RECORDS = 150_000;

    @TempDir
    Path folder;

    private final AtomicLong nowMillis = new AtomicLong(1_000_000);

    private Builder spilling(String endpoint) {
        return TocsinClient.builder()
                .endpoint(endpoint)
                .patience(Waits.SHORT)
                .maxBatchDelay(Duration.ofMillis(5))
                .closeTimeout(Duration.ZERO)
                .clock(() -> Instant.ofEpochMilli(nowMillis.get()))
                .spillDirectory(folder.resolve("spill"));
    }

    private static String nowhere() {
        try (var gone = new FakeCollector(Conduct.KIND)) {
            return gone.endpoint();
        }
    }

    private static void record(TocsinClient tocsin, String series, int... values) {
        Outcomes calls = tocsin.outcomes("calls", Attributes.of("series", series));
        IntStream.of(values).forEach(value -> calls.recordAt(1_000, value, Status.ERROR, "e" + value));
    }

    private static long sum(Balance balance) {
        return balance.acked() + balance.rejected() + balance.droppedInAll() + balance.queued() + balance.inFlight();
    }

    private static SpillStatus spill(TocsinClient tocsin) {
        return tocsin.spill().orElseThrow();
    }

    private List<Path> incarnations() throws IOException {
        if (!Files.exists(folder.resolve("spill"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.resolve("spill"))) {
            return all.sorted().toList();
        }
    }

    /** A life that ends with that many batches of one record on disk, the values counting from {@code first}. */
    private void leave(String producer, int first, int batches) {
        try (var tocsin =
                spilling(nowhere()).producer(producer).maxBatchRecords(1).build()) {
            IntStream.range(first, first + batches).forEach(value -> record(tocsin, "s" + value % 3, value));
            await().until(() -> spilled(tocsin) == batches + spill(tocsin).restoredRecords());
        }
    }

    private static long spilled(TocsinClient tocsin) {
        return spill(tocsin).records() + tocsin.balance().inFlight();
    }

    private static List<Double> values(int first, int count) {
        return LongStream.range(first, first + count).mapToObj(v -> (double) v).toList();
    }

    @Test
    void takesMoreThanMemoryHoldsWhileTheCollectorIsAwayAndDeliversItInOrder() throws Exception {
        int port;
        try (var gone = new FakeCollector(Conduct.KIND)) {
            port = gone.port();
        }
        try (var tocsin = spilling("127.0.0.1:" + port)
                .maxQueuedRecords(64)
                .maxInFlightBatches(2)
                .maxBatchRecords(10)
                .whenFull(WhenFull.WAIT)
                .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            IntStream.range(0, 2_000).forEach(value -> calls.recordAt(1_000, value, Status.OK, null));
            await().until(() -> tocsin.balance().queued() > 1_900);
            assertThat(sum(tocsin.balance())).isEqualTo(2_000);

            try (var back = new FakeCollector(Conduct.KIND, port)) {
                assertThat(tocsin.flush(SOON)).isTrue();

                assertThat(back.faults).isEmpty();
                assertThat(back.latencies()).isEqualTo(values(0, 2_000));
                assertThat(back.arrivals).isSorted().doesNotHaveDuplicates();
            }
            assertThat(tocsin.balance().acked()).isEqualTo(2_000);
            assertThat(spill(tocsin).records()).isZero();
        }
        assertThat(incarnations()).as("nothing is left of what is answered").isEmpty();
    }

    @Test
    void whatIsLeftAtTheCloseIsInTheBalanceOfBothLives() {
        try (var tocsin = spilling(nowhere()).producer("first").build()) {
            record(tocsin, "a", 1, 2, 3);
            tocsin.close();

            assertThat(tocsin.balance().queued()).isEqualTo(3);
            assertThat(tocsin.balance().droppedInAll()).isZero();
            assertThat(sum(tocsin.balance())).isEqualTo(3);
        }
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint()).producer("second").build()) {
            record(tocsin, "b", 4);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(tocsin.balance().submitted()).isEqualTo(4);
            assertThat(tocsin.balance().acked()).isEqualTo(4);
            assertThat(spill(tocsin).restoredRecords()).isEqualTo(3);
        }
    }

    @Test
    void formerLivesAreDrainedOldestFirstUnderTheirOwnIdentityAndSayGoodbye() throws Exception {
        leave("first", 0, 5);
        nowMillis.addAndGet(1_000);
        leave("second", 5, 5);
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint()).producer("third").build()) {
            record(tocsin, "c", 10);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.faults).isEmpty();
            assertThat(collector.hellos.stream().map(h -> h.getProducer()).toList())
                    .containsExactly("first", "second", "third");
            assertThat(collector.ledger("first").latencies()).isEqualTo(values(0, 5));
            assertThat(collector.ledger("second").latencies()).isEqualTo(values(5, 5));
            assertThat(collector.ledger("third").latencies()).isEqualTo(values(10, 1));
            assertThat(collector.ledger("first").taken.keySet()).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(collector.ledger("first").goodbye).isTrue();
            assertThat(collector.ledger("second").goodbye).isTrue();
            assertThat(collector.ledger("third").goodbye).isFalse();
            assertThat(collector.ledger("first").series.get(1).getAttributes(0).getValue())
                    .isEqualTo("s1");
            assertThat(tocsin.balance().acked()).isEqualTo(11);
            assertThat(incarnations()).hasSize(1);
        }
    }

    @Test
    void theSameProducerBeginsALaterEpochEvenIfItsClockWentBack() {
        leave("same", 0, 1);
        nowMillis.addAndGet(-500_000);
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint()).producer("same").build()) {
            record(tocsin, "a", 1);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.hellos).hasSize(2);
            assertThat(collector.hellos.get(1).getEpoch())
                    .isGreaterThan(collector.hellos.get(0).getEpoch());
            assertThat(collector.latencies()).containsExactly(0.0, 1.0);
        }
    }

    @Test
    void aBatchThatWasTakenBeforeTheDeathIsNotCountedTwice() throws Exception {
        Path kept = folder.resolve("kept");
        try (var collector = new FakeCollector(Conduct.KIND)) {
            try (var tocsin = spilling(collector.endpoint())
                    .producer("p")
                    .maxBatchRecords(1)
                    .build()) {
                record(tocsin, "a", 0, 1, 2, 3);
                assertThat(tocsin.flush(SOON)).isTrue();
                // as the disk was if the process had been killed now and its last word on answers been lost
                copy(incarnations().get(0), kept);
                Files.delete(kept.resolve("answered"));
            }
            copy(kept, folder.resolve("spill/0000000000000000001-0123456789abcdef"));
            try (var tocsin = spilling(collector.endpoint()).producer("q").build()) {
                assertThat(tocsin.flush(SOON)).isTrue();
                await().until(() -> collector.hellos.size() == 3);

                assertThat(collector.faults).isEmpty();
                assertThat(collector.latencies()).isEqualTo(values(0, 4));
                assertThat(tocsin.balance().acked()).isEqualTo(4);
                assertThat(collector.arrivals).as("the welcome says so").containsExactly(1L, 2L, 3L, 4L);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void twoClientsWithOneDirectoryHaveAPlaceEach() throws Exception {
        try (var collector = new FakeCollector(Conduct.KIND);
                var one = spilling(nowhere()).producer("one").build()) {
            record(one, "a", 1);
            await().until(() -> spilled(one) == 1);
            try (var other = spilling(collector.endpoint()).producer("other").build()) {
                record(other, "b", 2);
                assertThat(other.flush(SOON)).isTrue();

                assertThat(spill(other).restoredRecords())
                        .as("what lives is not taken over")
                        .isZero();
                assertThat(collector.latencies()).containsExactly(2.0);
                assertThat(incarnations()).hasSize(2);
            }
            assertThat(incarnations()).hasSize(1);
        }
    }

    @Test
    void aFullSpillLeavesRecordsToTheQueueAndDropsNewOnes() {
        fill(WhenFull.DROP_NEW, (tocsin, collector) -> {
            Balance balance = tocsin.balance();
            assertThat(balance.dropped(DropReason.QUEUE_FULL)).isPositive();
            assertThat(balance.dropped(DropReason.SPILL_FULL)).isZero();
            assertThat(collector.latencies()).containsAll(values(0, 500));
        });
    }

    @Test
    void aFullSpillDropsItsOldestFileWhenThatIsThePolicy() {
        fill(WhenFull.DROP_OLDEST, (tocsin, collector) -> {
            Balance balance = tocsin.balance();
            assertThat(balance.dropped(DropReason.SPILL_FULL)).isPositive();
            assertThat(collector.latencies())
                    .containsAll(values(RECORDS - 500, 500))
                    .doesNotContainAnyElementsOf(values(1_000, 500));
        });
    }

    private interface Afterwards {
        void check(TocsinClient tocsin, FakeCollector collector);
    }

    private void fill(WhenFull whenFull, Afterwards afterwards) {
        int port;
        try (var gone = new FakeCollector(Conduct.KIND)) {
            port = gone.port();
        }
        try (var tocsin = spilling("127.0.0.1:" + port)
                .maxQueuedRecords(4_096)
                .maxBatchRecords(100)
                .maxInFlightBatches(2)
                .maxSpillBytes(1 << 20)
                .whenFull(whenFull)
                .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            for (int value = 0; value < RECORDS; value++) {
                calls.recordAt(value * 7_919L, value, Status.OK, null);
                if (value % 500 == 499) {
                    // nothing is dropped from memory before the spill is full
                    await().pollInterval(Duration.ofMillis(2))
                            .until(() -> spill(tocsin).bytes() >= 1 << 20
                                    || tocsin.balance().queued() - spill(tocsin).records() < 500);
                }
            }
            await().until(() -> tocsin.balance().droppedInAll() > 0);
            assertThat(spill(tocsin).bytes()).isBetween(900_000L, (1L << 20) + 10_000);
            assertThat(sum(tocsin.balance())).isEqualTo(RECORDS);
            try (var back = new FakeCollector(Conduct.KIND, port)) {
                assertThat(tocsin.flush(SOON)).isTrue();

                Balance balance = tocsin.balance();
                assertThat(balance.acked() + balance.droppedInAll()).isEqualTo(RECORDS);
                assertThat(back.countedRows()).isEqualTo(balance.acked());
                assertThat(back.faults).isEmpty();
                afterwards.check(tocsin, back);
            }
        }
    }

    @Test
    void whatIsTooOldIsDroppedAndCounted() {
        leave("first", 0, 5);
        nowMillis.addAndGet(Duration.ofHours(3).toMillis());
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint())
                        .maxSpillAge(Duration.ofHours(2))
                        .build()) {
            record(tocsin, "a", 7);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(tocsin.balance().dropped(DropReason.SPILL_EXPIRED)).isEqualTo(5);
            assertThat(tocsin.balance().submitted()).isEqualTo(6);
            assertThat(collector.latencies()).containsExactly(7.0);
        }
    }

    @Test
    void withoutAUsableDirectoryItWorksAsWithoutASpill() throws Exception {
        Files.writeString(folder.resolve("spill"), "a file where the directory should be");
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint()).build()) {
            record(tocsin, "a", 1, 2);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(tocsin.balance().acked()).isEqualTo(2);
            assertThat(spill(tocsin).unspilledRecords()).isEqualTo(2);
            assertThat(spill(tocsin).problem()).contains(folder.resolve("spill").toString());
        }
    }

    @Test
    void aForcedSpillKeepsAndDrainsTheSame() {
        try (var tocsin = spilling(nowhere()).forceSpill().producer("first").build()) {
            record(tocsin, "a", 0, 1, 2);
            await().until(() -> spilled(tocsin) == 3);
        }
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint()).forceSpill().build()) {
            record(tocsin, "a", 3);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.latencies()).isEqualTo(values(0, 4));
            assertThat(spill(tocsin).problem()).isEmpty();
        }
    }

    @Test
    void aClockThatThrowsCostsNoRecord() {
        AtomicBoolean broken = new AtomicBoolean();
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = spilling(collector.endpoint())
                        .clock(() -> {
                            if (broken.get()) {
                                throw new IllegalStateException("planted");
                            }
                            return Instant.ofEpochMilli(nowMillis.get());
                        })
                        .build()) {
            record(tocsin, "a", 1);
            assertThat(tocsin.flush(SOON)).isTrue();
            broken.set(true);
            record(tocsin, "a", 2);
            await().until(() -> spill(tocsin).unspilledRecords() == 1);
            broken.set(false);
            record(tocsin, "a", 3);

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(3);
            assertThat(sum(tocsin.balance())).isEqualTo(3);
        }
    }

    @Test
    void aPoisonBatchOfAFormerLifeCostsItselfAlone() {
        leave("first", 0, 6);
        Conduct conduct = batch -> batch.getOutcomes().getLatencySeconds(0) == 2 ? Deed.CANNOT_READ : Deed.TAKE;
        try (var collector = new FakeCollector(conduct);
                var tocsin = spilling(collector.endpoint()).producer("second").build()) {
            record(tocsin, "a", 6);
            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.latencies()).containsExactly(0.0, 1.0, 3.0, 4.0, 5.0, 6.0);
            assertThat(tocsin.balance().dropped(DropReason.UNDELIVERABLE)).isEqualTo(1);
        }
    }
}
