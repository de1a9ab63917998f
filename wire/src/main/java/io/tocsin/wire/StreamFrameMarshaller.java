/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tocsin.v1.StreamRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads and writes {@link StreamFrame}s as {@code tocsin.v1.StreamRequest}. Immutable. */
final class StreamFrameMarshaller implements MethodDescriptor.Marshaller<StreamFrame> {
    private static final int BATCH_TAG = StreamRequest.BATCH_FIELD_NUMBER << 3 | ByteCursor.LENGTH_DELIMITED;

    @Override
    public InputStream stream(StreamFrame frame) {
        return frame.isBatch()
                ? new BatchFrameInput(frame.batchBytes())
                : new KnownBytes(frame.control().toByteArray());
    }

    @Override
    public StreamFrame parse(InputStream stream) {
        try {
            byte[] message = stream.readAllBytes();
            int start = batchStart(message);
            if (start > 0) {
                byte[] batch = new byte[message.length - start];
                System.arraycopy(message, start, batch, 0, batch.length);
                return StreamFrame.batch(batch);
            }
            return StreamFrame.control(StreamRequest.parseFrom(message, ExtensionRegistryLite.getEmptyRegistry()));
        } catch (InvalidProtocolBufferException e) {
            return StreamFrame.unreadable(Status.INVALID_ARGUMENT
                    .withDescription("message is no tocsin.v1.StreamRequest: " + e.getMessage())
                    .withCause(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the batch begins if the message is a batch and nothing else, written in the usual way; else 0. */
    private static int batchStart(byte[] message) {
        if (message.length < 2 || message[0] != BATCH_TAG) {
            return 0;
        }
        ByteCursor cursor = new ByteCursor();
        cursor.over(message, 1, message.length - 1);
        try {
            return cursor.readEnd("batch") == message.length ? cursor.position() : 0;
        } catch (MalformedBatchException e) {
            // protobuf-java finds the same fault and words it for the caller
            return 0;
        }
    }

    /** Bytes whose number gRPC may ask for, so that it can frame the message without a copy. */
    private static final class KnownBytes extends ByteArrayInputStream implements KnownLength {
        KnownBytes(byte[] bytes) {
            super(bytes);
        }
    }

    /** A batch behind its tag and length. */
    private static final class BatchFrameInput extends InputStream implements KnownLength {
        private final byte[] header;
        private final byte[] batch;
        private int position;

        BatchFrameInput(byte[] batch) {
            this.batch = batch;
            ByteSink sink = new ByteSink(1 + ByteSink.sizeOf(batch.length));
            sink.field(StreamRequest.BATCH_FIELD_NUMBER, batch.length);
            header = sink.toBytes();
        }

        @Override
        public int read() {
            if (available() == 0) {
                return -1;
            }
            int at = position++;
            return (at < header.length ? header[at] : batch[at - header.length]) & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (available() == 0) {
                return -1;
            }
            boolean inHeader = position < header.length;
            byte[] from = inHeader ? header : batch;
            int at = inHeader ? position : position - header.length;
            int count = Math.min(length, from.length - at);
            System.arraycopy(from, at, into, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return header.length + batch.length - position;
        }
    }
}
