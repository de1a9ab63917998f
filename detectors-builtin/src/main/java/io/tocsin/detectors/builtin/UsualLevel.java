/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a number usually is, and how far it usually strays: median and robust spread of the last values, and how much of the spread is slow
 * drift, which several windows in a row share, and how much is noise, which averages out over them.
 *
 * <p>Up to half of the values may be wrong without moving the median far; up to a tenth without moving the spread far. The spread
 * is the greater of 1.4826 × the median absolute deviation and of the distance from first to ninth decile / 2.563: each is the standard
 * deviation of a normal distribution, and the greater of both errs towards silence. Drift is what a value has in common with the one before
 * it, the autocovariance at lag 1, with values beyond 2.5 spreads pulled in, plus half of its standard error. Both are widened while there are few
 * values, by 1 + 3/n.
 *
 * <p>O(window size) every fourth value, else O(log window size) and a short copy; 8 bytes per value kept.
 */
final class UsualLevel {
    private static final double MAD_TO_DEVIATION = 1.4826;
    private static final double DECILES_TO_DEVIATION = 1 / 2.563;
    private static final double FARTHEST = 2.5;
    /** Spread and drift change little from one value to the next, and take longer to work out than all the rest. */
    private static final int REFRESHED_EVERY = 4;

    private static final int FEW = 32;

    private final RecentSorted values;
    private double spread;
    private double drift;
    private int learnt;

    UsualLevel(int windows) {
        values = new RecentSorted(windows);
    }

    void learn(double value) {
        values.add(value);
        learnt = (learnt + 1) % REFRESHED_EVERY;
        if (learnt == 0 || values.size() < FEW) {
            refresh();
        }
    }

    private void refresh() {
        int size = values.size();
        double deciles = (values.at((size - 1) * 9 / 10) - values.at((size - 1) / 10)) * DECILES_TO_DEVIATION;
        double plain = Math.max(MAD_TO_DEVIATION * values.medianDistance(), deciles);
        double doubt = plain * plain / (2 * Math.sqrt(size));
        double few = 1 + 3.0 / size;
        spread = few * plain;
        drift = few * few * Math.min(plain * plain, Math.max(0, values.autocovariance(FARTHEST * plain) + doubt));
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
        return spread * spread - drift;
    }

    /** The variance that does not. */
    double driftVariance() {
        return drift;
    }

    void save(DataOutput out) throws IOException {
        values.save(out);
        out.writeDouble(spread);
        out.writeDouble(drift);
        out.writeByte(learnt);
    }

    void restore(DataInput in) throws IOException {
        values.restore(in);
        spread = in.readDouble();
        drift = in.readDouble();
        learnt = in.readByte();
    }
}
