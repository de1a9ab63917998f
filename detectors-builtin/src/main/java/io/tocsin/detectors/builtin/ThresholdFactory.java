/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** {@code threshold}: a statistic of each window above or below a fixed limit. */
public final class ThresholdFactory implements DetectorFactory {
    static final Input SERIES =
            Input.measurements("series", "a gauge or counter; or outcomes, whose values are latencies in seconds");
    static final Parameter<String> STATISTIC = Parameter.choice(
                    "statistic",
                    "what is compared: rate is records a second",
                    "last",
                    "mean",
                    "min",
                    "max",
                    "sum",
                    "count",
                    "rate",
                    "error-ratio",
                    "quantile")
            .withDefault("mean");
    static final Parameter<Double> QUANTILE = Parameter.decimal("quantile", "which one, if the statistic is quantile")
            .atLeast(0.0)
            .atMost(1.0)
            .withDefault(0.95);
    static final Parameter<Double> ABOVE =
            Parameter.decimal("above", "bad is this value and any above it").withDefault(Double.POSITIVE_INFINITY);
    static final Parameter<Double> BELOW =
            Parameter.decimal("below", "bad is this value and any below it").withDefault(Double.NEGATIVE_INFINITY);
    static final Parameter<Long> MINIMUM_TRAFFIC = Parameter.whole(
                    "minimum-traffic",
                    "records that a window needs for a statistic of values; with fewer it cannot tell")
            .atLeast(1L)
            .withDefault(1L);

    /** Made by the service loader. */
    public ThresholdFactory() {}

    @Override
    public String name() {
        return "threshold";
    }

    @Override
    public String summary() {
        return "A value, count or share above or below a fixed limit; for how long is said by the rule.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(SERIES);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(STATISTIC, QUANTILE, ABOVE, BELOW, MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        double above = parameters.get(ABOVE);
        double below = parameters.get(BELOW);
        if (Double.isInfinite(above) && Double.isInfinite(below)) {
            parameters.reject(ABOVE, "must be set unless below is, both were none");
        }
        if (below >= above) {
            parameters.reject(BELOW, "must be less than above (" + above + "), was " + below);
        }
        return new Threshold(
                parameters.get(STATISTIC), parameters.get(QUANTILE), above, below, parameters.get(MINIMUM_TRAFFIC));
    }
}
