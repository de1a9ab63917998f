/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.RejectionReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
        return Producer.open(collector.channel(), "planner", collector.clock.millis());
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
