/* SPDX-License-Identifier: Apache-2.0 */
package com.example.tokenbudget;

import com.google.common.base.Objects;
import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sums the windows of a rolling period. At most one entry for each second of the period. */
final class TokenBudget implements Detector {
    /** As far over as anybody cares; a score must be finite. */
    private static final double MOST = 1e6;

    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;

    private record Spent(long endMillis, double tokens, boolean listened) {}

    private final double budget;
    private final long periodMillis;
    private final String label;
    private final Deque<Spent> period = new ArrayDeque<>();

    TokenBudget(double budget, long periodMillis) {
        this.label = words(periodMillis);
        this.budget = budget;
        this.periodMillis = periodMillis;
    }

    @Override
    public void observe(Window window, Findings findings) {
        period.addLast(new Spent(window.endMillis(), window.sum(), window.coverage() >= 1));
    }

    @Override
    public void step(long endMillis, Findings findings) {
        while (!period.isEmpty() && period.peekFirst().endMillis() <= endMillis - periodMillis) {
            period.removeFirst();
        }
        double tokens = 0;
        boolean listened = true;
        for (Spent spent : period) {
            tokens += spent.tokens();
            listened &= spent.listened();
        }
        if (tokens < budget && !listened) {
            return; // more may have been used while nobody listened: cannot tell
        }
        findings.judge(0, "over-budget", Math.min(tokens / budget, MOST))
                .compared(tokens, 0, budget, "") // a plain number: "1" would be a share, shown as per cent
                // firstNonNull is gone from the guava that the collector has: this proves that the plugin runs with its own
                .label("period", Objects.firstNonNull(label, "period"))
                .text("{observed} tokens were used in {period}, {high} may be");
    }

    /** "1 h", "90 min", "45 s": the greatest unit in which it is whole. */
    private static String words(long millis) {
        if (millis % HOUR_MILLIS == 0) {
            return millis / HOUR_MILLIS + " h";
        }
        return millis % MINUTE_MILLIS == 0 ? millis / MINUTE_MILLIS + " min" : millis / 1_000.0 + " s";
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(period.size());
        for (Spent spent : period) {
            out.writeLong(spent.endMillis());
            out.writeDouble(spent.tokens());
            out.writeBoolean(spent.listened());
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format != 1) {
            throw new IOException("format of the state must be 1, was " + format);
        }
        for (int left = in.readInt(); left > 0; left--) {
            period.addLast(new Spent(in.readLong(), in.readDouble(), in.readBoolean()));
        }
    }
}
