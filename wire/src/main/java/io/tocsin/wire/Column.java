/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where one field of a columns message lies: usually one piece, several if its sender did not pack it or split the
 * message, which protobuf allows. Located first and read later, because the rows of a column can only be placed once
 * all columns before it were seen. Not thread-safe.
 */
final class Column {
    /** How the entries of a column are written. */
    enum Form {
        VARINTS,
        FIXED64S,
        /** A single value; the last one counts. */
        BYTES
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final Form form;
    private final int maxEntries;

    private byte[] bytes = {};
    /** Start and end of each piece, in turn. */
    private int[] pieces = new int[2];

    private int pieceEnds;
    private int count;

    Column(String name, Form form, int maxEntries) {
        this.name = name;
        this.form = form;
        this.maxEntries = maxEntries;
    }

    String name() {
        return name;
    }

    void clear() {
        pieceEnds = 0;
        count = 0;
    }

    /** Number of entries, or of bytes. */
    int count() {
        return count;
    }

    /** Notes the piece at the cursor and steps over it. */
    void locate(ByteCursor cursor, int wireType) throws MalformedBatchException {
        bytes = cursor.bytes();
        int from = cursor.position();
        if (wireType == ByteCursor.LENGTH_DELIMITED) {
            int to = cursor.readEnd(name);
            from = cursor.position();
            cursor.moveTo(to);
        } else if (form == Form.VARINTS && wireType == ByteCursor.VARINT) {
            cursor.readVarint(name);
        } else if (form == Form.FIXED64S && wireType == ByteCursor.FIXED64) {
            cursor.advance(name, 8);
        } else {
            throw new MalformedBatchException(name + ": wire type must be "
                    + (form == Form.VARINTS ? "2 or 0" : form == Form.FIXED64S ? "2 or 1" : "2") + ", was " + wireType);
        }
        if (form == Form.BYTES) {
            clear();
        }
        add(from, cursor.position());
    }

    private void add(int from, int to) throws MalformedBatchException {
        if (from == to) {
            return;
        }
        count += entries(from, to);
        if (form != Form.BYTES && count > maxEntries) {
            throw new MalformedBatchException(
                    name + ": must have at most " + maxEntries + " entries, has " + count + " or more");
        }
        if (pieceEnds == pieces.length) {
            pieces = Arrays.copyOf(pieces, pieceEnds * 2);
        }
        pieces[pieceEnds++] = from;
        pieces[pieceEnds++] = to;
    }

    private int entries(int from, int to) throws MalformedBatchException {
        int length = to - from;
        if (form == Form.BYTES) {
            return length;
        }
        if (form == Form.FIXED64S) {
            if ((length & 7) != 0) {
                throw new MalformedBatchException(name + ": length must be a multiple of 8, was " + length);
            }
            return length >>> 3;
        }
        // every number ends in its only byte without the high bit; readers below rely on the last one being such
        if (bytes[to - 1] < 0) {
            throw new MalformedBatchException(name + ": last number has no last byte");
        }
        int ends = 0;
        for (int i = from; i < to; i++) {
            ends += 1 + (bytes[i] >> 7);
        }
        return ends;
    }

    /** Reads all into {@code into} from {@code at} on; returns the bitwise or of all, negative if any exceeds an int. */
    int readInts(int[] into, int at) throws MalformedBatchException {
        int row = at;
        int union = 0;
        for (int i = 0; i < pieceEnds; i += 2) {
            int p = pieces[i];
            int end = pieces[i + 1];
            while (p < end) {
                int entry = bytes[p++];
                if (entry < 0) {
                    int second = bytes[p];
                    if (second >= 0) {
                        entry = (entry & 0x7F) | (second << 7);
                        p++;
                    } else {
                        int length = varintLength(p - 1);
                        entry = (int) varint(p - 1, length);
                        p += length - 1;
                    }
                }
                union |= entry;
                into[row++] = entry;
            }
        }
        return union;
    }

    /** Reads zigzag differences as a running sum that starts at {@code base}. */
    void readRunningSum(long[] into, int at, long base) throws MalformedBatchException {
        int row = at;
        long sum = base;
        for (int i = 0; i < pieceEnds; i += 2) {
            int p = pieces[i];
            int end = pieces[i + 1];
            while (p < end) {
                long entry = bytes[p++];
                if (entry < 0) {
                    int second = bytes[p];
                    if (second >= 0) {
                        entry = (entry & 0x7F) | ((long) second << 7);
                        p++;
                    } else {
                        int length = varintLength(p - 1);
                        entry = varint(p - 1, length);
                        p += length - 1;
                    }
                }
                sum += entry >>> 1 ^ -(entry & 1);
                into[row++] = sum;
            }
        }
    }

    /** Reads varints; what exceeds a signed long becomes {@link Long#MAX_VALUE}. */
    void readUnsignedLongs(long[] into, int at) throws MalformedBatchException {
        int row = at;
        for (int i = 0; i < pieceEnds; i += 2) {
            for (int p = pieces[i]; p < pieces[i + 1]; ) {
                int length = varintLength(p);
                long entry = varint(p, length);
                into[row++] = entry < 0 ? Long.MAX_VALUE : entry;
                p += length;
            }
        }
    }

    void readDoubles(double[] into, int at) {
        int row = at;
        for (int i = 0; i < pieceEnds; i += 2) {
            for (int p = pieces[i]; p < pieces[i + 1]; p += 8) {
                into[row++] = (double) DOUBLES.get(bytes, p);
            }
        }
    }

    void readLongs(long[] into, int at) {
        int row = at;
        for (int i = 0; i < pieceEnds; i += 2) {
            for (int p = pieces[i]; p < pieces[i + 1]; p += 8) {
                into[row++] = (long) LONGS.get(bytes, p);
            }
        }
    }

    /** Byte at {@code index} of a {@link Form#BYTES} field. */
    byte byteAt(int index) {
        return bytes[pieces[0] + index];
    }

    /** Eight bytes from {@code index} on, least significant first. */
    long longAt(int index) {
        return (long) LONGS.get(bytes, pieces[0] + index);
    }

    private int varintLength(int at) throws MalformedBatchException {
        int length = 1;
        while (bytes[at + length - 1] < 0) {
            if (++length > 10) {
                throw ByteCursor.tooLong(name);
            }
        }
        return length;
    }

    private long varint(int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[at + i] & 0x7FL) << (7 * i);
        }
        return value;
    }
}
