/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Where what is in a frame. Big-endian:
 *
 * <pre>
 *  0  length of the entry's bytes (31 bits); the highest bit: all frames before this one had been forced when it was written
 *  4  CRC32C of all else: bytes 0 to 4, 8 to 24, and the entry
 *  8  offset of the entry
 * 16  epoch of the segment
 * 24  the entry, and zeros up to a multiple of 8
 * </pre>
 */
final class Frame {
    static final int HEADER_BYTES = 24;
    static final int ALIGNMENT_BYTES = 8;
    /** Whatever is longer was never written. */
    static final int MAX_ENTRY_BYTES = 1 << 29;

    private static final int FORCED_BEFORE = 1 << 31;
    private static final int CRC_AT = 4;
    private static final int OFFSET_AT = 8;
    private static final int EPOCH_AT = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frame() {}

    /** What a frame of an entry takes. */
    static int bytes(int entryBytes) {
        return HEADER_BYTES + entryBytes + ALIGNMENT_BYTES - 1 & -ALIGNMENT_BYTES;
    }

    /** Writes the header in front of an entry that stands at {@code at} + {@value #HEADER_BYTES}. */
    static void seal(byte[] bytes, int at, int entryBytes, boolean forcedBefore, long offset, long epoch) {
        INT.set(bytes, at, forcedBefore ? entryBytes | FORCED_BEFORE : entryBytes);
        LONG.set(bytes, at + OFFSET_AT, offset);
        LONG.set(bytes, at + EPOCH_AT, epoch);
        INT.set(bytes, at + CRC_AT, crc(bytes, at, entryBytes));
    }

    static int entryBytes(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & ~FORCED_BEFORE;
    }

    static boolean isForcedBefore(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) < 0;
    }

    static long offset(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + OFFSET_AT);
    }

    static long epoch(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + EPOCH_AT);
    }

    /** Of a frame that is there as a whole. */
    static boolean isIntact(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + CRC_AT) == crc(bytes, at, entryBytes(bytes, at));
    }

    private static int crc(byte[] bytes, int at, int entryBytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + OFFSET_AT, HEADER_BYTES - OFFSET_AT + entryBytes);
        return (int) crc.getValue();
    }
}
