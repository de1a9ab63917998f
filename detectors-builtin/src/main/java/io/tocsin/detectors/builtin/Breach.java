/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whether an objective is missed over its whole window, and how often it was. Until a window was observed in full, chance gets a slack of
 * three deviations, {@code 3 √budget}, which shrinks to nothing as the window fills: a handful of early failures is no breach, and a full window is a
 * fact. One excursion counts once, however long, and is over when the attained share is back within the target.
 */
final class Breach {
    private static final double SLACK_DEVIATIONS = 3;
    /** Below this an excursion is over; between, counts that go back and forth by one are not counted anew. */
    private static final double OVER = 0.99;

    private boolean breached;
    private long breaches;
    private double score;

    void evaluate(long bad, double budget, double observedShare, long minimumBad) {
        double slack = SLACK_DEVIATIONS * Math.sqrt(budget) * (1 - observedShare);
        score = Scores.bounded(bad / Math.max(budget + slack, (double) minimumBad));
        follow();
    }

    /** Sets a score that somebody else worked out. */
    void evaluate(double newScore) {
        score = Scores.bounded(newScore);
        follow();
    }

    private void follow() {
        if (score > 1 && !breached) {
            breached = true;
            breaches++;
        } else if (score < OVER) {
            breached = false;
        }
    }

    void judge(double attained, double target, String unit, Findings findings) {
        // exactly on target is not a breach
        findings.judge(0, "breach", score > 1 ? score : Math.min(score, Math.nextDown(1.0)))
                .compared(attained, target, Double.POSITIVE_INFINITY, unit)
                .severity(Severity.HIGH)
                .text("attained is {observed}, the target is {low}");
    }

    boolean isBreached() {
        return breached;
    }

    long count() {
        return breaches;
    }

    void save(DataOutput out) throws IOException {
        out.writeBoolean(breached);
        out.writeLong(breaches);
        out.writeDouble(score);
    }

    void restore(DataInput in) throws IOException {
        breached = in.readBoolean();
        breaches = in.readLong();
        score = in.readDouble();
    }
}
