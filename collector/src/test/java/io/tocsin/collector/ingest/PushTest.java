/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static io.tocsin.collector.call.Statuses.codeOf;
import static io.tocsin.collector.call.Statuses.detail;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Intake.CheckedBatch;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.series.Attributes;
import io.tocsin.v1.MeasurementRow;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.PushKey;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.PushResponse;
import io.tocsin.v1.Rejection;
import io.tocsin.v1.RejectionReason;
import io.tocsin.v1.SeriesKind;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.MalformedBatchException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PushTest {
    private final IngestDoorRig rig = new IngestDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static OutcomeRow.Builder row() {
        return OutcomeRow.newBuilder()
                .setName("gen_ai.invoke_agent.duration")
                .putAttributes("gen_ai.agent.name", "planner")
                .setLatency(Duration.newBuilder().setNanos(250_000_000));
    }

    private PushResponse push(OutcomeRow.Builder... rows) {
        PushRequest.Builder request = PushRequest.newBuilder();
        Stream.of(rows).forEach(request::addOutcomes);
        return rig.push().push(request.build());
    }

    private BatchColumns columns() {
        CheckedBatch batch = rig.intake().batches().get(rig.intake().batches().size() - 1);
        BatchColumns columns = new BatchColumns();
        try {
            new BatchDecoder().decode(batch.bytes(), 0, batch.bytes().length, columns);
        } catch (MalformedBatchException e) {
            throw new AssertionError(e);
        }
        return columns;
    }

    @Test
    void turnsRowsIntoColumnsAndAnswersWithThePosition() {
        PushResponse response = push(row(), row().putAttributes("gen_ai.agent.name", "coder"), row());

        assertThat(response.getAccepted()).isEqualTo(3);
        assertThat(response.getPosition().getOffset()).isEqualTo(2);
        CheckedBatch batch = rig.intake().batches().get(0);
        assertThat(batch.form()).isEqualTo(BatchForm.PUSH);
        assertThat(batch.sequence()).isZero();
        assertThat(columns().series()).startsWith(0, 1, 0);
        assertThat(columns().value()).startsWith(0.25, 0.25, 0.25);
        Entry.Definitions defined = rig.intake().definitions().get(0);
        assertThat(defined.series()).hasSize(2);
        assertThat(defined.series().get(1).key().attributes()).isEqualTo(Attributes.of("gen_ai.agent.name", "coder"));
    }

    @Test
    void definesOnlyWhatIsNew() {
        push(row());
        push(row());
        push(row().setName("other"));

        assertThat(rig.intake().definitions()).hasSize(2);
        assertThat(columns().series()[0]).isEqualTo(1);
    }

    @Test
    void takesAnAbsentTimeAsNowAndTimesAsGiven() {
        push(row(), row().setEndTime(CallTimes.timestamp(ManualClock.NOON - 1_500)));

        assertThat(columns().timeMillis()).startsWith(ManualClock.NOON, ManualClock.NOON - 1_500);
        assertThat(rig.intake().batches().get(0).clockOffsetMillis()).isZero();
    }

    @Test
    void readsHowAnOutcomeEnded() {
        push(
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_OK).setErrorType("ignored"),
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR).setErrorType("rate_limited"),
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR),
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_CANCELLED),
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_TIMED_OUT),
                row().setStatus(OutcomeStatus.OUTCOME_STATUS_TIMED_OUT).setErrorType("slow"));

        BatchColumns columns = columns();
        Entry.Definitions defined = rig.intake().definitions().get(0);
        String[] names = new String[6];
        boolean[] failed = new boolean[6];
        for (int row = 0; row < 6; row++) {
            int id = columns.errorType()[row];
            names[row] = id == 0 ? "" : defined.errorTypes().get(id - 1).name();
            failed[row] = columns.failed(row);
        }
        assertThat(names).containsExactly("", "rate_limited", "", "cancelled", "timeout", "slow");
        assertThat(failed).containsExactly(false, true, true, false, true, true);
    }

    @Test
    void keepsTraceIds() {
        push(row().setTraceId("0123456789abcdef00000000000000ff"));

        assertThat(columns().traceHigh()[0]).isEqualTo(0x0123456789abcdefL);
        assertThat(columns().traceLow()[0]).isEqualTo(0xFF);
    }

    @Test
    void takesMeasurementsBehindOutcomes() {
        PushResponse response = rig.push()
                .push(PushRequest.newBuilder()
                        .addOutcomes(row())
                        .addMeasurements(MeasurementRow.newBuilder()
                                .setName("tocsin.queue.depth")
                                .setKind(SeriesKind.SERIES_KIND_GAUGE)
                                .setValue(-4))
                        .addMeasurements(MeasurementRow.newBuilder()
                                .setName("tocsin.cost")
                                .setKind(SeriesKind.SERIES_KIND_COUNTER)
                                .setValue(-4))
                        .build());

        assertThat(response.getAccepted()).isEqualTo(2);
        assertThat(response.getRejectionsList()).singleElement().satisfies(r -> {
            assertThat(r.getRow()).isEqualTo(2);
            assertThat(r.getMessage()).isEqualTo("value must be finite and 0 or more, was -4.0");
        });
        assertThat(columns().rows()).isEqualTo(3);
        assertThat(rig.intake().batches().get(0).records()).isEqualTo(2);
    }

    static Stream<Arguments> badRows() {
        OutcomeRow.Builder many = row();
        for (int i = 0; i < 32; i++) {
            many.putAttributes("k" + i, "v");
        }
        return Stream.of(
                Arguments.of(row().setName(""), RejectionReason.REJECTION_REASON_BAD_NAME, "metric name"),
                Arguments.of(row().setName("m".repeat(129)), RejectionReason.REJECTION_REASON_BAD_NAME, "had 129"),
                Arguments.of(row().putAttributes("", "v"), RejectionReason.REJECTION_REASON_BAD_NAME, "attribute key"),
                Arguments.of(
                        row().putAttributes("x", "v".repeat(257)),
                        RejectionReason.REJECTION_REASON_BAD_NAME,
                        "0 to 256 characters"),
                Arguments.of(
                        row().putAttributes("tocsin.internal.x", "v"),
                        RejectionReason.REJECTION_REASON_BAD_NAME,
                        "reserved"),
                Arguments.of(many, RejectionReason.REJECTION_REASON_BAD_NAME, "at most 32 attributes, had 33"),
                Arguments.of(
                        row().setLatency(Duration.newBuilder().setSeconds(-1)),
                        RejectionReason.REJECTION_REASON_BAD_VALUE,
                        "latency must be 0 s or more, was -1 s"),
                Arguments.of(
                        row().setEndTime(CallTimes.timestamp(ManualClock.NOON + 600_001)),
                        RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD,
                        "too far ahead"),
                Arguments.of(
                        row().setEndTime(CallTimes.timestamp(ManualClock.NOON - 36L * 86_400_000)),
                        RejectionReason.REJECTION_REASON_TOO_OLD,
                        "too old"),
                Arguments.of(
                        row().setEndTime(Timestamp.newBuilder().setNanos(-1)),
                        RejectionReason.REJECTION_REASON_BAD_VALUE,
                        "time must be from 1970 to 9999"),
                Arguments.of(row().setStatusValue(99), RejectionReason.REJECTION_REASON_BAD_VALUE, "status"),
                Arguments.of(
                        row().setErrorType("e".repeat(129)),
                        RejectionReason.REJECTION_REASON_BAD_NAME,
                        "error type must have 1 to 128"),
                Arguments.of(
                        row().setTraceId("xyz"),
                        RejectionReason.REJECTION_REASON_BAD_VALUE,
                        "32 hexadecimal digits, was \"xyz\""));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void rejectsABadRowAndTakesItsNeighbours(OutcomeRow.Builder bad, RejectionReason reason, String words) {
        PushResponse response = push(row(), bad, row());

        assertThat(response.getAccepted()).isEqualTo(2);
        assertThat(response.getRejectionsList()).singleElement().satisfies((Rejection r) -> {
            assertThat(r.getRow()).isEqualTo(1);
            assertThat(r.getReason()).isEqualTo(reason);
            assertThat(r.getMessage()).contains(words);
        });
        assertThat(rig.counters.accepted()).isEqualTo(2);
    }

    @Test
    void rejectsAMeasurementWithoutKindOrNumber() {
        PushResponse response = rig.push()
                .push(PushRequest.newBuilder()
                        .addMeasurements(
                                MeasurementRow.newBuilder().setName("m").setValue(1))
                        .addMeasurements(
                                MeasurementRow.newBuilder().setName("m").setKind(SeriesKind.SERIES_KIND_OUTCOME))
                        .addMeasurements(MeasurementRow.newBuilder()
                                .setName("m")
                                .setKind(SeriesKind.SERIES_KIND_GAUGE)
                                .setValue(Double.NaN))
                        .build());

        assertThat(response.getAccepted()).isZero();
        assertThat(response.getRejectionsList())
                .extracting(Rejection::getReason)
                .containsExactly(
                        RejectionReason.REJECTION_REASON_WRONG_KIND,
                        RejectionReason.REJECTION_REASON_WRONG_KIND,
                        RejectionReason.REJECTION_REASON_BAD_VALUE);
    }

    @Test
    void countsARetryWithKeyOnceHoweverItsMapsAreOrdered() {
        OutcomeRow.Builder one =
                OutcomeRow.newBuilder().setName("m").putAttributes("a", "1").putAttributes("b", "2");
        OutcomeRow.Builder two =
                OutcomeRow.newBuilder().setName("m").putAttributes("b", "2").putAttributes("a", "1");
        PushKey key = PushKey.newBuilder()
                .setProducer("job")
                .setEpoch(3)
                .setSequence(1)
                .build();

        PushResponse first = rig.push()
                .push(PushRequest.newBuilder().addOutcomes(one).setKey(key).build());
        rig.clock.advance(java.time.Duration.ofSeconds(5));
        PushResponse second = rig.push()
                .push(PushRequest.newBuilder().addOutcomes(two).setKey(key).build());

        assertThat(first.getAlreadyAccepted()).isFalse();
        assertThat(second.getAlreadyAccepted()).isTrue();
        assertThat(second.getPosition()).isEqualTo(first.getPosition());
        assertThat(rig.intake().batches().get(0).key()).isEqualTo(new ProducerKey("default", "job", 3));
        assertThat(rig.counters.accepted()).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatWasUsedForOtherRows() {
        PushKey key = PushKey.newBuilder()
                .setProducer("job")
                .setEpoch(3)
                .setSequence(1)
                .build();
        rig.push().push(PushRequest.newBuilder().addOutcomes(row()).setKey(key).build());

        StatusRuntimeException error = errorOf(() -> rig.push()
                .push(PushRequest.newBuilder()
                        .addOutcomes(row().setName("x"))
                        .setKey(key)
                        .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(detail(error, ErrorInfo.class)).hasValueSatisfying(info -> {
            assertThat(info.getDomain()).isEqualTo("tocsin.io");
            assertThat(info.getReason()).isEqualTo("SEQUENCE_USED");
        });
    }

    @Test
    void refusesAPushWithoutRowsAndOneWithTooMany() {
        StatusRuntimeException none = errorOf(() -> push());
        PushRequest.Builder many = PushRequest.newBuilder();
        for (int i = 0; i < 10_001; i++) {
            many.addOutcomes(OutcomeRow.newBuilder().setName("m"));
        }
        StatusRuntimeException tooMany = errorOf(() -> rig.push().push(many.build()));

        assertThat(none.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(tooMany.getStatus().getDescription())
                .isEqualTo("outcomes and measurements must be 1 to 10000 rows, were 10001");
        assertThat(detail(tooMany, BadRequest.class))
                .hasValueSatisfying(
                        d -> assertThat(d.getFieldViolations(0).getField()).isEqualTo("outcomes and measurements"));
    }

    @Test
    void refusesABadKey() {
        PushKey.Builder key = PushKey.newBuilder().setProducer("p").setSequence(0);

        StatusRuntimeException error = errorOf(() -> rig.push()
                .push(PushRequest.newBuilder().addOutcomes(row()).setKey(key).build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(error.getStatus().getDescription()).startsWith("key.sequence must be 1 to");
        assertThat(codeOf(() -> rig.push()
                        .push(PushRequest.newBuilder()
                                .addOutcomes(row())
                                .setKey(PushKey.newBuilder().setSequence(1))
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void tellsWhenToComeAgainWhileTheJournalIsFull() {
        rig.intake().full(true);

        StatusRuntimeException error = errorOf(() -> push(row()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(detail(error, RetryInfo.class))
                .hasValueSatisfying(
                        d -> assertThat(d.getRetryDelay().getNanos()).isEqualTo(500_000_000));
        assertThat(rig.intake().refusedTenants()).containsExactly("default");
        rig.intake().full(false);
        assertThat(push(row()).getAccepted()).isEqualTo(1);
    }

    @Test
    void saysWhichDiskIsFull() {
        rig.intake().fullDisk("the disk of /data has 7 bytes free, and must have 1000");

        StatusRuntimeException error = errorOf(() -> push(row()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("the disk of /data has 7 bytes free, and must have 1000; send it again later");
        assertThat(detail(error, RetryInfo.class)).isPresent();
    }

    @Test
    void tellsWhenTheJournalCannotBeWritten() {
        rig.intake().broken(true);

        StatusRuntimeException error = errorOf(() -> push(row()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(detail(error, RetryInfo.class)).isPresent();
    }

    @Test
    void numbersSeriesAnewWhenItKnowsAsManyAsItMay() {
        try (IngestDoorRig small = new IngestDoorRig(new IngestSettings(
                1 << 20,
                10_000,
                1 << 20,
                java.time.Duration.ofMinutes(10),
                java.time.Duration.ofDays(35),
                java.time.Duration.ofMillis(1),
                2))) {
            for (String name : new String[] {"a", "b", "c", "a"}) {
                small.push()
                        .push(PushRequest.newBuilder()
                                .addOutcomes(OutcomeRow.newBuilder().setName(name))
                                .build());
            }
            var batches = small.intake().batches();
            assertThat(batches.get(0).scope()).isEqualTo(batches.get(1).scope());
            assertThat(batches.get(2).scope()).isEqualTo(batches.get(3).scope());
            assertThat(batches.get(2).scope().epoch())
                    .isGreaterThan(batches.get(1).scope().epoch());
            assertThat(small.intake().definitions()).hasSize(4);
        }
    }

    @Test
    void pushesIntoARecording() {
        PushResponse response = rig.push()
                .push(PushRequest.newBuilder()
                        .addOutcomes(row().setEndTime(CallTimes.timestamp(5)))
                        .setRecording("old")
                        .build());

        assertThat(response.getAccepted()).isEqualTo(1);
        assertThat(response.getPosition().getPartition()).isEqualTo(1);
    }
}
