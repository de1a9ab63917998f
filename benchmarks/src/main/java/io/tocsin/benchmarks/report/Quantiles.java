/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import java.util.Arrays;

/**
 * Delays of many trials. Immutable.
 *
 * @param p50 the value at rank ⌈0.5 n⌉; NaN, like the others, if there are none
 * @param p99 the value at rank ⌈0.99 n⌉
 * @param max greatest
 * @param n trials
 */
public record Quantiles(double p50, double p99, double max, int n) {
    public static Quantiles of(double... measured) {
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        return new Quantiles(at(sorted, 50), at(sorted, 99), at(sorted, 100), sorted.length);
    }

    private static double at(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) ((long) sorted.length * percent + 99) / 100;
        return sorted[rank - 1];
    }
}
