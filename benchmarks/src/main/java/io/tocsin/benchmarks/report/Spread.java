/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import java.util.Arrays;

/**
 * One figure measured several times. Immutable.
 *
 * @param median the middle one, or the mean of the two in the middle; NaN if there are none
 * @param min least
 * @param max greatest
 * @param n how often it was measured
 */
public record Spread(double median, double min, double max, int n) {
    public static Spread of(double... measured) {
        if (measured.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1], n);
    }

    /** The median, and from where to where it went. */
    public String text() {
        return Figures.text(median) + " (" + Figures.text(min) + "–" + Figures.text(max) + ")";
    }
}
