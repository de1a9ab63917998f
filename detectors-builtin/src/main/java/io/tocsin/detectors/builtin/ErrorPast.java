/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Gauges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * The share of failures against its own past. Bad is what no accident of small numbers explains (the likelihood ratio against the usual
 * share, {@link Significance#ofShare}), what is beyond the usual spread of windows, and what is a change worth telling.
 */
final class ErrorPast implements Past {
    private static final int COUNT = 0;
    private static final int ERRORS = 1;

    private final double multiplier;
    private final double minimumChange;
    private final UsualRatio past;
    private final RecentSums recent = new RecentSums(2);
    private final Admission admission = new Admission();
    private double usualShare;

    // of the latest window
    private double latestErrors;
    private double latestCount;
    private double score;
    private double observed;

    ErrorPast(int windows, double multiplier, double minimumChange) {
        this.multiplier = multiplier;
        this.minimumChange = minimumChange;
        this.past = new UsualRatio(windows);
    }

    /** Takes a window of at least one outcome. */
    void observe(long errors, long count) {
        latestErrors = Math.min(errors, count);
        latestCount = count;
        score = 0;
        usualShare = past.ratio();
        recent.begin();
        recent.put(COUNT, latestCount);
        recent.put(ERRORS, latestErrors);
    }

    /** Compares with another share than its own past: that of its peers, while it has none. */
    void presume(double share) {
        usualShare = share;
    }

    /** Scores the latest windows; false if there are too few outcomes to tell. */
    boolean evaluate(double minimumTraffic, Peers peers) {
        observed = latestErrors / latestCount;
        boolean told = false;
        // a longer span counts only while the latest window agrees: what is over is over
        boolean agrees = observed - usualShare > minimumChange / 2;
        for (int span = 0; span < recent.spans() && !(told && !agrees); span++) {
            double count = weight(span);
            if (count < minimumTraffic) {
                continue;
            }
            told = true;
            if (span == 0 || agrees) {
                double errors = recent.sum(span, ERRORS);
                double spanScore =
                        score(errors, count, Math.min(0.999, usualShare + peers.excuse(this, span, minimumTraffic)));
                if (spanScore > score) {
                    score = spanScore;
                    observed = errors / count;
                }
            }
        }
        return told;
    }

    private double score(double errors, double count, double expected) {
        double above = errors / count - expected;
        if (above <= 0) {
            return 0;
        }
        double deviations = Significance.ofShare(errors, count, expected);
        double spread = past.spread();
        if (spread > 0) {
            deviations = Math.min(deviations, above / spread);
        }
        return Scores.both(deviations / multiplier, above / minimumChange);
    }

    /** Takes the latest window into the past, or one in sixteen of the unusual ones, whatever peers did. */
    void learn() {
        boolean usual = past.size() < WarmUp.LEAST_WINDOWS
                || (score < 1 && score(latestErrors, latestCount, past.ratio()) < Scores.UNUSUAL);
        if (admission.admits(usual)) {
            past.learn(latestErrors, latestCount);
        }
    }

    int size() {
        return past.size();
    }

    double score() {
        return score;
    }

    double observed() {
        return observed;
    }

    /** The usual share, without the caution of {@link UsualRatio#ratio}. */
    double usual() {
        return past.plainRatio();
    }

    double high() {
        return Math.min(1, past.ratio() + Math.max(minimumChange, multiplier * past.spread()));
    }

    double pastErrors() {
        return past.failedSum();
    }

    double pastCount() {
        return past.allSum();
    }

    @Override
    public int spans() {
        return recent.spans();
    }

    @Override
    public double weight(int span) {
        return recent.sum(span, COUNT);
    }

    @Override
    public double amount(int span) {
        return recent.sum(span, ERRORS) - usualShare * recent.sum(span, COUNT);
    }

    @Override
    public double neutral() {
        return 0;
    }

    @Override
    public int direction() {
        return 1;
    }

    void inspect(ObjDoubleConsumer<String> gauges) {
        if (past.size() >= WarmUp.LEAST_WINDOWS) {
            gauges.accept(Gauges.EXPECTED_LOW, 0);
            gauges.accept(Gauges.EXPECTED_HIGH, high());
        }
    }

    void save(DataOutput out) throws IOException {
        past.save(out);
        recent.save(out);
        admission.save(out);
        out.writeDouble(usualShare);
        out.writeDouble(latestErrors);
        out.writeDouble(latestCount);
        out.writeDouble(score);
        out.writeDouble(observed);
    }

    void restore(DataInput in) throws IOException {
        past.restore(in);
        recent.restore(in);
        admission.restore(in);
        usualShare = in.readDouble();
        latestErrors = in.readDouble();
        latestCount = in.readDouble();
        score = in.readDouble();
        observed = in.readDouble();
    }
}
