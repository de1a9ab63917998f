/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many values fell into each of {@link #BINS} bins. A few distinct bins are kept packed and sorted; more become a
 * dense window of ints over the bins in use, and of longs once an int overflows. Not thread-safe.
 */
final class BinCounts {
    /** Bins of positive doubles from 2^-30 to the largest: 64 an octave. */
    static final int BINS = (1023 + 31) << 6;

    private static final int MAX_PACKED = 16;
    private static final int PACKED_COUNT_BITS = 46;
    private static final long PACKED_COUNT_MASK = (1L << PACKED_COUNT_BITS) - 1;
    /** Windows grow in steps of half an octave, so that a wandering series does not copy at each value. */
    private static final int WINDOW_STEP = 32;

    private static final long[] NO_LONGS = {};
    private static final int[] NO_INTS = {};
    private static final int HEADER_BYTES = 16;
    private static final int OBJECT_BYTES = 40;

    /** Packed: bin above count, ascending, the first {@link #packedSize}; unused once the window is open. */
    private long[] packed = NO_LONGS;

    private int packedSize;
    private boolean dense;
    private int firstBin;
    private int[] ints = NO_INTS;
    /** In use instead of {@link #ints} once it is not empty. */
    private long[] longs = NO_LONGS;

    /** Adds {@code n}, 1 or more, to a bin from 0 to {@link #BINS} - 1. */
    void add(int bin, long n) {
        if (dense) {
            int slot = bin - firstBin;
            if (slot >= 0 && slot < ints.length && n <= Integer.MAX_VALUE - ints[slot]) {
                ints[slot] += (int) n;
            } else {
                addDense(bin, n);
            }
            return;
        }
        for (int i = 0; i < packedSize; i++) {
            long entry = packed[i];
            int entryBin = (int) (entry >>> PACKED_COUNT_BITS);
            if (entryBin == bin) {
                if ((entry & PACKED_COUNT_MASK) + n > PACKED_COUNT_MASK || n > PACKED_COUNT_MASK) {
                    break;
                }
                packed[i] = entry + n;
                return;
            }
            if (entryBin > bin) {
                insertPacked(i, bin, n);
                return;
            }
        }
        if (packedSize > 0 && (int) (packed[packedSize - 1] >>> PACKED_COUNT_BITS) >= bin) {
            openWindow(bin);
            addDense(bin, n);
        } else {
            insertPacked(packedSize, bin, n);
        }
    }

    private void insertPacked(int at, int bin, long n) {
        if (packedSize == MAX_PACKED || n > PACKED_COUNT_MASK) {
            openWindow(bin);
            addDense(bin, n);
            return;
        }
        if (packedSize == packed.length) {
            packed = Arrays.copyOf(packed, Math.max(2, packedSize * 2));
        }
        System.arraycopy(packed, at, packed, at + 1, packedSize - at);
        packed[at] = (long) bin << PACKED_COUNT_BITS | n;
        packedSize++;
    }

    private void openWindow(int withBin) {
        int low = withBin;
        int high = withBin;
        if (packedSize > 0) {
            low = Math.min(low, (int) (packed[0] >>> PACKED_COUNT_BITS));
            high = Math.max(high, (int) (packed[packedSize - 1] >>> PACKED_COUNT_BITS));
        }
        dense = true;
        firstBin = low / WINDOW_STEP * WINDOW_STEP;
        ints = new int[windowLength(firstBin, high)];
        long[] moved = packed;
        int size = packedSize;
        packed = NO_LONGS;
        packedSize = 0;
        for (int i = 0; i < size; i++) {
            addDense((int) (moved[i] >>> PACKED_COUNT_BITS), moved[i] & PACKED_COUNT_MASK);
        }
    }

    private static int windowLength(int firstBin, int lastBin) {
        return (lastBin - firstBin) / WINDOW_STEP * WINDOW_STEP + WINDOW_STEP;
    }

    private int window() {
        return longs.length > 0 ? longs.length : ints.length;
    }

    private void addDense(int bin, long n) {
        if (bin < firstBin || bin >= firstBin + window()) {
            stretch(Math.min(bin, firstBin), Math.max(bin, firstBin + window() - 1));
        }
        int slot = bin - firstBin;
        if (longs.length == 0) {
            long sum = ints[slot] + n;
            if (sum >= 0 && sum <= Integer.MAX_VALUE) {
                ints[slot] = (int) sum;
                return;
            }
            longs = new long[ints.length];
            for (int i = 0; i < ints.length; i++) {
                longs[i] = ints[i];
            }
            ints = NO_INTS;
        }
        longs[slot] += n;
    }

    private void stretch(int low, int high) {
        int newFirst = low / WINDOW_STEP * WINDOW_STEP;
        int length = windowLength(newFirst, high);
        if (longs.length > 0) {
            long[] wider = new long[length];
            System.arraycopy(longs, 0, wider, firstBin - newFirst, longs.length);
            longs = wider;
        } else {
            int[] wider = new int[length];
            System.arraycopy(ints, 0, wider, firstBin - newFirst, ints.length);
            ints = wider;
        }
        firstBin = newFirst;
    }

    /** Places to look at with {@link #binAt} and {@link #countAt}, in ascending order of bins. */
    int places() {
        return dense ? window() : packedSize;
    }

    int binAt(int place) {
        return dense ? firstBin + place : (int) (packed[place] >>> PACKED_COUNT_BITS);
    }

    /** May be 0. */
    long countAt(int place) {
        if (!dense) {
            return packed[place] & PACKED_COUNT_MASK;
        }
        return longs.length > 0 ? longs[place] : ints[place];
    }

    void addAll(BinCounts other) {
        if (other.dense && (dense || other.window() > 0)) {
            int low = other.firstBin;
            int high = low + other.window() - 1;
            if (!dense) {
                openWindow(low);
            }
            if (low < firstBin || high >= firstBin + window()) {
                stretch(Math.min(low, firstBin), Math.max(high, firstBin + window() - 1));
            }
        }
        int from = dense && other.dense ? addInts(other.ints, other.firstBin - firstBin) : 0;
        for (int place = from; place < other.places(); place++) {
            long n = other.countAt(place);
            if (n > 0) {
                add(other.binAt(place), n);
            }
        }
    }

    /** Adds to the window, in which they have their place, as long as sums are ints; returns how many that were. */
    private int addInts(int[] others, int shift) {
        if (longs.length > 0) {
            return 0;
        }
        for (int i = 0; i < others.length; i++) {
            int sum = ints[shift + i] + others[i];
            if (sum < 0) {
                return i;
            }
            ints[shift + i] = sum;
        }
        return others.length;
    }

    /** Forgets the counts; a window stays open, since what filled it will likely fill it again. */
    void clear() {
        packedSize = 0;
        Arrays.fill(ints, 0);
        Arrays.fill(longs, 0);
    }

    BinCounts copy() {
        BinCounts copy = new BinCounts();
        copy.packed = Arrays.copyOf(packed, packedSize);
        copy.packedSize = packedSize;
        copy.dense = dense;
        copy.firstBin = firstBin;
        copy.ints = ints.clone();
        copy.longs = longs.clone();
        return copy;
    }

    int memoryBytes() {
        int bytes = OBJECT_BYTES;
        bytes += packed.length == 0 ? 0 : HEADER_BYTES + 8 * packed.length;
        bytes += ints.length == 0 ? 0 : HEADER_BYTES + 4 * ints.length;
        bytes += longs.length == 0 ? 0 : HEADER_BYTES + 8 * longs.length;
        return bytes;
    }

    /** Number of used bins, then for each the distance from the one before and the count, as varints. */
    void write(DataOutput out) throws IOException {
        int used = 0;
        for (int place = 0; place < places(); place++) {
            used += countAt(place) > 0 ? 1 : 0;
        }
        writeVarint(out, used);
        int before = -1;
        for (int place = 0; place < places(); place++) {
            long n = countAt(place);
            if (n > 0) {
                writeVarint(out, binAt(place) - before);
                writeVarint(out, n);
                before = binAt(place);
            }
        }
    }

    static BinCounts read(DataInput in) throws IOException {
        BinCounts counts = new BinCounts();
        long used = readVarint(in);
        if (used < 0 || used > BINS) {
            throw new IOException("sketch: used bins must be 0 to " + BINS + ", were " + used);
        }
        long bin = -1;
        for (long i = 0; i < used; i++) {
            long distance = readVarint(in);
            long n = readVarint(in);
            if (distance < 1 || distance > BINS || bin + distance >= BINS || n < 1) {
                throw new IOException("sketch: bin must be above " + bin + " and below " + BINS
                        + " with a count of 1 or more, was " + (bin + distance) + " with " + n);
            }
            bin += distance;
            counts.add((int) bin, n);
        }
        return counts;
    }

    static void writeVarint(DataOutput out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readVarint(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("sketch: number must have at most 10 bytes, has more");
    }
}
