/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

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

    private StreamFrame(byte @Nullable [] batch, @Nullable StreamRequest control) {
        this.batch = batch;
        this.control = control;
    }

    /** A batch, given as the bytes of {@code tocsin.v1.Batch}; not copied. */
    public static StreamFrame batch(byte[] bytes) {
        return new StreamFrame(Objects.requireNonNull(bytes, "bytes"), null);
    }

    /** Any message but a batch. */
    public static StreamFrame control(StreamRequest request) {
        if (request.hasBatch()) {
            return batch(request.getBatch().toByteArray());
        }
        return new StreamFrame(null, request);
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

    /** The message. Throws if this is a batch. */
    public StreamRequest control() {
        if (control == null) {
            throw new IllegalStateException("frame is a batch");
        }
        return control;
    }
}
