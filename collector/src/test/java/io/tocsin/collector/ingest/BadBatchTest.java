/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static io.tocsin.collector.ingest.StreamClient.outcomes;
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
import io.tocsin.v1.Batch;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which batches are refused, and what ends a stream: rows of docs/errors.md. */
class BadBatchTest {
    private final IngestDoorRig rig = new IngestDoorRig(IngestDoorRig.SMALL);

    @AfterEach
    void close() {
        rig.close();
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
