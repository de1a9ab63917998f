/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

/** How certain a share or a rate is that was counted. Stateless. */
public final class Intervals {
    private static final double Z_95 = 1.959964;

    private Intervals() {}

    /**
     * A share's 95 % interval.
     *
     * @param low lower end, 0 to 1
     * @param high upper end, 0 to 1
     */
    public record Share(double low, double high) {}

    /**
     * The 95 % interval of a share of which {@code hits} of {@code trials} were seen; 0 to 1 without trials.
     * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
     */
    public static Share wilson95(long hits, long trials) {
        if (trials == 0) {
            return new Share(0, 1);
        }
        double p = (double) hits / trials;
        double z2 = Z_95 * Z_95;
        double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = Z_95 / (1 + z2 / trials) * Math.sqrt(p * (1 - p) / trials + z2 / (4.0 * trials * trials));
        // at the ends rounding must not make 1 of 1 look worse than it is
        return new Share(hits == 0 ? 0 : centre - half, hits == trials ? 1 : centre + half);
    }

    /**
     * The mean that a Poisson count exceeds with 95 % certainty when {@code seen} were seen: the exact one-sided upper
     * bound (3.0 for none). Found by halving; {@code seen} at most 10,000.
     */
    public static double poissonUpper95(long seen) {
        double low = seen;
        double high = seen + 10 + 10 * Math.sqrt(seen + 1.0);
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (poissonAtMost(seen, middle) > 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double poissonAtMost(long count, double mean) {
        double logTerm = -mean;
        double sum = 0;
        for (long i = 0; i <= count; i++) {
            sum += Math.exp(logTerm);
            logTerm += Math.log(mean) - Math.log(i + 1.0);
        }
        return sum;
    }
}
