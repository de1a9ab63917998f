/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** {@code error-rate-spike}: a group's share of failed outcomes is far above its own past. */
public final class ErrorRateSpikeFactory implements DetectorFactory {
    static final Input REQUESTS = Input.outcomes("requests", "whose failures are watched");
    static final Parameter<Double> MULTIPLIER = CommonParameters.multiplier(5.0);
    static final Parameter<Double> MINIMUM_CHANGE = Parameter.decimal(
                    "minimum-change", "share of outcomes above the usual share that is the least spike")
            .above(0.0)
            .atMost(1.0)
            .withUnit("1")
            .withDefault(0.05);

    /** Made by the service loader. */
    public ErrorRateSpikeFactory() {}

    @Override
    public String name() {
        return "error-rate-spike";
    }

    @Override
    public String summary() {
        return "Share of failed outcomes far above what is usual for the group.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(REQUESTS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                MULTIPLIER,
                MINIMUM_CHANGE,
                CommonParameters.WINDOW_SIZE,
                CommonParameters.WARM_UP,
                CommonParameters.MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new ErrorRateSpike(parameters);
    }
}
