/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Tallies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/**
 * An objective on outcomes a second. There is no budget of bad outcomes to burn: {@code shortfall} is bad while the rate is below target over both
 * windows of the first row of {@code alert-windows} (the factor plays no part), {@code breach} while it is over the objective's window. Each
 * rate is over the time since the first data, where that is shorter than the window, and none is judged before the short window is full.
 */
final class ThroughputObjective implements Detector {
    private final double target;
    private final long windowSeconds;
    private final long shortSeconds;
    private final long longSeconds;
    private final Breach breach = new Breach();
    private final EventLedger ledger;

    ThroughputObjective(Parameters parameters) {
        target = parameters.get(SloFactory.TARGET);
        Duration window = parameters.get(SloFactory.WINDOW);
        windowSeconds = window.toSeconds();
        var rows = SloFactory.alertWindows(parameters);
        shortSeconds = rows.isEmpty()
                ? windowSeconds
                : rows.get(0).get(SloFactory.SHORT).toSeconds();
        longSeconds = rows.isEmpty()
                ? windowSeconds
                : rows.get(0).get(SloFactory.LONG).toSeconds();
        ledger = new EventLedger(windowSeconds, shortSeconds, longSeconds);
    }

    @Override
    public void observe(Tallies tallies, Findings findings) {
        ledger.advance(EngineSecond.during(tallies));
        for (int row = 0; row < tallies.size(); row++) {
            ledger.add(tallies.second(row), tallies.all(row), 0);
        }
        judge(findings);
    }

    @Override
    public void step(long endMillis, Findings findings) {
        if (ledger.hasBegun()) {
            ledger.advance(Math.floorDiv(endMillis, 1000L));
            judge(findings);
        }
    }

    private void judge(Findings findings) {
        if (ledger.observedSeconds(shortSeconds) < shortSeconds) {
            return;
        }
        double attained = rate(windowSeconds);
        breach.evaluate(shortfall(attained));
        breach.judge(attained, target, "1/s", findings);
        double recently = Math.max(rate(shortSeconds), rate(longSeconds));
        findings.judge(
                        0,
                        "shortfall",
                        Math.min(shortfall(recently), recently < target ? Scores.GREATEST : Math.nextDown(1.0)))
                .compared(recently, target, Double.POSITIVE_INFINITY, "1/s")
                .severity(Severity.HIGH)
                .text("throughput is {observed}, the target is {low}");
    }

    private double rate(long seconds) {
        return (double) ledger.all(seconds) / ledger.observedSeconds(seconds);
    }

    /** 1 on target, 2 for nothing at all. */
    private double shortfall(double rate) {
        return Scores.bounded(2 - rate / target);
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        gauges.accept(Gauges.SLO_TARGET, target);
        gauges.accept(Gauges.SLO_WINDOW, (double) windowSeconds);
        if (ledger.hasBegun()) {
            long all = ledger.all(windowSeconds);
            gauges.accept(Gauges.SLO_GOOD, (double) all);
            gauges.accept(Gauges.SLO_TOTAL, (double) all);
            gauges.accept(Gauges.SLO_ATTAINED, rate(windowSeconds));
            gauges.accept(Gauges.SLO_BUDGET_REMAINING, Math.min(1, rate(windowSeconds) / target - 1));
        }
        gauges.accept(Gauges.SLO_BREACHES, (double) breach.count());
        gauges.accept(Gauges.SLO_BREACHED, breach.isBreached() ? 1 : 0);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        ledger.save(out);
        breach.save(out);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        ledger.restore(in);
        breach.restore(in);
    }
}
