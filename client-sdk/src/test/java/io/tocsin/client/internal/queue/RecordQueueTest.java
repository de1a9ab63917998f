/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.client.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordQueueTest {
    private final SenderBell bell = new SenderBell();

    @Test
    void handsOnWhatWasPutInTheOrderOfItsThread() {
        RecordQueue queue = queue(1_024, WhenFull.DROP_NEW);
        for (int i = 0; i < 50; i++) {
            queue.put(RecordHeader.outcome(i, i % 2 == 0, i * 2), 1_000 + i, i / 2.0);
        }
        List<String> seen = new ArrayList<>();
        int taken = queue.drain(
                (header, time, value, task, deadline, traceHigh, traceLow) ->
                        seen.add(RecordHeader.series(header) + " " + RecordHeader.failed(header) + " "
                                + RecordHeader.errorType(header) + " " + time + " " + value),
                1_000);

        assertThat(taken).isEqualTo(50);
        assertThat(seen)
                .hasSize(50)
                .startsWith("0 true 0 1000 0.0", "1 false 2 1001 0.5")
                .endsWith("49 false 98 1049 24.5");
    }

    @Test
    void packsTheLargestNumbersOfEachKind() {
        long header = RecordHeader.outcome(RecordHeader.MAX_SERIES_ID, true, 65_535);

        assertThat(RecordHeader.series(header)).isEqualTo(RecordHeader.MAX_SERIES_ID);
        assertThat(RecordHeader.errorType(header)).isEqualTo(65_535);
        assertThat(RecordHeader.failed(header)).isTrue();
        assertThat(RecordHeader.kind(header)).isEqualTo(RecordHeader.OUTCOME);
        assertThat(RecordHeader.kind(RecordHeader.start(7))).isEqualTo(RecordHeader.START);
        assertThat(RecordHeader.kind(RecordHeader.measurement(7))).isEqualTo(RecordHeader.MEASUREMENT);
        assertThat(RecordHeader.series(RecordHeader.measurement(7))).isEqualTo(7);
    }

    @Test
    void givesOneBusyThreadTheWholeQueueAndThenDropsTheNew() {
        RecordQueue queue = queue(1_024, WhenFull.DROP_NEW);
        for (int i = 0; i < 1_500; i++) {
            queue.put(RecordHeader.measurement(0), i, i);
        }

        assertThat(queue.size()).isEqualTo(1_024);
        assertThat(queue.counts(0).full()).isEqualTo(476);
        assertThat(times(queue)).contains(0L, 1_023L).doesNotContain(1_024L, 1_499L);
    }

    @Test
    void dropsTheOldestOfARing() {
        RecordQueue queue = queue(64, WhenFull.DROP_OLDEST);
        for (int i = 0; i < 100; i++) {
            queue.put(RecordHeader.measurement(0), i, i);
        }

        assertThat(queue.counts(0).full()).isEqualTo(36);
        assertThat(queue.counts(0).submitted()).isEqualTo(100);
        assertThat(times(queue)).hasSize(64).startsWith(36L).endsWith(99L);
    }

    @Test
    void makesACallerWaitForAPlace() {
        RecordQueue queue = queue(64, WhenFull.WAIT);
        Thread caller = new Thread(() -> {
            for (int i = 0; i < 65; i++) {
                queue.put(RecordHeader.measurement(0), i, i);
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING && queue.size() == 64);
        queue.drain((header, time, value, task, deadline, traceHigh, traceLow) -> {}, 1);

        await().until(() -> !caller.isAlive());
        assertThat(queue.size()).isEqualTo(64);
        assertThat(queue.counts(1).full()).isZero();
    }

    @Test
    void letsAWaitingCallerGoWhenInterruptedOrClosed() {
        RecordQueue queue = queue(2, WhenFull.WAIT);
        queue.put(RecordHeader.measurement(0), 0, 0);
        queue.put(RecordHeader.measurement(0), 0, 0);
        Thread.currentThread().interrupt();
        queue.put(RecordHeader.measurement(0), 1, 1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(queue.counts(0).full()).isEqualTo(1);

        Thread caller = new Thread(() -> queue.put(RecordHeader.measurement(0), 2, 2));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        queue.close();
        await().until(() -> !caller.isAlive());
        assertThat(queue.counts(0).closed()).isEqualTo(1);
    }

    @Test
    void neitherLosesNorDoublesNorTearsUnderManyThreads() throws Exception {
        RecordQueue queue = queue(2_048, WhenFull.WAIT);
        int threads = 16;
        int perThread = 50_000;
        int[] last = new int[threads];
        long[] seen = new long[1];
        AtomicBoolean torn = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            writers.add(new Thread(() -> {
                for (int i = 1; i <= perThread; i++) {
                    queue.put(RecordHeader.measurement(thread), i, thread * 1e6 + i);
                }
            }));
        }
        writers.forEach(Thread::start);
        RecordSink sink = (header, time, value, task, deadline, traceHigh, traceLow) -> {
            int thread = RecordHeader.series(header);
            if (value != thread * 1e6 + time || time != last[thread] + 1) {
                torn.set(true);
            }
            last[thread] = (int) time;
            seen[0]++;
        };
        while (seen[0] < (long) threads * perThread && !torn.get()) {
            if (queue.drain(sink, 500) == 0) {
                Thread.onSpinWait();
            }
        }

        assertThat(torn)
                .as("a record of two writers, or out of its thread's order")
                .isFalse();
        assertThat(queue.size()).isZero();
        assertThat(queue.counts(seen[0]).submitted()).isEqualTo((long) threads * perThread);
    }

    @Test
    void knowsWhenWhatWasThereIsOut() {
        RecordQueue queue = queue(1_024, WhenFull.DROP_NEW);
        queue.put(RecordHeader.measurement(0), 1, 1);
        long[] tails = queue.tails();
        queue.put(RecordHeader.measurement(0), 2, 2);

        assertThat(queue.isDrainedTo(tails)).isFalse();
        queue.drain((header, time, value, task, deadline, traceHigh, traceLow) -> {}, 1);
        assertThat(queue.isDrainedTo(tails)).isTrue();
    }

    private RecordQueue queue(int maxRecords, WhenFull whenFull) {
        return new RecordQueue(maxRecords, 256, whenFull, bell);
    }

    private static List<Long> times(RecordQueue queue) {
        List<Long> times = new ArrayList<>();
        queue.drain((header, time, value, task, deadline, traceHigh, traceLow) -> times.add(time), Integer.MAX_VALUE);
        return times;
    }
}
