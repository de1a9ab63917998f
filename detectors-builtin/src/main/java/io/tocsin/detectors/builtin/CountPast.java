/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many outcomes a window has, against the past. Two things make fewer of them usual: chance (a Poisson count, widened by the noise that
 * was seen) and drift of the load (in logarithms, since load strays by factors). As the variances of the two add up, so the squares of
 * their significances do by {@code 1/z² = 1/chance² + 1/drift²}.
 */
final class CountPast implements Past {
    /** Keeps the logarithm of nothing finite. */
    private static final double HALF = 0.5;
    /** In logarithms: no load is steadier than five per cent. */
    private static final double LEAST_DRIFT_VARIANCE = 0.05 * 0.05;

    private final double multiplier;
    private final double minimumChange;
    private final UsualLevel past;
    private final RecentSums recent = new RecentSums(1);
    private final Admission admission = new Admission();

    // of the latest window
    private double latest;
    private double score;
    private double observed;

    CountPast(int windows, double multiplier, double minimumChange) {
        this.multiplier = multiplier;
        this.minimumChange = minimumChange;
        this.past = new UsualLevel(windows);
    }

    void observe(long count) {
        latest = count;
        score = 0;
        recent.begin();
        recent.put(0, latest);
    }

    /** Earlier windows are not seen together with later ones. */
    void cut() {
        recent.cut();
    }

    /** Scores the latest windows; false if too few are usual to tell. */
    boolean evaluate(double minimumTraffic, Peers peers) {
        double expected = usual();
        observed = latest;
        boolean told = false;
        // a longer span counts only while the latest window agrees: what is over is over
        boolean agrees = latest < expected * (1 - minimumChange / 2);
        for (int span = 0; span < recent.spans() && !(told && !agrees); span++) {
            double spanExpected = weight(span);
            if (spanExpected < minimumTraffic) {
                continue;
            }
            told = true;
            double excused = spanExpected * peers.excuse(this, span, minimumTraffic);
            if ((span == 0 || agrees) && excused > 0) {
                double count = amount(span);
                double spanScore = score(count, excused);
                if (spanScore > score) {
                    score = spanScore;
                    observed = count / RecentSums.windows(span);
                }
            }
        }
        return told;
    }

    /** 1 for as great a rise as a drop of 1 is a fall. A surge that was learnt would make its end look like a drop. */
    private double strayedUp(double expected) {
        return latest <= expected
                ? 0
                : StrictMath.log((latest + HALF) / (expected + HALF)) / -StrictMath.log(1 - minimumChange);
    }

    private double score(double count, double expected) {
        double lost = 1 - count / expected;
        if (lost <= 0) {
            return 0;
        }
        double chance = Significance.ofCount(count, expected) / Math.sqrt(overdispersion());
        double drift = StrictMath.log((count + HALF) / (expected + HALF)) / Math.sqrt(driftVariance());
        double deviations = 1 / Math.sqrt(1 / (chance * chance) + 1 / (drift * drift));
        return Scores.both(deviations / multiplier, lost / minimumChange);
    }

    /** How many times as much as a Poisson count this one strays by chance, as far as the past proves it; 1 or more. */
    private double overdispersion() {
        return Math.max(1, past.noiseVariance() * usual() - estimationError());
    }

    /** How much of the spread chance does not explain, as far as the past proves it. */
    private double driftVariance() {
        double chance = (1 + estimationError()) / Math.max(usual(), 1);
        double spread = past.spread();
        return Math.max(Math.min(past.driftVariance(), spread * spread - chance), LEAST_DRIFT_VARIANCE);
    }

    /** Of a variance taken from so many windows, relative: about two standard errors. */
    private double estimationError() {
        return 3 / Math.sqrt(past.size());
    }

    /** Whether this many are fine, in a window in which more may have been missed. */
    boolean isEnough(long count, double minimumTraffic) {
        double expected = usual();
        return expected >= minimumTraffic && count >= expected * (1 - minimumChange / 2);
    }

    /** Takes the latest window into the past, or one in sixteen of the unusual ones, whatever peers did. */
    void learn() {
        double expected = usual();
        boolean usual = past.size() < WarmUp.LEAST_WINDOWS
                || (score < 1
                        && strayedUp(expected) < Scores.UNUSUAL
                        && (expected <= 0 || score(latest, expected) < Scores.UNUSUAL));
        if (admission.admits(usual)) {
            past.learn(StrictMath.log(latest + HALF));
        }
    }

    int size() {
        return past.size();
    }

    double score() {
        return score;
    }

    /** Outcomes in a window, on average over those judged together. */
    double observed() {
        return observed;
    }

    double usual() {
        return past.size() == 0 ? 0 : Math.max(0, StrictMath.exp(past.level()) - HALF);
    }

    /** Outcomes in one window that are the limit, roughly: chance and drift as normal deviations. */
    double low() {
        double expected = usual();
        double deviation = Math.sqrt(overdispersion() / Math.max(expected, 1) + driftVariance());
        return expected * Math.min(1 - minimumChange, StrictMath.exp(-multiplier * deviation));
    }

    @Override
    public int spans() {
        return recent.spans();
    }

    @Override
    public double weight(int span) {
        return usual() * RecentSums.windows(span);
    }

    @Override
    public double amount(int span) {
        return recent.sum(span, 0);
    }

    @Override
    public double neutral() {
        return 1;
    }

    @Override
    public int direction() {
        return -1;
    }

    void save(DataOutput out) throws IOException {
        past.save(out);
        recent.save(out);
        admission.save(out);
        out.writeDouble(latest);
        out.writeDouble(score);
        out.writeDouble(observed);
    }

    void restore(DataInput in) throws IOException {
        past.restore(in);
        recent.restore(in);
        admission.restore(in);
        latest = in.readDouble();
        score = in.readDouble();
        observed = in.readDouble();
    }
}
