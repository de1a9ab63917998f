/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** {@code latency-spike}: a group's latency is far above its own past. */
public final class LatencySpikeFactory implements DetectorFactory {
    static final Input REQUESTS = Input.outcomes("requests", "whose latency is watched");
    static final Parameter<Double> QUANTILE = Parameter.decimal(
                    "quantile", "which latency is watched, beside the median")
            .atLeast(0.5)
            .atMost(0.999)
            .withDefault(0.95);
    static final Parameter<Double> MULTIPLIER = CommonParameters.multiplier(6.0);
    static final Parameter<Double> MINIMUM_CHANGE = Parameter.decimal(
                    "minimum-change", "times the usual latency that are the least spike")
            .above(1.0)
            .withDefault(2.0);

    /** Made by the service loader. */
    public LatencySpikeFactory() {}

    @Override
    public String name() {
        return "latency-spike";
    }

    @Override
    public String summary() {
        return "Latency far above what is usual for the group, at the median or at a chosen quantile.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(REQUESTS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                QUANTILE,
                MULTIPLIER,
                MINIMUM_CHANGE,
                CommonParameters.WINDOW_SIZE,
                CommonParameters.WARM_UP,
                CommonParameters.MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new LatencySpike(parameters);
    }
}
