/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A sketch as {@link Sketch#write} wrote it, read where it lies: what is asked of it is looked for in its bytes, and nothing is made of them. One that is asked for a quantile or two, or
 * merged once, costs far less than {@link Sketch#read}. Immutable, as long as nobody changes the bytes.
 */
public final class EncodedSketch {
    private static final int HEAD_BYTES = 1 + 3 * Double.BYTES;

    private final byte[] bytes;
    private final int offset;
    private final long zeros;
    private final boolean hasNegative;
    /** Where the bins of positive values begin. */
    private final int positive;

    private final long count;

    private EncodedSketch(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.offset = offset;
        if (bytes[offset] != Sketch.FORMAT) {
            throw new IllegalArgumentException("format must be " + Sketch.FORMAT + ", was " + bytes[offset]);
        }
        EncodedBins bins = new EncodedBins(bytes, offset + HEAD_BYTES);
        this.zeros = bins.number();
        long ofNegative = bins.skip();
        this.hasNegative = ofNegative > 0;
        this.positive = bins.position();
        this.count = Math.addExact(Math.addExact(zeros, ofNegative), bins.skip());
        double min = number(1);
        double max = number(2);
        if (zeros < 0 || (count == 0) != (min > max) || Double.isNaN(min) || Double.isNaN(max)) {
            throw new IllegalArgumentException("zeros must be 0 or more and min and max those of " + count
                    + " values, were " + zeros + ", " + min + " and " + max);
        }
    }

    /** One that begins there; throws {@link IOException} for anything that cannot be such. What is behind it does not matter. */
    public static EncodedSketch at(byte[] bytes, int offset) throws IOException {
        try {
            return new EncodedSketch(bytes, offset);
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("sketch: " + e.getMessage(), e);
        }
    }

    public long count() {
        return count;
    }

    /** See {@link Sketch#sum()}. */
    public double sum() {
        return number(0);
    }

    /** See {@link Sketch#min()}. */
    public double min() {
        return count == 0 ? Double.NaN : number(1);
    }

    /** See {@link Sketch#max()}. */
    public double max() {
        return count == 0 ? Double.NaN : number(2);
    }

    private double number(int place) {
        int at = offset + 1 + place * Double.BYTES;
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits = bits << Byte.SIZE | (bytes[at + i] & 0xFF);
        }
        return Double.longBitsToDouble(bits);
    }

    /** What {@link Sketch#quantile} of the same sketch says. */
    public double quantile(double q) {
        if (hasNegative) {
            return sketch().quantile(q); // those are looked through from the last to the first
        }
        long rank = Sketch.rank(q, count);
        if (rank <= 1) {
            return min();
        }
        return rank == count ? max() : Math.max(min(), Math.min(max(), valueAt(rank)));
    }

    private double valueAt(long rank) {
        long left = rank - zeros;
        EncodedBins bins = new EncodedBins(bytes, positive);
        for (int more = bins.begin(); more > 0 && left > 0; more--) {
            left -= bins.next();
        }
        return rank <= zeros ? 0 : Sketch.middle(bins.bin());
    }

    /** Adds its counts to these; its negative values are counted only if it {@link #hasNegative()}. */
    void addTo(BinCounts positives, BinCounts negatives) {
        EncodedBins bins = new EncodedBins(bytes, offset + HEAD_BYTES);
        bins.number();
        add(bins, negatives);
        add(bins, positives);
    }

    private static void add(EncodedBins bins, BinCounts counts) {
        for (int left = bins.begin(); left > 0; left--) {
            long n = bins.next();
            counts.add(bins.bin(), n);
        }
    }

    boolean hasNegative() {
        return hasNegative;
    }

    long zeros() {
        return zeros;
    }

    /** The same as a sketch of its own. */
    public Sketch sketch() {
        try {
            return Sketch.read(new DataInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset)));
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of a sketch were changed after it was looked through", e);
        }
    }
}
