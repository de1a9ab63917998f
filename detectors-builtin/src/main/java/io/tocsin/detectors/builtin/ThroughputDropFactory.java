/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** {@code throughput-drop}: a group finishes far less than it usually does, or nothing at all. */
public final class ThroughputDropFactory implements DetectorFactory {
    static final Input REQUESTS = Input.outcomes("requests", "whose number is watched");
    static final Parameter<Double> MULTIPLIER = CommonParameters.multiplier(5.0);
    static final Parameter<Double> MINIMUM_CHANGE = Parameter.decimal(
                    "minimum-change", "share of the usual throughput whose loss is the least drop")
            .above(0.0)
            .below(1.0)
            .withUnit("1")
            .withDefault(0.45);

    /** Made by the service loader. */
    public ThroughputDropFactory() {}

    @Override
    public String name() {
        return "throughput-drop";
    }

    @Override
    public String summary() {
        return "Far fewer outcomes than is usual for the group, silence included.";
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
        return new ThroughputDrop(parameters);
    }
}
