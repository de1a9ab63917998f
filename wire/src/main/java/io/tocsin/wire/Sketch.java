/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A histogram from which any quantile can be read to within {@link #RELATIVE_ERROR} of the value at its rank. Each
 * octave is cut into 64 equal bins, so a value's bin is the top of its bits, and merging is adding counts: counts and
 * quantiles do not depend on the order of what was added. Values nearer to 0 than 2^-30 (about 10^-9) read as 0.
 *
 * <p>Some 130 bytes while it holds few distinct values, 256 bytes more for each octave in use once they are many; at most
 * about 270 KB for each sign, 540 KB once a bin exceeds 2^31 values. Not thread-safe.
 */
public final class Sketch {
    /** Largest distance of a quantile from the value at its rank, as a share of that value. */
    public static final double RELATIVE_ERROR = 1.0 / 128;

    private static final int SUB_BITS = 6;
    private static final int SHIFT = 52 - SUB_BITS;
    private static final double LEAST = 0x1p-30;
    private static final int FIRST_BIN = (int) (Double.doubleToRawLongBits(LEAST) >>> SHIFT);
    static final int FORMAT = 1;
    private static final int OBJECT_BYTES = 56;

    private BinCounts positive = new BinCounts();
    private @Nullable BinCounts negative;
    private long zeros;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Adds one finite value. */
    public void add(double value) {
        add(value, 1);
    }

    /** Adds a finite value {@code n} times, 0 or more. */
    public void add(double value, long n) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("value must be finite, was " + value);
        }
        if (n <= 0) {
            if (n == 0) {
                return;
            }
            throw new IllegalArgumentException("n must be 0 or more, was " + n);
        }
        if (value >= LEAST) {
            positive.add(binOf(value), n);
        } else if (value <= -LEAST) {
            if (negative == null) {
                negative = new BinCounts();
            }
            negative.add(binOf(-value), n);
        } else {
            zeros += n;
        }
        count += n;
        sum += value * n;
        // Math.min would do the same, but costs a check for NaN and for -0.0 that cannot matter here
        if (value < min) {
            min = value;
        }
        if (value > max) {
            max = value;
        }
    }

    /** Adds all that the other holds, which may be this one. */
    public void merge(Sketch other) {
        if (other.count == 0) {
            return;
        }
        Sketch from = other == this ? other.copy() : other;
        positive.addAll(from.positive);
        if (from.negative != null) {
            if (negative == null) {
                negative = new BinCounts();
            }
            negative.addAll(from.negative);
        }
        zeros += from.zeros;
        count += from.count;
        sum += from.sum;
        min = Math.min(min, from.min);
        max = Math.max(max, from.max);
    }

    /** Adds all that the other holds. */
    public void merge(EncodedSketch other) {
        if (other.count() == 0) {
            return;
        }
        BinCounts negatives = negative == null ? new BinCounts() : negative;
        other.addTo(positive, negatives);
        if (other.hasNegative()) {
            negative = negatives;
        }
        zeros += other.zeros();
        count += other.count();
        sum += other.sum();
        min = Math.min(min, other.min());
        max = Math.max(max, other.max());
    }

    /** Forgets all values; keeps the memory. */
    public void reset() {
        positive.clear();
        if (negative != null) {
            negative.clear();
        }
        zeros = 0;
        count = 0;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
    }

    public long count() {
        return count;
    }

    /** Sum of the values as they were given, subject to rounding only. */
    public double sum() {
        return sum;
    }

    /** Least value, exact; NaN if there is none. */
    public double min() {
        return count == 0 ? Double.NaN : min;
    }

    /** Greatest value, exact; NaN if there is none. */
    public double max() {
        return count == 0 ? Double.NaN : max;
    }

    /**
     * Returns the value at rank ⌈q·n⌉ (q from 0 to 1, the least rank is 1), within {@link #RELATIVE_ERROR} and between
     * {@link #min()} and {@link #max()}, which are exact at the first and the last rank; NaN if there is no value.
     */
    public double quantile(double q) {
        long rank = rank(q, count);
        if (rank <= 1) {
            return min();
        }
        return rank == count ? max : clamp(valueAt(rank));
    }

    /** From 1 to the count; 0 if that is 0. */
    static long rank(double q, long count) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q must be 0 to 1, was " + q);
        }
        return count == 0 ? 0 : Math.max(1, Math.min(count, (long) Math.ceil(q * count)));
    }

    private double valueAt(long rank) {
        long left = rank;
        if (negative != null) {
            for (int place = negative.places() - 1; place >= 0; place--) {
                left -= negative.countAt(place);
                if (left <= 0) {
                    return -middle(negative.binAt(place));
                }
            }
        }
        left -= zeros;
        if (left <= 0) {
            return 0;
        }
        for (int place = 0; place < positive.places(); place++) {
            left -= positive.countAt(place);
            if (left <= 0) {
                return middle(positive.binAt(place));
            }
        }
        return max;
    }

    private double clamp(double value) {
        return Math.max(min, Math.min(max, value));
    }

    /** Halfway between the ends of a bin. */
    static double middle(int bin) {
        return Double.longBitsToDouble((long) (bin + FIRST_BIN) << SHIFT | 1L << (SHIFT - 1));
    }

    /**
     * Returns how many values are {@code x} or less, to the bin of {@code x}, which counts whole: all that are at most
     * {@code x} are counted, and perhaps some above it by less than 1/64 of it. Exact below the least value and from the
     * greatest on.
     */
    public long countAtMost(double x) {
        if (count == 0 || x < min || Double.isNaN(x)) {
            return 0;
        }
        if (x >= max) {
            return count;
        }
        long atMost = 0;
        if (negative != null) {
            int nearest = x <= -LEAST ? binOf(-x) : 0;
            for (int place = negative.places() - 1; place >= 0 && negative.binAt(place) >= nearest; place--) {
                atMost += negative.countAt(place);
            }
        }
        if (x > -LEAST) {
            atMost += zeros;
        }
        if (x >= LEAST) {
            int farthest = binOf(x);
            for (int place = 0; place < positive.places() && positive.binAt(place) <= farthest; place++) {
                atMost += positive.countAt(place);
            }
        }
        return atMost;
    }

    /** Bin of a value from {@link #LEAST} on: exponent and the first bits of the fraction, as the double has them. */
    private static int binOf(double value) {
        return (int) (Double.doubleToRawLongBits(value) >>> SHIFT) - FIRST_BIN;
    }

    public Sketch copy() {
        Sketch copy = new Sketch();
        copy.positive = positive.copy();
        copy.negative = negative == null ? null : negative.copy();
        copy.zeros = zeros;
        copy.count = count;
        copy.sum = sum;
        copy.min = min;
        copy.max = max;
        return copy;
    }

    /** Bytes on the heap, as a 64-bit JVM with compressed references lays them out. */
    public int memoryBytes() {
        return OBJECT_BYTES + positive.memoryBytes() + (negative == null ? 0 : negative.memoryBytes());
    }

    /** Writes what {@link #read} reads: only used bins, so that a small sketch is small. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeDouble(sum);
        out.writeDouble(min);
        out.writeDouble(max);
        BinCounts.writeVarint(out, zeros);
        (negative == null ? new BinCounts() : negative).write(out);
        positive.write(out);
    }

    /** Reads what {@link #write} wrote; throws {@link IOException} for anything that cannot be such. */
    public static Sketch read(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("sketch: format must be " + FORMAT + ", was " + format);
        }
        Sketch sketch = new Sketch();
        sketch.sum = in.readDouble();
        sketch.min = in.readDouble();
        sketch.max = in.readDouble();
        sketch.zeros = BinCounts.readVarint(in);
        BinCounts negative = BinCounts.read(in);
        sketch.negative = negative.places() == 0 ? null : negative;
        sketch.positive = BinCounts.read(in);
        sketch.count = sketch.countAll(negative);
        boolean empty = sketch.count == 0;
        if (empty != (sketch.min > sketch.max) || Double.isNaN(sketch.min) || Double.isNaN(sketch.max)) {
            throw new IOException("sketch: min " + sketch.min + " and max " + sketch.max + " cannot be those of "
                    + sketch.count + " values");
        }
        return sketch;
    }

    private long countAll(BinCounts negativeCounts) throws IOException {
        try {
            long all = zeros;
            for (int place = 0; place < negativeCounts.places(); place++) {
                all = Math.addExact(all, negativeCounts.countAt(place));
            }
            for (int place = 0; place < positive.places(); place++) {
                all = Math.addExact(all, positive.countAt(place));
            }
            if (zeros < 0) {
                throw new IOException("sketch: zeros must be 0 or more, were " + zeros);
            }
            return all;
        } catch (ArithmeticException e) {
            throw new IOException("sketch: count must be at most " + Long.MAX_VALUE + ", is more", e);
        }
    }
}
