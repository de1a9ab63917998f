/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

/**
 * How surprising a count is, in standard deviations: the signed root of the likelihood ratio, which for counts has nearly the tails of a
 * standard normal, also for small ones, where {@code (observed - expected) / sqrt(expected)} has not. Positive for more than expected.
 *
 * <p>{@link StrictMath}, so that another JDK judges the same.
 */
final class Significance {
    private Significance() {}

    /** Of a Poisson count; {@code expected} above 0. */
    static double ofCount(double observed, double expected) {
        double deviance =
                observed > 0 ? observed * StrictMath.log(observed / expected) - (observed - expected) : expected;
        double root = Math.sqrt(2 * Math.max(0, deviance));
        return observed >= expected ? root : -root;
    }

    /** Of {@code hits} among {@code all}, where each hits with {@code probability}, above 0 and below 1. */
    static double ofShare(double hits, double all, double probability) {
        double misses = all - hits;
        double deviance = term(hits, all * probability) + term(misses, all * (1 - probability));
        double root = Math.sqrt(2 * Math.max(0, deviance));
        return hits >= all * probability ? root : -root;
    }

    private static double term(double observed, double expected) {
        return observed > 0 ? observed * StrictMath.log(observed / expected) : 0;
    }
}
