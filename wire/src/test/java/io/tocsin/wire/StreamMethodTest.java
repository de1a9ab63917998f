/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.StreamRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class StreamMethodTest {
    private static final Batch BATCH = Batch.newBuilder().setSequence(300).build();

    @Test
    void isTheGeneratedMethodToReflection() {
        assertThat(StreamMethod.descriptor().getFullMethodName())
                .isEqualTo(IngestServiceGrpc.getStreamMethod().getFullMethodName());
        assertThat(StreamMethod.descriptor().getType())
                .isEqualTo(IngestServiceGrpc.getStreamMethod().getType());
        assertThat(StreamMethod.descriptor().getSchemaDescriptor())
                .isSameAs(IngestServiceGrpc.getStreamMethod().getSchemaDescriptor());
    }

    @Test
    void writesABatchAsProtobufWould() throws IOException {
        byte[] written = StreamMethod.descriptor()
                .streamRequest(StreamFrame.batch(BATCH.toByteArray()))
                .readAllBytes();

        assertThat(written)
                .isEqualTo(StreamRequest.newBuilder().setBatch(BATCH).build().toByteArray());
    }

    @Test
    void writesByteByByteWhatItWritesAtOnce() throws IOException {
        InputStream stream = StreamMethod.descriptor().streamRequest(StreamFrame.batch(BATCH.toByteArray()));
        byte[] expected = StreamRequest.newBuilder().setBatch(BATCH).build().toByteArray();

        assertThat(stream.available()).isEqualTo(expected.length);
        for (byte next : expected) {
            assertThat((byte) stream.read()).isEqualTo(next);
        }
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[1])).isEqualTo(-1);
    }

    @Test
    void leavesTheBytesOfABatchUntouched() {
        // a batch that is none: only the decoder looks inside
        byte[] message = {0x1A, 2, (byte) 0xFF, (byte) 0xFF};

        StreamFrame frame = parse(message);

        assertThat(frame.isBatch()).isTrue();
        assertThat(frame.batchBytes()).containsExactly(0xFF, 0xFF);
    }

    @Test
    void readsABatchInAnyFormThatProtobufAllows() {
        ByteString usual = StreamRequest.newBuilder().setBatch(BATCH).build().toByteString();
        ByteString base = StreamRequest.newBuilder()
                .setBatch(Batch.newBuilder().setBaseTimeMillis(5))
                .build()
                .toByteString();
        byte[] unknownFieldBehind =
                usual.concat(ByteString.copyFrom(new byte[] {0x78, 1})).toByteArray();

        assertThat(parse(unknownFieldBehind).batchBytes()).isEqualTo(BATCH.toByteArray());
        assertThat(parse(usual.concat(base).toByteArray()).batchBytes())
                .isEqualTo(BATCH.toBuilder().setBaseTimeMillis(5).build().toByteArray());
        assertThat(parse(new byte[] {0x1A, 0}).batchBytes()).isEmpty();
    }

    @Test
    void readsOtherMessagesAsMessages() throws IOException {
        StreamRequest hello = StreamRequest.newBuilder()
                .setHello(Hello.newBuilder().setProducer("p"))
                .build();
        byte[] written = StreamMethod.descriptor()
                .streamRequest(StreamFrame.control(hello))
                .readAllBytes();

        assertThat(written).isEqualTo(hello.toByteArray());
        assertThat(parse(written).isBatch()).isFalse();
        assertThat(parse(written).control()).isEqualTo(hello);
        assertThat(parse(new byte[0]).control()).isEqualTo(StreamRequest.getDefaultInstance());
    }

    @Test
    void saysInvalidArgumentOfGarbageWhenItIsLookedAt() {
        StreamFrame frame = parse(new byte[] {0x0A, 5, 1});

        assertThat(frame.isBatch()).isFalse();
        assertThatThrownBy(frame::control)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
        assertThatThrownBy(() -> parse(new byte[] {0x1A, 5, 1}).control()).isInstanceOf(StatusRuntimeException.class);
    }

    private static StreamFrame parse(byte[] message) {
        return StreamMethod.descriptor().parseRequest(new ByteArrayInputStream(message));
    }
}
