/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.time.Duration;
import java.util.List;

/** {@code absence}: no record for some time, whatever the reason: nothing happens, or nobody tells. */
public final class AbsenceFactory implements DetectorFactory {
    static final Input SERIES = Input.measurements("series", "that should not fall silent; outcomes will do, too");
    static final Parameter<Duration> FOR_AT_LEAST = Parameter.duration(
                    "for-at-least", "time without a record from which on it is bad")
            .atLeast(Duration.ofSeconds(1))
            .withDefault(Duration.ofSeconds(60));

    /** Made by the service loader. */
    public AbsenceFactory() {}

    @Override
    public String name() {
        return "absence";
    }

    @Override
    public String summary() {
        return "No records for some time, even if nobody listened or the producer is gone.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(SERIES);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FOR_AT_LEAST);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new Absence(parameters.get(FOR_AT_LEAST).toMillis());
    }
}
