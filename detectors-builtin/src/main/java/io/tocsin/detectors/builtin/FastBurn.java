/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Notices within seconds that the budget burns many times too fast, long before an hour's average shows it.
 *
 * <p>Over the last 60, 30 and 15 s (or what {@code fast-window} says) it asks two things. Is the burn at least {@code fast-factor}, by default half of
 * the 14.4 that spend 2 % of a 30-day budget in an hour? And can it not be chance, if failures came at exactly the budget's rate: is the
 * count {@value #DEVIATIONS} deviations above it ({@link Significance#ofCount}, about 2 in 100 million for one look)?
 *
 * <p>Example: 60 outcomes a second at 99.9 % expect 3.6 bad in 60 s. The factor asks for 26; by chance there are so many once in 10¹³ looks. A
 * burn of 14.4 brings 52 in 60 s, fewer than 26 of which come by chance in 1 of 30,000. At ten outcomes a second 0.6 are
 * expected, 8.6 come, and significance asks for 8: there the longer windows must help.
 */
final class FastBurn {
    private static final double DEVIATIONS = 5.5;
    private static final String KIND = "fast-burn";

    private final long[] spans;
    private final Burn factor;
    private final long minimumBad;
    private final long minimumTraffic;
    private double held = Double.NaN;

    FastBurn(long windowSeconds, Burn factor, long minimumBad, long minimumTraffic) {
        spans = new long[] {windowSeconds, windowSeconds / 2, windowSeconds / 4};
        this.factor = factor;
        this.minimumBad = minimumBad;
        this.minimumTraffic = minimumTraffic;
    }

    long[] spans() {
        return spans.clone();
    }

    void judge(EventLedger ledger, Findings findings) {
        double worst = 0;
        double rate = factor.rate(ledger.bad(spans[0]), ledger.all(spans[0]));
        long seconds = spans[0];
        // what is over is over: the shortest span decides when it ends
        boolean goesOn = factor.rate(ledger.bad(spans[2]), ledger.all(spans[2])) > factor.factor() / 2;
        for (long span : spans) {
            long all = ledger.all(span);
            long bad = ledger.bad(span);
            if (all >= minimumTraffic && (goesOn || span == spans[2])) {
                double score = score(bad, all);
                if (score > worst) {
                    worst = score;
                    rate = factor.rate(bad, all);
                    seconds = span;
                }
            }
        }
        if (ledger.all(spans[2]) >= minimumTraffic || worst >= 1) {
            held = worst;
        }
        if (Double.isNaN(held)) {
            return; // it never could tell
        }
        findings.judge(0, KIND, held)
                .compared(rate, 0, factor.factor(), "")
                .number("seconds", (double) seconds, "s")
                .severity(Severity.HIGH)
                .text("for {seconds} the error budget burns {observed} times too fast, the limit is {high}");
    }

    private double score(long bad, long all) {
        if (bad < minimumBad) {
            return 0;
        }
        double expected = all * factor.share();
        double deviations = bad > expected ? Significance.ofCount((double) bad, expected) : 0;
        return Scores.both(deviations / DEVIATIONS, factor.rate(bad, all) / factor.factor());
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(held);
    }

    void restore(DataInput in) throws IOException {
        held = in.readDouble();
    }
}
