/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a segment: the same 40 bytes twice, so that one damaged place does not cost the segment. Big-endian: "TOCSINJL",
 * format (32), zero (32), offset of the first entry, epoch, CRC32C of these (32), zeros.
 *
 * @param epoch drawn anew whenever a file becomes a segment: frames of the file's earlier life, and bytes of an entry that look like a frame, do not have it
 */
record SegmentHeader(int format, long firstOffset, long epoch) {
    static final int FORMAT = 1;
    static final int BYTES = 4_096;

    private static final long MAGIC = 0x544f4353494e4a4cL;
    private static final int[] COPIES_AT = {0, BYTES / 2};
    private static final int CHECKED_BYTES = 32;
    private static final int COPY_BYTES = CHECKED_BYTES + Integer.BYTES;

    void write(SegmentFile file) throws IOException {
        byte[] bytes = new byte[BYTES];
        ByteBuffer block = ByteBuffer.wrap(bytes);
        for (int at : COPIES_AT) {
            block.position(at);
            block.putLong(MAGIC).putInt(format).putInt(0).putLong(firstOffset).putLong(epoch);
            block.putInt(crc(bytes, at));
        }
        file.write(block.clear(), 0);
    }

    /**
     * The first sound copy; empty if there is none.
     *
     * @throws NewerFormatException if it was written by a newer build
     */
    static Optional<SegmentHeader> read(SegmentFile file, String name) throws IOException {
        byte[] bytes = new byte[BYTES];
        ByteBuffer block = ByteBuffer.wrap(bytes);
        file.read(block, 0);
        for (int at : COPIES_AT) {
            block.clear().position(at).limit(at + COPY_BYTES);
            if (block.getLong() == MAGIC && block.getInt(at + CHECKED_BYTES) == crc(bytes, at)) {
                SegmentHeader header =
                        new SegmentHeader(block.getInt(), block.getLong(at + 16), block.getLong(at + 24));
                if (header.format > FORMAT) {
                    throw new NewerFormatException(name, header.format, FORMAT);
                }
                return Optional.of(header);
            }
        }
        return Optional.empty();
    }

    private static int crc(byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
