/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * One row of {@code alert-windows}: bad while the budget burns too fast in a long window, which says that it matters, and in a short one, which
 * says that it still goes on.
 */
final class BurnPair {
    private final long shortSeconds;
    private final long longSeconds;
    private final Burn factor;
    private final String kind;
    private final String shortGauge;
    private final String longGauge;
    private final Severity severity;
    private final long minimumBad;
    private final long minimumTraffic;
    private double held = Double.NaN;

    BurnPair(Parameters row, Burn budget, double multiplier, long minimumBad, long minimumTraffic) {
        Duration shorter = row.get(SloFactory.SHORT);
        Duration longer = row.get(SloFactory.LONG);
        shortSeconds = shorter.toSeconds();
        longSeconds = longer.toSeconds();
        factor = budget.times(row.get(SloFactory.FACTOR) * multiplier);
        kind = "burn-" + SloFactory.SHORT.format(shorter) + "-" + SloFactory.LONG.format(longer);
        shortGauge = Gauges.SLO_BURN + SloFactory.SHORT.format(shorter);
        longGauge = Gauges.SLO_BURN + SloFactory.LONG.format(longer);
        // within an hour it is worth waking somebody; what takes days is worth a ticket
        severity = longSeconds <= 6 * 3600 ? Severity.HIGH : Severity.MEDIUM;
        this.minimumBad = minimumBad;
        this.minimumTraffic = minimumTraffic;
    }

    void judge(EventLedger ledger, Findings findings) {
        long shortAll = ledger.all(shortSeconds);
        long shortBad = ledger.bad(shortSeconds);
        long longAll = ledger.all(longSeconds);
        long longBad = ledger.bad(longSeconds);
        if (shortAll >= minimumTraffic) {
            held = score(shortBad, shortAll, longBad, longAll);
        }
        // else it cannot tell; but other windows can, and a kind once judged is judged whenever any is: what was known
        // stays
        if (Double.isNaN(held)) {
            return; // it never could tell
        }
        findings.judge(0, kind, held)
                .compared(factor.rate(longBad, longAll), 0, factor.factor(), "")
                .number("short", factor.rate(shortBad, shortAll), "")
                .number("bad", (double) longBad, "")
                .number("all", (double) longAll, "")
                .severity(severity)
                .text(
                        "the error budget burns {observed} times too fast ({bad} of {all} are bad), and lately {short} times; the limit is {high}");
    }

    private double score(long shortBad, long shortAll, long longBad, long longAll) {
        boolean exceeded = factor.isExceeded(shortBad, shortAll) && factor.isExceeded(longBad, longAll);
        double rate = Math.min(factor.rate(shortBad, shortAll), factor.rate(longBad, longAll)) / factor.factor();
        double score = Math.min(rate, (double) shortBad / minimumBad);
        if (exceeded && shortBad >= minimumBad) {
            return Math.max(1, Scores.bounded(score));
        }
        return Math.min(Math.nextDown(1.0), Scores.bounded(score));
    }

    long shortSeconds() {
        return shortSeconds;
    }

    long longSeconds() {
        return longSeconds;
    }

    String shortGauge() {
        return shortGauge;
    }

    String longGauge() {
        return longGauge;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(held);
    }

    void restore(DataInput in) throws IOException {
        held = in.readDouble();
    }
}
