/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.time.Duration;
import java.util.List;

/** {@code outage}: most of what is finished now fails, whatever was usual. */
public final class OutageFactory implements DetectorFactory {
    static final Input REQUESTS = Input.tallies("requests", "whose failures are counted");
    static final Parameter<Duration> WINDOW = Parameter.duration("window", "time over which outcomes are counted")
            .atLeast(Duration.ofSeconds(1))
            .atMost(Duration.ofHours(1))
            .withDefault(Duration.ofSeconds(60));
    static final Parameter<Double> SHARE = Parameter.decimal("share", "share of failed outcomes that is an outage")
            .above(0.0)
            .atMost(1.0)
            .withUnit("1")
            .withDefault(0.5);
    static final Parameter<Long> MINIMUM_TRAFFIC = Parameter.whole(
                    "minimum-traffic", "outcomes that the window needs; with fewer it cannot tell")
            .atLeast(1L)
            .withDefault(10L);

    /** Made by the service loader. */
    public OutageFactory() {}

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String summary() {
        return "Half of the last minute's outcomes failed.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(REQUESTS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(WINDOW, SHARE, MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new Outage(parameters.get(WINDOW).toSeconds(), parameters.get(SHARE), parameters.get(MINIMUM_TRAFFIC));
    }
}
