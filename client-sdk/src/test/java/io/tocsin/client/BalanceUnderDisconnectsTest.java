/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.client.FakeCollector.Deed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen threads record while the collector breaks streams, keeps acks back, refuses and forgets, at random. */
class BalanceUnderDisconnectsTest {
    private static final int THREADS = 16;
    private static final int RECORDS_PER_THREAD = 40_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsEveryRecordOnceWhenCallersWait(long seed) throws Exception {
        run(seed, WhenFull.WAIT, 4_096);
    }

    @ParameterizedTest
    @EnumSource(
            value = WhenFull.class,
            names = {"DROP_NEW", "WAIT"})
    void countsThroughASpillToo(WhenFull whenFull, @TempDir Path folder) throws Exception {
        run(11, whenFull, 1_024, builder -> builder.spillDirectory(folder).maxSpillBytes(2 << 20));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("all was answered").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WhenFull.class,
            names = {"DROP_NEW", "DROP_OLDEST"})
    void countsWhatItDropsWhenTheQueueIsFull(WhenFull whenFull) throws Exception {
        run(7, whenFull, 1_024);
    }

    private void run(long seed, WhenFull whenFull, int maxQueued) throws Exception {
        run(seed, whenFull, maxQueued, builder -> builder);
    }

    private void run(long seed, WhenFull whenFull, int maxQueued, UnaryOperator<Builder> more) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, Integer> unreadable = new ConcurrentHashMap<>();
        try (var collector = new FakeCollector(batch -> {
                    if (batch.getSequence() % 101 == 0) {
                        unreadable.put(batch.getSequence(), FakeCollector.rows(batch));
                        return Deed.CANNOT_READ;
                    }
                    return deed(random.nextInt(100));
                });
                var tocsin = more.apply(Waits.client(collector)
                                .whenFull(whenFull)
                                .maxQueuedRecords(maxQueued)
                                .maxBatchRecords(256)
                                .maxInFlightBatches(16))
                        .build()) {
            AtomicLong invalid = new AtomicLong();
            AtomicBoolean recording = new AtomicBoolean(true);
            AtomicReference<Balance> unbalanced = new AtomicReference<>();
            Thread watcher = watch(tocsin, recording, unbalanced);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                threads.add(new Thread(() -> recordAll(tocsin, thread, seed, invalid)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(tocsin.flush(Duration.ofSeconds(60)))
                    .as("seed %d: %s %s", seed, tocsin.balance(), tocsin.connection())
                    .isTrue();
            recording.set(false);
            watcher.join();
            assertThat(unbalanced.get()).as("a balance while records moved").isNull();

            Balance balance = tocsin.balance();
            assertThat(collector.faults).as("seed %d", seed).isEmpty();
            assertThat(balance.submitted()).as("seed %d", seed).isEqualTo((long) THREADS * RECORDS_PER_THREAD);
            assertThat(balance.queued()).isZero();
            assertThat(balance.inFlight()).isZero();
            assertThat(balance.dropped(DropReason.INVALID)).isEqualTo(invalid.get());
            assertThat(sum(balance)).as("seed %d: %s", seed, balance).isEqualTo(balance.submitted());
            long unreadableRows =
                    unreadable.values().stream().mapToLong(Integer::longValue).sum();
            assertThat(balance.dropped(DropReason.UNDELIVERABLE)).isEqualTo(unreadableRows);
            if (whenFull == WhenFull.WAIT) {
                assertThat(balance.dropped(DropReason.QUEUE_FULL)).isZero();
            }
            // a rejection is not told again when its ack was lost and the collector says "accepted through" at once
            assertThat(balance.acked() + balance.rejected())
                    .as("seed %d: %s", seed, balance)
                    .isEqualTo(collector.countedRows() + collector.rejections);
            assertThat(balance.rejected()).isLessThanOrEqualTo(collector.rejections);
            // latencies are unique over all threads: none may be there twice
            List<Double> latencies = collector.latencies();
            assertThat(new HashSet<>(latencies)).as("seed %d", seed).hasSameSizeAs(latencies);
        }
    }

    private static void recordAll(TocsinClient tocsin, int thread, long seed, AtomicLong invalid) {
        SplittableRandom random = new SplittableRandom(seed * 1_000 + thread);
        for (int i = 0; i < RECORDS_PER_THREAD; i++) {
            Outcomes outcomes = tocsin.outcomes("calls", Attributes.of("series", "s" + random.nextInt(50)));
            if (random.nextInt(1_000) == 0) {
                outcomes.recordAt(i, Double.NaN, Status.OK, null);
                invalid.incrementAndGet();
            } else {
                double unique = (double) thread * RECORDS_PER_THREAD + i;
                String errorType = random.nextInt(10) == 0 ? "type" + random.nextInt(30) : null;
                outcomes.recordAt(i, unique, errorType == null ? Status.OK : Status.ERROR, errorType);
            }
        }
    }

    private static Thread watch(TocsinClient tocsin, AtomicBoolean recording, AtomicReference<Balance> unbalanced) {
        Thread watcher = new Thread(() -> {
            while (recording.get()) {
                Balance balance = tocsin.balance();
                if (sum(balance) != balance.submitted() || balance.queued() < 0) {
                    unbalanced.set(balance);
                }
                Thread.onSpinWait();
            }
        });
        watcher.start();
        return watcher;
    }

    private static long sum(Balance balance) {
        return balance.acked() + balance.rejected() + balance.droppedInAll() + balance.queued() + balance.inFlight();
    }

    private static Deed deed(int percent) {
        if (percent < 80) {
            return Deed.TAKE;
        }
        return switch (percent) {
            case 80, 81 -> Deed.TAKE_AND_BREAK;
            case 82 -> Deed.TAKE_SILENTLY;
            case 83, 84 -> Deed.BREAK;
            case 85, 86, 87 -> Deed.REFUSE_FOR_NOW;
            case 88, 89 -> Deed.FORGET;
            default -> Deed.REJECT_FIRST_ROW;
        };
    }
}
