/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.RejectionReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sequence of batches and several connections: each batch counts once, whoever brings it. */
class SequencesTest {
    private static final int BATCHES = 500;
    private static final int RECORDS = 7;

    @TempDir
    Path folder;

    private RunningCollector collector;

    @BeforeEach
    void start() throws Exception {
        collector = new RunningCollector(
                folder, "- {name: any, detector: absence, select: {metric: gen_ai.invoke_agent.duration}}", Map.of());
    }

    @AfterEach
    void close() {
        collector.close();
    }

    private StreamClient connect() {
        return connect(1);
    }

    private StreamClient connect(long epoch) {
        return Producer.open(collector.channel(), "planner", epoch, collector.clock.millis());
    }

    private Batch.Builder batch(long sequence) {
        return Producer.batch(sequence, collector.clock.millis(), RECORDS, 0);
    }

    private long counted(Ack seen) {
        return countsBySecond(collector.channel(), seen.getPosition())
                .getOrDefault("planner", Map.of())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void theSameBatchesOnTwoConnectionsAtOnceCountOnce() {
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<List<Ack>> one = sendAll(connect(), together);
        CompletableFuture<List<Ack>> other = sendAll(connect(), together);

        List<Ack> ofOne = one.join();
        List<Ack> ofOther = other.join();

        for (int i = 0; i < BATCHES; i++) {
            assertThat(ofOne.get(i).getSequence()).isEqualTo(i + 1);
            assertThat(ofOther.get(i).getPosition()).isEqualTo(ofOne.get(i).getPosition());
            assertThat(ofOther.get(i).getAlreadyAccepted())
                    .as("batch %d was taken from one of the two", i + 1)
                    .isNotEqualTo(ofOne.get(i).getAlreadyAccepted());
        }
        assertThat(counted(ofOne.get(BATCHES - 1))).isEqualTo(BATCHES * RECORDS);
        assertThat(collector.figure("tocsin_journal_duplicates_total{partition=\"0\"}"))
                .isEqualTo(BATCHES);
    }

    private CompletableFuture<List<Ack>> sendAll(StreamClient stream, CyclicBarrier together) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Ack> acks = new ArrayList<>();
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    for (int sequence = 1; sequence <= BATCHES; sequence++) {
                        stream.batch(batch(sequence));
                    }
                    for (int sequence = 1; sequence <= BATCHES; sequence++) {
                        acks.add(stream.nextAck());
                    }
                    return acks;
                },
                task -> new Thread(task, "producer").start());
    }

    @Test
    void twoConnectionsThatBringTheirBatchesInOrdersOfTheirOwnCountEachOnce() {
        StreamClient one = connect();
        StreamClient other = connect();
        List<Long> order = LongStream.rangeClosed(1, BATCHES).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, new Random(1));
        List<Long> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);

        order.forEach(sequence -> one.batch(batch(sequence)));
        reversed.forEach(sequence -> other.batch(batch(sequence)));
        Ack last = null;
        for (int i = 0; i < BATCHES; i++) {
            last = one.nextAck();
            other.nextAck();
        }

        assertThat(counted(connect().batch(batch(BATCHES + 1)).nextAck())).isEqualTo((BATCHES + 1) * RECORDS);
        assertThat(last).isNotNull();
        assertThat(collector.figure("tocsin_journal_duplicates_total{partition=\"0\"}"))
                .isEqualTo(BATCHES);
    }

    @Test
    void aThousandBatchesSentThreeTimesCountOnce() {
        sendThreeTimes(1_000);
    }

    @Test
    @Tag("faults")
    void tenThousandBatchesSentThreeTimesCountOnce() {
        sendThreeTimes(10_000);
    }

    /** A window of batches three times over, then the next window; each third time on another connection. */
    private void sendThreeTimes(int batches) {
        int window = 100;
        StreamClient one = connect();
        StreamClient other = connect();
        Ack last = Ack.getDefaultInstance();
        long again = 0;
        for (long first = 1; first <= batches; first += window) {
            for (int time = 0; time < 3; time++) {
                StreamClient by = time == 2 ? other : one;
                for (long sequence = first; sequence < first + window; sequence++) {
                    by.batch(batch(sequence));
                }
            }
            for (int i = 0; i < 3 * window; i++) {
                last = (i < 2 * window ? one : other).nextAck();
                again += last.getAlreadyAccepted() ? 1 : 0;
            }
        }

        long counted = counted(last);
        FaultResults.ofThisRun()
                .add(
                        "batches sent three times",
                        1,
                        batches,
                        new LedgerAudit(
                                Math.max(0, (long) batches * RECORDS - counted),
                                Math.max(0, counted - (long) batches * RECORDS),
                                0),
                        Map.of("already_accepted", (long) again),
                        List.of());
        assertThat(counted).isEqualTo((long) batches * RECORDS);
        assertThat(again).isEqualTo(2L * batches);
    }

    @Test
    void anEpochThatSaidGoodbyeIsFencedByALaterOne() {
        StreamClient early = connect(1);
        early.batch(batch(1)).batch(batch(2)).batch(batch(3));
        for (int i = 0; i < 3; i++) {
            early.nextAck();
        }
        early.goodbye().end();
        connect(2).batch(batch(1)).nextAck();
        StreamClient stale = connect(1);

        Ack known = stale.batch(batch(2)).nextAck();
        Refusal refusal = stale.batch(batch(4)).nextRefusal();
        Ack last = connect(2).batch(batch(2)).nextAck();

        assertThat(known.getAlreadyAccepted()).isTrue();
        assertThat(refusal.getCode()).isEqualTo(Code.FAILED_PRECONDITION_VALUE);
        assertThat(refusal.hasRetryAfter()).isFalse();
        assertThat(refusal.getMessage())
                .isEqualTo(
                        "batch 4 must be of an epoch that goes on: \"planner\" said Goodbye in epoch 1 and has begun epoch 2");
        assertThat(counted(last)).isEqualTo(5 * RECORDS);
        assertThat(collector.figure("tocsin_journal_fenced_total{partition=\"0\"}"))
                .isEqualTo(1);
    }

    @Test
    void aStaleEpochWithoutAGoodbyeIsCountedOnceToo() {
        StreamClient early = connect(1);
        early.batch(batch(1)).nextAck();
        connect(2).batch(batch(1)).nextAck();

        Ack known = early.batch(batch(1)).nextAck();
        Ack fresh = early.batch(batch(2)).nextAck();

        assertThat(known.getAlreadyAccepted()).isTrue();
        assertThat(fresh.getAlreadyAccepted()).isFalse();
        assertThat(counted(fresh)).isEqualTo(3 * RECORDS);
    }

    @Test
    void aBatchThatCannotBeReadIsRefusedForGoodAndTheNextIsTaken() {
        StreamClient stream = connect();
        Batch.Builder poison = batch(1);
        poison.getOutcomesBuilder().clearLatencySeconds(); // columns of different lengths

        Refusal refusal = stream.batch(poison).nextRefusal();
        Ack next = stream.batch(batch(2)).nextAck();

        assertThat(refusal.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(refusal.getSequence()).isEqualTo(1);
        assertThat(refusal.hasRetryAfter()).isFalse();
        assertThat(counted(next)).isEqualTo(RECORDS);
    }

    @Test
    void theSameSequenceWithOtherBytesIsRefusedAndNeverCounted() {
        StreamClient first = connect();
        Ack taken = first.batch(batch(1)).nextAck();
        StreamClient second = connect();

        Refusal refusal = second.batch(Producer.batch(1, collector.clock.millis(), 1_000, 0))
                .nextRefusal();
        Ack next = second.batch(batch(2)).nextAck();

        assertThat(taken.getAlreadyAccepted()).isFalse();
        assertThat(refusal.getCode()).isEqualTo(Code.FAILED_PRECONDITION_VALUE);
        assertThat(refusal.getSequence()).isEqualTo(1);
        assertThat(refusal.hasRetryAfter()).isFalse();
        assertThat(counted(next)).isEqualTo(2 * RECORDS);
        assertThat(collector.figure("tocsin_journal_conflicts_total{partition=\"0\"}"))
                .isEqualTo(1);
    }

    @Test
    void oneBadRecordAmongAThousandCostsItselfAlone() {
        StreamClient stream = connect();
        Batch.Builder batch = Producer.batch(1, collector.clock.millis(), 1_000, 0);
        batch.getOutcomesBuilder().setLatencySeconds(617, Double.NaN);

        Ack ack = stream.batch(batch).nextAck();

        assertThat(ack.getRejectionsList()).singleElement().satisfies(rejection -> {
            assertThat(rejection.getRow()).isEqualTo(617);
            assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_VALUE);
        });
        assertThat(counted(ack)).isEqualTo(999);
    }
}
