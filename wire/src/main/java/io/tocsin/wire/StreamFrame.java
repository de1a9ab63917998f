/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.v1.StreamRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code IngestService.Stream}: either a batch as its own bytes, untouched, so that it can be decoded, kept
 * and sent again without a second form; or any other message, parsed. Immutable, as long as nobody writes to the bytes.
 */
public final class StreamFrame {
    private final byte @Nullable [] batch;
    private final @Nullable StreamRequest control;
    private final @Nullable Status unreadable;

    private StreamFrame(byte @Nullable [] batch, @Nullable StreamRequest control, @Nullable Status unreadable) {
        this.batch = batch;
        this.control = control;
        this.unreadable = unreadable;
    }

    /** A batch, given as the bytes of {@code tocsin.v1.Batch}; not copied. */
    public static StreamFrame batch(byte[] bytes) {
        return new StreamFrame(Objects.requireNonNull(bytes, "bytes"), null, null);
    }

    /** Any message but a batch. */
    public static StreamFrame control(StreamRequest request) {
        if (request.hasBatch()) {
            return batch(request.getBatch().toByteArray());
        }
        return new StreamFrame(null, request, null);
    }

    /**
     * Bytes that are no message. They come through as a frame, because gRPC answers UNKNOWN to whatever is thrown while it
     * reads; so it is {@link #control()} that throws.
     */
    static StreamFrame unreadable(Status why) {
        return new StreamFrame(null, null, why);
    }

    public boolean isBatch() {
        return batch != null;
    }

    /** The batch's bytes, not a copy. Throws if this is none. */
    public byte[] batchBytes() {
        if (batch == null) {
            throw new IllegalStateException(
                    "frame is no batch but a " + control().getMessageCase());
        }
        return batch;
    }

    /**
     * The message. Throws if this is a batch.
     *
     * @throws StatusRuntimeException INVALID_ARGUMENT if what came could not be read as a message
     */
    public StreamRequest control() {
        if (unreadable != null) {
            throw unreadable.asRuntimeException();
        }
        if (control == null) {
            throw new IllegalStateException("frame is a batch");
        }
        return control;
    }
}
