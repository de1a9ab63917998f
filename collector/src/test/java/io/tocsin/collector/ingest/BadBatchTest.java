/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static io.tocsin.collector.ingest.StreamClient.outcomes;
import static io.tocsin.collector.ingest.StreamClient.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.MeasurementColumns;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.Rejection;
import io.tocsin.v1.RejectionReason;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.StartColumns;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream answers to bad input: rows of docs/errors.md. */
class BadBatchTest {
    private final IngestDoorRig rig = new IngestDoorRig(IngestDoorRig.SMALL);

    @AfterEach
    void close() {
        rig.close();
    }

    private Rejection onlyRejection(Batch.Builder batch) {
        List<Rejection> rejections = rig.readyStream().batch(batch).nextAck().getRejectionsList();
        assertThat(rejections).hasSize(1);
        return rejections.get(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.001})
    void rejectsALatencyThatIsNone(double latency) {
        Rejection rejection = onlyRejection(outcomes(1, 0.1, latency));

        assertThat(rejection.getRow()).isEqualTo(1);
        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_VALUE);
        assertThat(rejection.getMessage())
                .isEqualTo("latency must be a finite number of seconds, 0 or more, was " + latency);
    }

    @Test
    void rejectsAValueThatIsNoNumberAndANegativeIncrement() {
        Batch.Builder batch = Batch.newBuilder()
                .setSequence(1)
                .setBaseTimeMillis(ManualClock.NOON)
                .setMeasurements(MeasurementColumns.newBuilder()
                        .addAllSeries(List.of(1, 2, 1, 2))
                        .addAllTimeDeltaMillis(List.of(0L, 0L, 0L, 0L))
                        .addAllValue(List.of(Double.NaN, -1.0, -5.0, 5.0)));

        List<Rejection> rejections = rig.readyStream().batch(batch).nextAck().getRejectionsList();

        assertThat(rejections).extracting(Rejection::getRow).containsExactly(0, 1);
        assertThat(rejections.get(0).getMessage()).isEqualTo("value must be finite, was NaN");
        assertThat(rejections.get(1).getMessage())
                .isEqualTo("increment of a counter must be finite and 0 or more, was -1.0");
    }

    @Test
    void rejectsATimeMoreThanTenMinutesAhead() {
        long limit = ManualClock.NOON + Duration.ofMinutes(10).toMillis();
        Rejection rejection = onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(limit + 1));

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD);
        assertThat(rejection.getMessage()).contains("2026-03-01T12:10:00.001Z", "2026-03-01T12:10:00Z or earlier");
        assertThat(rig.readyStream()
                        .batch(outcomes(2, 0.1).setBaseTimeMillis(limit))
                        .nextAck()
                        .getRejectionsList())
                .isEmpty();
    }

    @Test
    void rejectsATimeOlderThanIsKept() {
        long limit = ManualClock.NOON - Duration.ofDays(35).toMillis();
        Rejection rejection = onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(limit - 1));

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_TOO_OLD);
        assertThat(rejection.getMessage()).contains("2026-01-25T11:59:59.999Z", "2026-01-25T12:00:00Z or later");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1})
    void rejectsTimesThatNoCalendarHas(long millis) {
        assertThat(onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(millis)).getReason())
                .isEqualTo(
                        millis < 0
                                ? RejectionReason.REJECTION_REASON_TOO_OLD
                                : RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD);
    }

    @Test
    void rejectsASeriesThatWasNeverDefined() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 77);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_UNKNOWN_SERIES);
        assertThat(rejection.getMessage()).isEqualTo("series id 77 is not defined; ids are 0 to 16777215");
    }

    @Test
    void rejectsASeriesOfAnotherKindThanItsColumn() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 1);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_WRONG_KIND);
        assertThat(rejection.getMessage()).isEqualTo("series id 1 is of kind GAUGE, but the column takes OUTCOME");
    }

    @Test
    void rejectsAnErrorTypeThatWasNeverDefined() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().addErrorRow(0).addErrorType(9);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_UNKNOWN_ERROR_TYPE);
        assertThat(rejection.getMessage()).isEqualTo("error type id 9 is not defined; ids are 1 to 65535");
    }

    @Test
    void rejectsADeadlineBeyondAYear() {
        Batch.Builder batch = Batch.newBuilder()
                .setSequence(1)
                .setBaseTimeMillis(ManualClock.NOON)
                .setStarts(StartColumns.newBuilder()
                        .addSeries(0)
                        .addTimeDeltaMillis(0)
                        .addTaskId(1)
                        .addDeadlineMillis(Duration.ofDays(367).toMillis()));

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_VALUE);
        assertThat(rejection.getMessage()).contains("366 days");
    }

    static Stream<Arguments> badNames() {
        String longKey = "k".repeat(129);
        SeriesDefinition.Builder many = series(5, SeriesKind.SERIES_KIND_OUTCOME);
        for (int i = 0; i < 32; i++) {
            many.addAttributes(Attribute.newBuilder().setKey("k" + i));
        }
        return Stream.of(
                Arguments.of(base().setName(""), "metric name must have 1 to 128 characters, had 0"),
                Arguments.of(base().setName("m".repeat(129)), "metric name must have 1 to 128 characters, had 129"),
                Arguments.of(with("", "v"), "attribute key must have 1 to 128 characters, had 0"),
                Arguments.of(with(longKey, "v"), "attribute key must have 1 to 128 characters, had 129"),
                Arguments.of(
                        with("x", "v".repeat(257)), "value of attribute \"x\" must have 0 to 256 characters, had 257"),
                Arguments.of(with("k", "v"), "attribute \"k\" is given twice"),
                Arguments.of(with("tocsin.internal.x", "v"), "attribute \"tocsin.internal.x\" is reserved"),
                Arguments.of(many, "at most 32 attributes, had 33"));
    }

    private static SeriesDefinition.Builder base() {
        return series(5, SeriesKind.SERIES_KIND_OUTCOME);
    }

    private static SeriesDefinition.Builder with(String key, String value) {
        return base().addAttributes(Attribute.newBuilder().setKey(key).setValue(value));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void rejectsTheRecordsOfABadDefinitionAndNotTheStream(SeriesDefinition.Builder bad, String problem) {
        StreamClient client = rig.readyStream().define(Definitions.newBuilder().addSeries(bad));
        Batch.Builder batch = outcomes(1, 0.1, 0.2);
        batch.getOutcomesBuilder().setSeries(1, 5);

        List<Rejection> rejections = client.batch(batch).nextAck().getRejectionsList();

        assertThat(rejections).singleElement().satisfies(r -> {
            assertThat(r.getRow()).isEqualTo(1);
            assertThat(r.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_NAME);
            assertThat(r.getMessage()).startsWith("series id 5: ").contains(problem);
        });
        assertThat(rig.counters.badDefinitions()).isEqualTo(1);
    }

    @Test
    void rejectsTheRecordsOfADefinitionWithoutKind() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder().addSeries(series(5, SeriesKind.SERIES_KIND_UNSPECIFIED)));
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 5);

        assertThat(client.batch(batch).nextAck().getRejections(0).getReason())
                .isEqualTo(RejectionReason.REJECTION_REASON_WRONG_KIND);
    }

    @Test
    void rejectsTheRecordsOfAnIdThatIsGivenAnotherMeaning() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder()
                        .addSeries(series(0, SeriesKind.SERIES_KIND_OUTCOME).setName("other")));

        Rejection rejection = client.batch(outcomes(1, 0.1)).nextAck().getRejections(0);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_NAME);
        assertThat(rejection.getMessage()).contains("series id 0 was given another meaning", "other");
    }

    @Test
    void takesNoNoticeOfIdsBeyondTheLimit() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder()
                        .addSeries(series(16_777_216, SeriesKind.SERIES_KIND_OUTCOME))
                        .addErrorTypes(
                                ErrorTypeDefinition.newBuilder().setId(65_536).setName("x"))
                        .addErrorTypes(ErrorTypeDefinition.newBuilder().setId(2).setName("x".repeat(129))));
        Batch.Builder batch = outcomes(1, 0.1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 16_777_216).addErrorRow(1).addErrorType(2);

        List<Rejection> rejections = client.batch(batch).nextAck().getRejectionsList();

        assertThat(rejections)
                .extracting(Rejection::getReason)
                .containsExactly(
                        RejectionReason.REJECTION_REASON_UNKNOWN_SERIES, RejectionReason.REJECTION_REASON_BAD_NAME);
        assertThat(rig.counters.badDefinitions()).isEqualTo(3);
    }

    @Test
    void keepsAnAnswerOfNothingButErrorsSmall() {
        try (IngestDoorRig wide = new IngestDoorRig()) {
            double[] more = new double[200];
            java.util.Arrays.fill(more, -1);
            List<Rejection> rejections =
                    wide.readyStream().batch(outcomes(1, more)).nextAck().getRejectionsList();
            assertThat(rejections).hasSize(200);
            assertThat(rejections.get(99).getMessage()).isNotEmpty();
            assertThat(rejections.get(100).getMessage()).isEmpty();
        }
    }

    @Test
    void refusesABatchOverTheSizeLimitAndGoesOn() {
        StreamClient client = rig.readyStream();
        Batch.Builder large = outcomes(7, new double[90]);
        large.getOutcomesBuilder().setTraceId(ByteString.copyFrom(new byte[16 * 250]));

        Refusal refusal = client.batch(large).nextRefusal();

        assertThat(refusal.getSequence()).isEqualTo(7);
        assertThat(refusal.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(refusal.getMessage()).contains("batch 7 has", "allowed are 4096");
        assertThat(refusal.hasRetryAfter()).isFalse();
        assertThat(client.batch(outcomes(8, 0.1)).nextAck().getSequence()).isEqualTo(8);
    }

    @Test
    void refusesABatchOfTooManyRecordsAndGoesOn() {
        StreamClient client = rig.readyStream();

        Refusal refusal = client.batch(outcomes(7, new double[101])).nextRefusal();

        assertThat(refusal.getSequence()).isEqualTo(7);
        assertThat(refusal.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(refusal.getMessage()).contains("101", "100");
        assertThat(client.batch(outcomes(8, 0.1)).nextAck().getSequence()).isEqualTo(8);
    }

    @Test
    void refusesABatchWhoseColumnsDoNotFitAndGoesOn() {
        StreamClient client = rig.readyStream();
        Batch.Builder uneven = outcomes(7, 0.1, 0.2);
        uneven.getOutcomesBuilder().addSeries(0);

        Refusal refusal = client.batch(uneven).nextRefusal();

        assertThat(refusal.getSequence()).isEqualTo(7);
        assertThat(refusal.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(refusal.getMessage()).startsWith("batch 7 cannot be read: ");
        assertThat(client.batch(outcomes(8, 0.1)).nextAck().getSequence()).isEqualTo(8);
    }

    @Test
    void refusesSequenceZero() {
        Refusal refusal = rig.readyStream().batch(outcomes(0, 0.1)).nextRefusal();

        assertThat(refusal.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(refusal.getMessage()).isEqualTo("batch sequence must be 1 to 9223372036854775807, was 0");
    }

    @Test
    void endsTheStreamForAMalformedBatchWithoutReadableSequenceAndNobodyElses() {
        StreamClient other = rig.readyStream();
        Batch.Builder uneven = outcomes(0, 0.1, 0.2);
        uneven.getOutcomesBuilder().addSeries(0);

        Status status = rig.readyStream().batch(uneven).end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).startsWith("batch cannot be read: ");
        assertThat(other.batch(outcomes(1, 0.1)).nextAck().getSequence()).isEqualTo(1);
    }

    @Test
    void endsTheStreamForGarbageAndNobodyElses() {
        StreamClient other = rig.readyStream();

        Status status = sendRaw(rig.server.channel(), new byte[] {0x0A, (byte) 0xFF, (byte) 0xFF, 0x01, 0x02});

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("StreamRequest");
        assertThat(other.batch(outcomes(1, 0.1)).nextAck().getSequence()).isEqualTo(1);
        await().until(() -> rig.counters.streamsOpen() == 1);
    }

    @Test
    void endsTheStreamForATruncatedMessage() {
        byte[] whole = StreamRequest.newBuilder()
                .setHello(Hello.newBuilder().setProducer("p").setEpoch(1))
                .build()
                .toByteArray();

        Status status = sendRaw(rig.server.channel(), java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** gRPC itself ends the call before a door sees it. */
    @Test
    void endsTheStreamForAMessageBeyondWhatTheServerReads() {
        StreamClient other = rig.readyStream();
        Batch.Builder huge = outcomes(7, 0.1);
        huge.getOutcomesBuilder().setFailed(ByteString.copyFrom(new byte[IngestDoorRig.SMALL.maxMessageBytes()]));

        Status status = rig.readyStream().batch(huge).end();

        assertThat(status.getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        assertThat(other.batch(outcomes(1, 0.1)).nextAck().getSequence()).isEqualTo(1);
    }

    @Test
    void endsTheStreamForAMessageOfNoKind() {
        Status status = rig.stream().hello().send(StreamRequest.newBuilder()).end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("must be one of hello, definitions, batch");
    }

    @Test
    void endsTheStreamWhenHelloIsNotTheFirst() {
        Status status = rig.stream().batch(outcomes(1, 0.1)).end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("message must be hello, the first of a stream, was batch");
    }

    @Test
    void endsTheStreamForASecondHello() {
        Status status = rig.readyStream().hello().end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("must not be hello", "\"p\"");
    }

    @Test
    void endsTheStreamForWhatFollowsGoodbye() {
        rig.intake().hold();
        Status status = rig.readyStream()
                .batch(outcomes(1, 0.1))
                .goodbye()
                .batch(outcomes(2, 0.1))
                .end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("message must not follow goodbye, was batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65", "tocsin.internal.push"})
    void endsTheStreamForABadProducerName(String name) {
        String producer = name.equals("65") ? "p".repeat(65) : name;

        Status status = rig.stream()
                .hello(Hello.newBuilder().setProducer(producer).setEpoch(1))
                .end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).startsWith("hello.producer must");
    }

    @Test
    void endsTheStreamForABadRecordingNameAndForOneTooMany() {
        rig.partitions.openRecording("default", "a");
        rig.partitions.openRecording("default", "b");

        Status bad = rig.stream().hello(hello().setRecording("x".repeat(129))).end();
        Status third = rig.stream().hello(hello().setRecording("c")).end();

        assertThat(bad.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(bad.getDescription()).startsWith("hello.recording must be 1 to 128 characters");
        assertThat(third.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(third.getDescription()).contains("recording c would be number 3, allowed are 2");
    }

    private static Hello.Builder hello() {
        return Hello.newBuilder().setProducer("p").setEpoch(1);
    }

    @Test
    void refusesWithATimeToComeAgainWhileTheJournalIsFull() {
        StreamClient client = rig.readyStream();
        client.batch(outcomes(1, 0.1)).nextAck();
        rig.intake().full(true);

        Refusal refusal = client.batch(outcomes(2, 0.1)).nextRefusal();

        assertThat(refusal.getSequence()).isEqualTo(2);
        assertThat(refusal.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(refusal.getRetryAfter().getNanos()).isEqualTo(500_000_000);
        assertThat(rig.intake().refusedTenants()).containsExactly("default");
        rig.intake().full(false);
        assertThat(client.batch(outcomes(2, 0.1)).nextAck().getSequence()).isEqualTo(2);
    }

    @Test
    void refusesBeyondTheBytesInFlightOfAllStreams() {
        rig.intake().hold();
        StreamClient first = rig.readyStream();
        StreamClient second = rig.readyStream();
        for (int sequence = 1; sequence <= 3; sequence++) {
            first.batch(outcomes(sequence, new double[100]).setBaseTimeMillis(ManualClock.NOON));
        }
        await().until(() -> rig.intake().batches().size() == 3);
        long used = rig.counters.bytesInFlight();
        int sequence = 4;
        while (used + rig.intake().batches().get(0).bytes().length <= IngestDoorRig.SMALL.maxBytesInFlight()) {
            first.batch(outcomes(sequence++, new double[100]));
            used += rig.intake().batches().get(0).bytes().length;
        }
        long expected = used;
        await().until(() -> rig.counters.bytesInFlight() == expected);

        Refusal refusal = second.batch(outcomes(100, new double[100])).nextRefusal();

        assertThat(refusal.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(refusal.getMessage()).contains("of 8192 bytes in flight");
        rig.intake().release();
        await().until(() -> rig.counters.bytesInFlight() == 0);
        assertThat(second.batch(outcomes(100, new double[100])).nextAck().getSequence())
                .isEqualTo(100);
    }

    @Test
    void keepsDefinitionsThatTheJournalHasNoRoomForUntilItHas() {
        rig.intake().full(true);
        StreamClient client = rig.readyStream();
        assertThat(client.batch(outcomes(1, 0.1)).nextRefusal().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);

        rig.intake().full(false);

        assertThat(client.batch(outcomes(1, 0.1)).nextAck().getRejectionsList()).isEmpty();
        assertThat(rig.intake().order()).containsExactly("definitions", "batch 1");
    }

    private static Status sendRaw(Channel channel, byte[] message) {
        MethodDescriptor.Marshaller<byte[]> raw = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                throw new UnsupportedOperationException();
            }
        };
        MethodDescriptor<byte[], StreamResponse> method = IngestServiceGrpc.getStreamMethod().toBuilder(
                        raw, IngestServiceGrpc.getStreamMethod().getResponseMarshaller())
                .build();
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<byte[], StreamResponse> call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(10);
        call.sendMessage(message);
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
