/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/** How long ago the last record came. Judged at each step, from the first record on. */
final class Absence implements Detector {
    private static final long NEVER = Long.MIN_VALUE;
    private final long limitMillis;
    private long lastMillis = NEVER;

    Absence(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    @Override
    public void observe(Window window, Findings findings) {
        if (window.count() > 0) {
            lastMillis = Math.max(lastMillis, window.endMillis());
        }
    }

    @Override
    public void step(long endMillis, Findings findings) {
        if (lastMillis == NEVER) {
            return; // nothing was ever there to be missed
        }
        double absentMillis = Math.max(0, endMillis - lastMillis);
        findings.judge(0, "no-data", Scores.bounded(absentMillis / limitMillis))
                .compared(absentMillis / 1000, 0, limitMillis / 1000.0, "s")
                .text("no record for {observed}, allowed are {high}");
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        gauges.accept(Gauges.EXPECTED_HIGH, limitMillis / 1000.0);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(lastMillis);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        lastMillis = in.readLong();
    }
}
