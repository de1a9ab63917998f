/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.nio.ByteBuffer;

/**
 * What stands before a batch's bytes: type (8 bits), ordinal, rowsBefore, sequence (64 each), rows (32), sealedMillis (64).
 *
 * @param ordinal counts the batches that this incarnation has spilled, from 1; a gap is damage
 * @param rowsBefore records in those before it, so that it is known how many a gap has cost
 * @param sequence number of the batch
 * @param rows records in it
 * @param sealedMillis when, by the wall clock
 */
record BatchFrame(long ordinal, long rowsBefore, long sequence, int rows, long sealedMillis) {
    private static final int HEAD_BYTES = 1 + 3 * Long.BYTES + Integer.BYTES + Long.BYTES;

    byte[] head() {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(Frame.BATCH)
                .putLong(ordinal)
                .putLong(rowsBefore)
                .putLong(sequence)
                .putInt(rows)
                .putLong(sealedMillis)
                .array();
    }

    /** The batch's bytes are what is left of {@code content}. */
    static BatchFrame read(ByteBuffer content) {
        return new BatchFrame(
                content.getLong(), content.getLong(), content.getLong(), content.getInt(), content.getLong());
    }

    static byte[] rest(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
