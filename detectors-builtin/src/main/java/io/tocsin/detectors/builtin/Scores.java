/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

/** Keeps scores within what the contract allows. */
final class Scores {
    /** Far beyond what anyone tells apart. */
    static final double GREATEST = 1e6;

    /** From here on a window is too unusual to be learnt like any other. */
    static final double UNUSUAL = 0.5;

    private Scores() {}

    /** The same, finite and 0 or more. */
    static double bounded(double score) {
        return score > 0 ? Math.min(score, GREATEST) : 0; // not-a-number is not above 0
    }

    /** A score that is 1 where both are: a deviation must be significant and large. */
    static double both(double significance, double change) {
        return bounded(Math.min(significance, change));
    }
}
