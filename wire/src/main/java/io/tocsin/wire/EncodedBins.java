/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

/**
 * Walks over the bins that {@link BinCounts#write} wrote: their number, then each with its count, in ascending order. What cannot be such is an {@link IllegalArgumentException}, or an
 * {@link ArrayIndexOutOfBoundsException} where the bytes end too early. Not thread-safe.
 */
final class EncodedBins {
    private final byte[] bytes;
    private int position;
    private int bin;

    EncodedBins(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    /** Reads how many follow. */
    int begin() {
        long used = number();
        if (used < 0 || used > BinCounts.BINS) {
            throw new IllegalArgumentException("used bins must be 0 to " + BinCounts.BINS + ", were " + used);
        }
        bin = -1;
        return (int) used;
    }

    /** Goes to the next one and returns its count. */
    long next() {
        long distance = number();
        long n = number();
        if (distance < 1 || distance >= BinCounts.BINS - bin || n < 1) {
            throw new IllegalArgumentException("bin must be above " + bin + " and below " + BinCounts.BINS
                    + " with a count of 1 or more, was " + distance + " above with " + n);
        }
        bin += (int) distance;
        return n;
    }

    /** Where {@link #next} went. */
    int bin() {
        return bin;
    }

    /** The sum of the counts of all that follow, their number included, behind which it stops. */
    long skip() {
        long all = 0;
        for (int left = begin(); left > 0; left--) {
            all = Math.addExact(all, next());
        }
        return all;
    }

    long number() {
        byte first = bytes[position++];
        return first >= 0 ? first : longNumber(first);
    }

    private long longNumber(byte first) {
        long value = first & 0x7F;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number must have at most 10 bytes, has more");
    }
}
