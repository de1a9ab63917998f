/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/**
 * Says before it happens that a gauge (a budget, a queue, a disk) reaches a limit: level and trend after Holt, 1957. Works on a detector's own
 * gauges, too, once they are sampled into a series.
 */
final class Forecaster implements Detector {
    private static final double LEVEL_WEIGHT = 0.3;
    private static final double TREND_WEIGHT = 0.1;
    private static final double MOST = 1e100;
    private static final int WARM = 20;

    private final double limit;
    private final double horizonSeconds;
    private double level;
    private double trendPerSecond;
    private long windows;

    Forecaster(Parameters parameters) {
        limit = parameters.get(Factory.LIMIT);
        horizonSeconds = parameters.get(Factory.HORIZON).toMillis() / 1000.0;
    }

    @Override
    public void observe(Window window, Findings findings) {
        double value = window.last();
        if (Double.isNaN(value)) {
            return;
        }
        double seconds = (window.endMillis() - window.startMillis()) / 1000.0;
        learn(Math.max(-MOST, Math.min(MOST, value)), seconds);
        if (windows > WARM) {
            double left = limit - level;
            double inSeconds = trendPerSecond > 0 ? Math.max(0, left) / trendPerSecond : Double.POSITIVE_INFINITY;
            double score = left <= 0 ? 1e6 : Math.min(1e6, horizonSeconds / inSeconds);
            findings.judge(0, "exhaustion", inSeconds == 0 ? 1e6 : score)
                    .compared(inSeconds, horizonSeconds, Double.POSITIVE_INFINITY, "s")
                    .text("the limit is reached in {observed} s, if it goes on like this");
        }
    }

    private void learn(double value, double seconds) {
        windows++;
        if (windows == 1) {
            level = value;
            return;
        }
        double before = level;
        level = LEVEL_WEIGHT * value + (1 - LEVEL_WEIGHT) * (level + trendPerSecond * seconds);
        trendPerSecond = TREND_WEIGHT * (level - before) / seconds + (1 - TREND_WEIGHT) * trendPerSecond;
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        gauges.accept("forecast.level", level);
        gauges.accept("forecast.trend", trendPerSecond);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeDouble(level);
        out.writeDouble(trendPerSecond);
        out.writeLong(windows);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format != 1) {
            throw new IOException("state format must be 1, was " + format);
        }
        level = in.readDouble();
        trendPerSecond = in.readDouble();
        windows = in.readLong();
    }

    /** Makes them. */
    public static final class Factory implements DetectorFactory {
        static final Input GAUGE = Input.measurements("gauge", "what fills up");
        static final Parameter<Double> LIMIT = Parameter.decimal("limit", "where it is full");
        static final Parameter<Duration> HORIZON = Parameter.duration("horizon", "how long before it is worth a word")
                .atLeast(Duration.ofSeconds(1))
                .withDefault(Duration.ofHours(1));

        public Factory() {}

        @Override
        public String name() {
            return "forecast";
        }

        @Override
        public String summary() {
            return "A gauge will reach its limit soon.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(GAUGE);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(LIMIT, HORIZON);
        }

        @Override
        public Detector create(Parameters parameters) {
            return new Forecaster(parameters);
        }
    }
}
