/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Tallies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.LongStream;

/**
 * An objective on the share of good outcomes, judged with each batch and at each step: since a burnt budget cannot un-burn, the batch that proves a
 * problem is the moment to say so. Every kind is judged each time, from the first enough traffic on.
 */
final class Slo implements Detector {
    private final boolean countsSlow;
    private final double target;
    private final long windowSeconds;
    private final long minimumBad;
    private final long minimumTraffic;
    private final Burn budget;
    private final BurnPair[] pairs;
    private final FastBurn fastBurn;
    private final Breach breach = new Breach();
    private final EventLedger ledger;

    Slo(Parameters parameters) {
        countsSlow = parameters.get(SloFactory.TYPE).equals("latency");
        target = parameters.get(SloFactory.TARGET);
        windowSeconds = parameters.get(SloFactory.WINDOW).toSeconds();
        minimumBad = parameters.get(SloFactory.MINIMUM_BAD);
        minimumTraffic = parameters.get(SloFactory.MINIMUM_TRAFFIC);
        double multiplier = parameters.get(SloFactory.MULTIPLIER);
        budget = Burn.budget(target);
        List<Parameters> rows = SloFactory.alertWindows(parameters);
        pairs = rows.stream()
                .map(row -> new BurnPair(row, budget, multiplier, minimumBad, minimumTraffic))
                .toArray(BurnPair[]::new);
        fastBurn = new FastBurn(
                parameters.get(SloFactory.FAST_WINDOW).toSeconds(),
                budget.times(parameters.get(SloFactory.FAST_FACTOR) * multiplier),
                minimumBad,
                minimumTraffic);
        LongStream pairWindows =
                List.of(pairs).stream().flatMapToLong(pair -> LongStream.of(pair.shortSeconds(), pair.longSeconds()));
        ledger = new EventLedger(LongStream.concat(
                        LongStream.concat(pairWindows, LongStream.of(fastBurn.spans())), LongStream.of(windowSeconds))
                .toArray());
    }

    @Override
    public void observe(Tallies tallies, Findings findings) {
        ledger.advance(EngineSecond.during(tallies));
        for (int row = 0; row < tallies.size(); row++) {
            ledger.add(tallies.second(row), tallies.all(row), countsSlow ? tallies.over(row) : tallies.failed(row));
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
        long all = ledger.all(windowSeconds);
        if (all < minimumTraffic) {
            return; // not a single window can tell
        }
        long bad = ledger.bad(windowSeconds);
        double observed = (double) ledger.observedSeconds(windowSeconds) / windowSeconds;
        breach.evaluate(bad, all * budget.share(), observed, minimumBad);
        breach.judge(1 - (double) bad / all, target, "1", findings);
        fastBurn.judge(ledger, findings);
        for (BurnPair pair : pairs) {
            pair.judge(ledger, findings);
        }
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        long all = ledger.hasBegun() ? ledger.all(windowSeconds) : 0;
        long bad = ledger.hasBegun() ? ledger.bad(windowSeconds) : 0;
        gauges.accept(Gauges.SLO_TARGET, target);
        gauges.accept(Gauges.SLO_WINDOW, (double) windowSeconds);
        gauges.accept(Gauges.SLO_GOOD, (double) (all - bad));
        gauges.accept(Gauges.SLO_TOTAL, (double) all);
        gauges.accept(Gauges.SLO_ATTAINED, all == 0 ? 1 : (double) (all - bad) / all);
        gauges.accept(Gauges.SLO_BUDGET_REMAINING, 1 - budget.rate(bad, all));
        gauges.accept(Gauges.SLO_BREACHES, (double) breach.count());
        gauges.accept(Gauges.SLO_BREACHED, breach.isBreached() ? 1 : 0);
        if (ledger.hasBegun()) {
            for (BurnPair pair : pairs) {
                gauges.accept(pair.shortGauge(), burn(pair.shortSeconds()));
                gauges.accept(pair.longGauge(), burn(pair.longSeconds()));
            }
        }
    }

    private double burn(long seconds) {
        return budget.rate(ledger.bad(seconds), ledger.all(seconds));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        ledger.save(out);
        breach.save(out);
        fastBurn.save(out);
        for (BurnPair pair : pairs) {
            pair.save(out);
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        ledger.restore(in);
        breach.restore(in);
        fastBurn.restore(in);
        for (BurnPair pair : pairs) {
            pair.restore(in);
        }
    }
}
