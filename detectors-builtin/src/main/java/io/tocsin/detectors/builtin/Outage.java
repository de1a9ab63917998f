/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Tallies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * The share of failures over the last seconds, judged with each batch and at each step. With too little traffic it cannot tell, so an outage that
 * keeps everybody away stays one.
 */
final class Outage implements Detector {
    private final long windowSeconds;
    private final double share;
    private final long minimumTraffic;
    private final EventLedger ledger;

    Outage(long windowSeconds, double share, long minimumTraffic) {
        this.windowSeconds = windowSeconds;
        this.share = share;
        this.minimumTraffic = minimumTraffic;
        this.ledger = new EventLedger(windowSeconds);
    }

    @Override
    public void observe(Tallies tallies, Findings findings) {
        ledger.advance(EngineSecond.during(tallies));
        for (int row = 0; row < tallies.size(); row++) {
            ledger.add(tallies.second(row), tallies.all(row), tallies.failed(row));
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
        double all = ledger.all(windowSeconds);
        if (all < minimumTraffic) {
            return;
        }
        double failed = ledger.bad(windowSeconds);
        findings.judge(0, "outage", Scores.bounded(failed / all / share))
                .compared(failed / all, 0, share, "1")
                .number("failed", failed, "")
                .number("all", all, "")
                .severity(Severity.CRITICAL)
                .text("{failed} of {all} outcomes failed");
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        gauges.accept(Gauges.EXPECTED_LOW, 0);
        gauges.accept(Gauges.EXPECTED_HIGH, share);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        ledger.save(out);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        ledger.restore(in);
    }
}
