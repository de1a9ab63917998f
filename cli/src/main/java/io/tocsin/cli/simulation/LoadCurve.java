/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.SplittableRandom;

/**
 * How busy an agent type is: a day's curve of +-60 %, drift of +-20 % over minutes, and a burst of 15 to 50 % every ten
 * minutes or so. Confined to its simulation's thread; must be asked in order of time.
 */
final class LoadCurve {
    private static final double DAY_MILLIS = 86_400_000;
    private static final double DAY_SWING = 0.6;
    private static final double DRIFT_SWING = 0.1;
    private static final double MEAN_CALM_MILLIS = 600_000;

    private final SplittableRandom random;
    private final double[] driftPeriodMillis;
    private final double[] driftPhase;
    private final double dayPhase;
    private double burstStartMillis;
    private double burstEndMillis;
    private double burstHeight;

    LoadCurve(SplittableRandom random, long startMillis) {
        this.random = random;
        dayPhase = random.nextDouble(-0.4, 0.4);
        driftPeriodMillis = new double[] {random.nextDouble(240_000, 600_000), random.nextDouble(900_000, 2_400_000)};
        driftPhase = new double[] {random.nextDouble(2 * Math.PI), random.nextDouble(2 * Math.PI)};
        planBurst(startMillis);
    }

    /** Share of the day's average, about 0.3 to 2.9, at this time. */
    double at(long millis) {
        if (millis >= burstEndMillis) {
            planBurst(millis);
        }
        double share = 1 + DAY_SWING * StrictMath.sin(2 * Math.PI * millis / DAY_MILLIS + dayPhase);
        for (int i = 0; i < driftPhase.length; i++) {
            share *= 1 + DRIFT_SWING * StrictMath.sin(2 * Math.PI * millis / driftPeriodMillis[i] + driftPhase[i]);
        }
        if (millis < burstStartMillis) {
            return share;
        }
        double wave = StrictMath.sin(Math.PI * (millis - burstStartMillis) / (burstEndMillis - burstStartMillis));
        return share * (1 + burstHeight * wave * wave);
    }

    private void planBurst(long afterMillis) {
        burstStartMillis = afterMillis - MEAN_CALM_MILLIS * StrictMath.log(1 - random.nextDouble());
        burstEndMillis = burstStartMillis + random.nextDouble(20_000, 90_000);
        burstHeight = random.nextDouble(0.15, 0.5);
    }
}
