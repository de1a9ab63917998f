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

/** One statistic of each window beside fixed limits. Knows nothing from one window to the next. */
final class Threshold implements Detector {
    private final String statistic;
    private final double quantile;
    private final double above;
    private final double below;
    private final long minimumTraffic;
    private final boolean counts;
    private final String unit;

    Threshold(String statistic, double quantile, double above, double below, long minimumTraffic) {
        this.statistic = statistic;
        this.quantile = quantile;
        this.above = above;
        this.below = below;
        this.minimumTraffic = minimumTraffic;
        this.counts = statistic.equals("count") || statistic.equals("rate") || statistic.equals("sum");
        this.unit = statistic.equals("rate") ? "1/s" : counts || statistic.equals("error-ratio") ? "1" : "";
    }

    @Override
    public void observe(Window window, Findings findings) {
        double value = value(window);
        if (Double.isNaN(value)) {
            return; // nothing to compare: cannot tell
        }
        double score = Math.max(
                Double.isInfinite(above) ? 0 : score(value - above, above),
                Double.isInfinite(below) ? 0 : score(below - value, below));
        if (counts && !Coverage.isFull(window) && !(value >= above)) {
            return; // more may have been missed, which only proves too many
        }
        findings.judge(0, "threshold", score)
                .compared(value, below, above, unit)
                .text("{observed}, allowed is {low} to {high}");
    }

    private double value(Window window) {
        double seconds = (window.endMillis() - window.startMillis()) / 1000.0;
        return switch (statistic) {
            case "count" -> window.count();
            case "rate" -> window.count() / seconds;
            case "sum" -> window.sum();
            default -> window.count() < minimumTraffic ? Double.NaN : valueOfSome(window);
        };
    }

    private double valueOfSome(Window window) {
        return switch (statistic) {
            case "last" -> window.last();
            case "mean" -> window.sum() / window.count();
            case "min" -> window.min();
            case "max" -> window.max();
            case "error-ratio" -> (double) window.errors() / window.count();
            default -> window.quantile(quantile);
        };
    }

    /** 1 at the limit, and further by as much as the excess is of the limit; of 1, where the limit is 0. */
    private static double score(double excess, double limit) {
        double scale = limit == 0 ? 1 : Math.abs(limit);
        return Scores.bounded(excess == 0 ? 1 : 1 + excess / scale);
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        if (!Double.isInfinite(below)) {
            gauges.accept(Gauges.EXPECTED_LOW, below);
        }
        if (!Double.isInfinite(above)) {
            gauges.accept(Gauges.EXPECTED_HIGH, above);
        }
    }

    @Override
    public void save(DataOutput out) {
        // nothing is carried from one window to the next
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
    }
}
