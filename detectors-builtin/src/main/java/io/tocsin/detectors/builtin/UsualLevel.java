/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a number usually is, and how far it usually strays: median and robust spread of the last values, and of the steps between successive
 * ones. The steps tell how much of the spread is noise that averages out over several windows, and how much is slow drift that does not.
 *
 * <p>Up to half of the values may be wrong without moving the median far; up to a tenth without moving the spread far. The spread
 * is the greater of 1.4826 × the median absolute deviation and of the distance from first to ninth decile / 2.563: each is the standard
 * deviation of a normal distribution, and the greater of both errs towards silence. It is widened by 1 + 3/n while there are few values.
 *
 * <p>O(window size) per value; 32 bytes per value kept.
 */
final class UsualLevel {
    private static final double MAD_TO_DEVIATION = 1.4826;
    private static final double DECILES_TO_DEVIATION = 1 / 2.563;

    private final RecentSorted values;
    private final RecentSorted steps;
    private double latest = Double.NaN;
    private double spread;
    private double noise;

    UsualLevel(int windows) {
        values = new RecentSorted(windows);
        steps = new RecentSorted(windows);
    }

    void learn(double value) {
        if (!Double.isNaN(latest)) {
            steps.add(Math.abs(value - latest));
        }
        latest = value;
        values.add(value);
        refresh();
    }

    private void refresh() {
        int size = values.size();
        double few = 1 + 3.0 / size;
        double deciles = (values.at((size - 1) * 9 / 10) - values.at((size - 1) / 10)) * DECILES_TO_DEVIATION;
        spread = few * Math.max(MAD_TO_DEVIATION * values.medianDistance(), deciles);
        // the step between two independent values strays sqrt(2) times as far as one
        noise = steps.size() == 0 ? spread : few * MAD_TO_DEVIATION * steps.median() / Math.sqrt(2);
    }

    int size() {
        return values.size();
    }

    /** The median; NaN before the first value. */
    double level() {
        return values.size() == 0 ? Double.NaN : values.median();
    }

    /** How far single values stray from the level, as a standard deviation. */
    double spread() {
        return spread;
    }

    /** The variance that averages out. */
    double noiseVariance() {
        return Math.min(noise * noise, spread * spread);
    }

    /** The variance that does not. */
    double driftVariance() {
        return Math.max(0, spread * spread - noise * noise);
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(latest);
        values.save(out);
        steps.save(out);
    }

    void restore(DataInput in) throws IOException {
        latest = in.readDouble();
        values.restore(in);
        steps.restore(in);
        if (values.size() > 0) {
            refresh();
        }
    }

    /** The last values, in order of arrival and in order of size. */
    private static final class RecentSorted {
        private final double[] arrived;
        private final double[] sorted;
        private int size;
        private int next;

        RecentSorted(int capacity) {
            arrived = new double[capacity];
            sorted = new double[capacity];
        }

        void add(double value) {
            if (size == arrived.length) {
                int gone = Arrays.binarySearch(sorted, 0, size, arrived[next]);
                size--;
                System.arraycopy(sorted, gone + 1, sorted, gone, size - gone);
            }
            arrived[next] = value;
            next = next + 1 == arrived.length ? 0 : next + 1;
            int found = Arrays.binarySearch(sorted, 0, size, value);
            int place = found < 0 ? -found - 1 : found;
            System.arraycopy(sorted, place, sorted, place + 1, size - place);
            sorted[place] = value;
            size++;
        }

        int size() {
            return size;
        }

        double at(int rank) {
            return sorted[rank];
        }

        double median() {
            return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
        }

        /** The median of the distances from the median, by walking outwards from it. */
        double medianDistance() {
            double median = median();
            int below = (size - 1) / 2;
            int above = below + 1;
            double distance = 0;
            for (int taken = 0; taken <= size / 2; taken++) {
                double down = below >= 0 ? median - sorted[below] : Double.POSITIVE_INFINITY;
                double up = above < size ? sorted[above] - median : Double.POSITIVE_INFINITY;
                if (down <= up) {
                    distance = down;
                    below--;
                } else {
                    distance = up;
                    above++;
                }
            }
            return Double.isInfinite(distance) ? 0 : distance;
        }

        void save(DataOutput out) throws IOException {
            out.writeInt(size);
            int first = size == arrived.length ? next : 0;
            for (int i = 0; i < size; i++) {
                out.writeDouble(arrived[(first + i) % arrived.length]);
            }
        }

        void restore(DataInput in) throws IOException {
            int saved = in.readInt();
            for (int i = 0; i < saved; i++) {
                add(in.readDouble()); // a smaller window size keeps the latest
            }
        }
    }
}
