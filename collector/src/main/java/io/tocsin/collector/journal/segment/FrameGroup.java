/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.EntryCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The frames that will be forced together. Confined to the writer's thread. */
final class FrameGroup {
    private static final int FIRST_BYTES = 1 << 16;
    /** A group that was larger does not keep its memory. */
    private static final int KEPT_BYTES = 16 << 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private final DataOutputStream out = new DataOutputStream(new OutputStream() {
        @Override
        public void write(int b) {
            reserve(1);
            bytes[size++] = (byte) b;
        }

        @Override
        public void write(byte[] from, int at, int length) {
            reserve(length);
            System.arraycopy(from, at, bytes, size, length);
            size += length;
        }
    });

    /**
     * Adds an entry.
     *
     * @return bytes of its frame
     * @throws IOException if it cannot be written as bytes; the group is as before
     */
    int add(Entry entry, long offset, long epoch) throws IOException {
        int at = size;
        try {
            reserve(Frame.HEADER_BYTES);
            Arrays.fill(bytes, at, at + Frame.HEADER_BYTES, (byte) 0);
            size += Frame.HEADER_BYTES;
            EntryCodec.write(entry, out);
            int entryBytes = size - at - Frame.HEADER_BYTES;
            if (entryBytes > Frame.MAX_ENTRY_BYTES) {
                throw new IOException(
                        "an entry must have at most " + Frame.MAX_ENTRY_BYTES + " bytes, had " + entryBytes);
            }
            int padding = Frame.bytes(entryBytes) - Frame.HEADER_BYTES - entryBytes;
            reserve(padding);
            Arrays.fill(bytes, size, size + padding, (byte) 0);
            size += padding;
            Frame.seal(bytes, at, entryBytes, at == 0, offset, epoch);
            return size - at;
        } catch (IOException | RuntimeException e) {
            size = at;
            throw e;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int sizeBytes() {
        return size;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
