/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.SplittableRandom;

/**
 * A Poisson stream whose rate changes from slice to slice: what is left of a unit exponential is carried over, so slices
 * leave no seam. Confined to its simulation's thread.
 */
final class Arrivals {
    private final SplittableRandom random;
    private double untilNext;
    private double used;

    Arrivals(SplittableRandom random) {
        this.random = random;
        untilNext = draw();
    }

    /** Begins a slice. */
    void begin() {
        used = 0;
    }

    /**
     * The next arrival of a slice in which {@code expected} arrive on average: its place in the slice, 0 to below 1, or -1
     * when there is none left. After -1 the next slice begins.
     */
    double next(double expected) {
        if (used + untilNext >= expected) {
            untilNext -= expected - used;
            return -1;
        }
        used += untilNext;
        untilNext = draw();
        return used / expected;
    }

    private double draw() {
        return -StrictMath.log(1 - random.nextDouble());
    }
}
