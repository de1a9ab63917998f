/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import io.grpc.Status;
import io.tocsin.collector.call.FakePartition;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Intake.CheckedBatch;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Hello;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestStreamTest {
    private static final ProducerKey PRODUCER = new ProducerKey("default", "p", 1);
    private final IngestDoorRig rig = new IngestDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void welcomesWithWhatWasAcceptedBeforeAndTheLimits() {
        rig.intake().acceptedThrough(PRODUCER, 41);

        Welcome welcome = rig.stream().hello().next().getWelcome();

        assertThat(welcome.getAcceptedThrough()).isEqualTo(41);
        assertThat(welcome.getMaxBatchBytes()).isEqualTo(IngestSettings.DEFAULTS.maxBatchBytes());
        assertThat(welcome.getMaxBatchRecords()).isEqualTo(65_536);
        assertThat(welcome.getClockOffsetMillis()).isZero();
    }

    @Test
    void handsDefinitionsOverBeforeTheBatchThatUsesThemAndTheBytesAsTheyCame() {
        Batch.Builder batch = StreamClient.outcomes(1, 0.1, 0.2);

        Ack ack = rig.readyStream().batch(batch).nextAck();

        assertThat(ack.getSequence()).isEqualTo(1);
        assertThat(ack.getPosition().getOffset()).isEqualTo(2);
        assertThat(ack.getRejectionsList()).isEmpty();
        assertThat(rig.intake().order()).containsExactly("definitions", "batch 1");
        CheckedBatch taken = rig.intake().batches().get(0);
        assertThat(taken.bytes()).isEqualTo(batch.build().toByteArray());
        assertThat(taken.records()).isEqualTo(2);
        assertThat(taken.latestRecordMillis()).isEqualTo(ManualClock.NOON);
        assertThat(taken.key()).isEqualTo(PRODUCER).isEqualTo(taken.scope());
    }

    @Test
    void handsOverOnlyNewDefinitionsWhenAProducerComesAgain() {
        rig.readyStream().batch(StreamClient.outcomes(1, 0.1)).nextAck();
        rig.readyStream().batch(StreamClient.outcomes(2, 0.1)).nextAck();

        assertThat(rig.intake().order()).containsExactly("definitions", "batch 1", "batch 2");
        Entry.Definitions defined = rig.intake().definitions().get(0);
        assertThat(defined.series()).hasSize(3);
        assertThat(defined.errorTypes()).hasSize(1);
    }

    @Test
    void keepsTheGoodRecordsBesideABadOneAmongAThousand() {
        double[] latencies = new double[1_000];
        latencies[500] = Double.NaN;

        Ack ack = rig.readyStream().batch(StreamClient.outcomes(1, latencies)).nextAck();

        assertThat(ack.getRejectionsList())
                .singleElement()
                .satisfies(r -> assertThat(r.getRow()).isEqualTo(500));
        assertThat(rig.intake().batches().get(0).records()).isEqualTo(999);
        assertThat(rig.counters.accepted()).isEqualTo(999);
    }

    @Test
    void answersTheSameBytesSentAgainAndRefusesOthers() {
        StreamClient first = rig.readyStream();
        StreamClient second = rig.readyStream();
        first.batch(StreamClient.outcomes(1, 0.1)).nextAck();

        Ack again = second.batch(StreamClient.outcomes(1, 0.1)).nextAck();
        Refusal refusal = second.batch(StreamClient.outcomes(1, 0.2)).nextRefusal();

        assertThat(again.getAlreadyAccepted()).isTrue();
        assertThat(refusal.getCode()).isEqualTo(Code.FAILED_PRECONDITION_VALUE);
        assertThat(refusal.hasRetryAfter()).isFalse();
        assertThat(rig.counters.accepted()).isEqualTo(1);
        assertThat(rig.counters.duplicates()).isEqualTo(1);
    }

    @Test
    void asksOnceForDefinitionsWhenABatchComesBeforeAny() {
        StreamClient client = rig.stream().hello();
        client.next();
        client.batch(StreamClient.outcomes(1, 0.1)).batch(StreamClient.outcomes(2, 0.1));

        assertThat(client.next().getRedefine().getSequence()).isEqualTo(1);
        client.define().batch(StreamClient.outcomes(1, 0.1)).batch(StreamClient.outcomes(2, 0.1));
        assertThat(client.nextAck().getSequence()).isEqualTo(1);
        assertThat(client.nextAck().getSequence()).isEqualTo(2);
        assertThat(rig.counters.redefines()).isEqualTo(1);
        assertThat(rig.counters.unreadBatches()).isEqualTo(2);
    }

    @Test
    void aStreamIntoARecordingThatWasRemovedEndsWithNotFound() {
        StreamClient client = rig.stream()
                .hello(Hello.newBuilder().setProducer("p").setEpoch(1).setRecording("old"));
        client.next();
        client.define();
        FakePartition recording = rig.partitions.openRecording("default", "old");
        client.batch(StreamClient.outcomes(1, 0.1)).nextAck();
        rig.partitions.removeRecording("default", "old");
        recording.intake().full(true);

        client.batch(StreamClient.outcomes(2, 0.1));

        assertThat(client.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(client.end().getDescription()).startsWith("recording \"old\" is not known");
    }

    @Test
    void sendsAnswersThatComeTogetherInOneMessage() {
        rig.intake().hold();
        StreamClient client = rig.readyStream();
        for (int sequence = 1; sequence <= 50; sequence++) {
            client.batch(StreamClient.outcomes(sequence, 0.1));
        }
        await().until(() -> rig.intake().batches().size() == 50);
        rig.intake().release();

        for (int sequence = 1; sequence <= 50; sequence++) {
            assertThat(client.nextAck().getSequence()).isEqualTo(sequence);
        }
        assertThat(client.waiting()).isZero();
    }

    @Test
    void completesAfterGoodbyeOnceAllIsAnswered() {
        rig.intake().hold();
        StreamClient client =
                rig.readyStream().batch(StreamClient.outcomes(1, 0.1)).goodbye();
        await().until(() -> !rig.intake().goodbyes().isEmpty());
        assertThat(client.hasEnded()).isFalse();

        rig.intake().release();

        assertThat(client.nextAck().getSequence()).isEqualTo(1);
        assertThat(client.end().isOk()).isTrue();
        await().until(() -> rig.counters.streamsOpen() == 0);
    }

    @Test
    void readsNoMoreWhileTooManyBatchesWaitForAnAnswerAndGoesOnAfterwards() {
        rig.intake().hold();
        StreamClient client = rig.readyStream();
        int sent = StreamAnswers.MAX_OPEN + 100;
        for (int sequence = 1; sequence <= sent; sequence++) {
            client.batch(StreamClient.outcomes(sequence, 0.1));
        }
        await().until(() -> rig.intake().batches().size() >= StreamAnswers.MAX_OPEN);
        assertThat(rig.intake().batches()).hasSizeLessThanOrEqualTo(StreamAnswers.MAX_OPEN + StreamAnswers.WINDOW);

        rig.intake().release();

        for (int sequence = 1; sequence <= sent; sequence++) {
            assertThat(client.nextAck().getSequence()).isEqualTo(sequence);
        }
    }

    @Test
    void correctsTheTimesOfAProducerWhoseClockIsAnHourBehind() {
        long hour = Duration.ofHours(1).toMillis();
        StreamClient client = rig.stream()
                .hello(Hello.newBuilder().setProducer("late").setEpoch(1).setClockMillis(ManualClock.NOON - hour))
                .define();
        assertThat(client.next().getWelcome().getClockOffsetMillis()).isEqualTo(hour);

        client.batch(StreamClient.outcomes(1, 0.1).setBaseTimeMillis(ManualClock.NOON - hour))
                .nextAck();

        CheckedBatch taken = rig.intake().batches().get(0);
        assertThat(taken.clockOffsetMillis()).isEqualTo(hour);
        assertThat(taken.latestRecordMillis()).isEqualTo(ManualClock.NOON);
    }

    @Test
    void correctsTheTimesOfAProducerAYearAhead() {
        long year = Duration.ofDays(365).toMillis();
        StreamClient client = rig.stream()
                .hello(Hello.newBuilder().setProducer("ahead").setEpoch(1).setClockMillis(ManualClock.NOON + year))
                .define();
        client.next();

        Ack ack = client.batch(StreamClient.outcomes(1, 0.1).setBaseTimeMillis(ManualClock.NOON + year))
                .nextAck();

        assertThat(ack.getRejectionsList()).isEmpty();
        assertThat(rig.intake().batches().get(0).latestRecordMillis()).isEqualTo(ManualClock.NOON);
    }

    @Test
    void leavesAClockAloneThatIsOffByASecond() {
        StreamClient client = rig.stream()
                .hello(Hello.newBuilder().setProducer("near").setEpoch(1).setClockMillis(ManualClock.NOON - 1_000))
                .define();
        assertThat(client.next().getWelcome().getClockOffsetMillis()).isEqualTo(1_000);

        client.batch(StreamClient.outcomes(1, 0.1)).nextAck();

        assertThat(rig.intake().batches().get(0).clockOffsetMillis()).isZero();
    }

    @Test
    void measuresTheClockAgainWithEachHeartbeat() {
        StreamClient client = rig.readyStream();
        client.heartbeat(ManualClock.NOON + 5_000)
                .batch(StreamClient.outcomes(1, 0.1))
                .nextAck();

        assertThat(rig.intake().batches().get(0).clockOffsetMillis()).isEqualTo(-5_000);
    }

    @Test
    void tellsThatAProducerIsAliveAtMostFourTimesASecond() {
        StreamClient client = rig.readyStream();
        for (int i = 1; i <= 20; i++) {
            client.batch(StreamClient.outcomes(i, 0.1)).nextAck();
        }
        assertThat(rig.intake().heardOf()).containsExactly(PRODUCER);

        rig.clock.advance(Duration.ofMillis(250));
        client.batch(StreamClient.outcomes(21, 0.1)).nextAck();

        assertThat(rig.intake().heardOf()).containsExactly(PRODUCER, PRODUCER);
    }

    @Test
    void putsARecordingIntoAPartitionOfItsOwnAndTakesItsTimesAsTheyAre() {
        StreamClient client = rig.stream()
                .hello(Hello.newBuilder()
                        .setProducer("import")
                        .setEpoch(1)
                        .setClockMillis(ManualClock.NOON - 3_600_000)
                        .setRecording("yesteryear"))
                .define();
        client.next();

        Ack ack = client.batch(StreamClient.outcomes(1, 0.1).setBaseTimeMillis(1_000))
                .nextAck();

        assertThat(ack.getPosition().getPartition()).isEqualTo(1);
        assertThat(ack.getRejectionsList()).isEmpty();
        assertThat(rig.intake().batches()).isEmpty();
        CheckedBatch taken = rig.partitions
                .openRecording("default", "yesteryear")
                .intake()
                .batches()
                .get(0);
        assertThat(taken.clockOffsetMillis()).isZero();
        assertThat(taken.earliestRecordMillis()).isEqualTo(1_000);
    }

    @Test
    void tellsTheSenderWhenTheJournalCannotBeWritten() {
        rig.intake().broken(true);

        Refusal refusal = rig.readyStream().batch(StreamClient.outcomes(1, 0.1)).nextRefusal();

        assertThat(refusal.getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
        assertThat(refusal.getMessage()).contains("batch 1", "the disk is gone");
        assertThat(refusal.hasRetryAfter()).isTrue();
        assertThat(rig.counters.bytesInFlight()).isZero();
    }

    @Test
    void takesABatchWithoutRowsBeforeAnyDefinition() {
        StreamClient client = rig.stream().hello();
        client.next();

        assertThat(client.batch(Batch.newBuilder().setSequence(1)).nextAck().getSequence())
                .isEqualTo(1);
    }

    @Test
    void answersWhatIsInFlightWhenTheProducerOnlyClosesItsSide() {
        StreamClient client = rig.readyStream().batch(StreamClient.outcomes(1, 0.1));
        client.nextAck();
        client.halfClose();

        assertThat(client.end().isOk()).isTrue();
        assertThat(rig.intake().goodbyes()).isEmpty();
    }

    @Test
    void forgetsAStreamThatBreaks() {
        StreamClient client = rig.readyStream();
        client.cancel();

        await().until(() -> rig.counters.streamsOpen() == 0);
        assertThat(rig.intake().goodbyes()).isEmpty();
    }

    @Test
    void answersInOrderWhateverTheAnswer() {
        StreamClient client = rig.readyStream();
        client.batch(StreamClient.outcomes(1, 0.1))
                .batch(StreamClient.outcomes(1, 0.9))
                .batch(StreamClient.outcomes(2, 0.1));

        List<StreamResponse.MessageCase> cases = List.of(
                client.next().getMessageCase(),
                client.next().getMessageCase(),
                client.next().getMessageCase());

        assertThat(cases)
                .containsExactly(
                        StreamResponse.MessageCase.ACKS,
                        StreamResponse.MessageCase.REFUSAL,
                        StreamResponse.MessageCase.ACKS);
    }
}
