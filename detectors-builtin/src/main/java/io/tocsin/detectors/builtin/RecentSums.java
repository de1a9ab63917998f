/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums over the last 1, 2, 4 and 8 windows of a few numbers each. Where a window is short and holds few records, the longer spans have
 * the evidence; where it holds many, the last window alone is the fastest.
 */
final class RecentSums {
    /** In windows. */
    private static final int[] SPANS = {1, 2, 4, 8};

    private static final int LONGEST = 8; // a power of two
    private static final int MASK = LONGEST - 1;
    private final int numbers;
    private final double[] ring;
    private int size;
    private int next;

    RecentSums(int numbers) {
        this.numbers = numbers;
        this.ring = new double[LONGEST * numbers];
    }

    /** Begins a window; its numbers follow by {@link #put}. */
    void begin() {
        next = (next + 1) & MASK;
        size = Math.min(size + 1, LONGEST);
        for (int number = 0; number < numbers; number++) {
            ring[next * numbers + number] = 0;
        }
    }

    void put(int number, double value) {
        ring[next * numbers + number] = value;
    }

    /** The windows before are no longer joined to the next one. */
    void cut() {
        size = 0;
    }

    /** How many spans there are now; the first is the last window alone. */
    int spans() {
        int spans = 0;
        while (spans < SPANS.length && SPANS[spans] <= size) {
            spans++;
        }
        return spans;
    }

    static int windows(int span) {
        return SPANS[span];
    }

    static int maxSpans() {
        return SPANS.length;
    }

    double sum(int span, int number) {
        double sum = 0;
        for (int back = 0; back < SPANS[span]; back++) {
            sum += ring[((next - back) & MASK) * numbers + number];
        }
        return sum;
    }

    void save(DataOutput out) throws IOException {
        out.writeByte(size);
        for (int back = size - 1; back >= 0; back--) {
            for (int number = 0; number < numbers; number++) {
                out.writeDouble(ring[((next - back) & MASK) * numbers + number]);
            }
        }
    }

    void restore(DataInput in) throws IOException {
        int saved = in.readByte();
        for (int window = 0; window < saved; window++) {
            begin();
            for (int number = 0; number < numbers; number++) {
                put(number, in.readDouble());
            }
        }
    }
}
