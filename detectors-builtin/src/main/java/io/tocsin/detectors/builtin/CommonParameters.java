/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Parameter;
import java.time.Duration;

/** Parameters that have the same name and meaning in every detector that has them. */
final class CommonParameters {
    static final Parameter<Long> WINDOW_SIZE = Parameter.whole("window-size", "closed windows in the baseline")
            .atLeast(10L)
            .atMost(10_000L)
            .withDefault(120L);

    static final Parameter<Duration> WARM_UP = Parameter.duration(
                    "warm-up", "time from the first data until the first judgement; nothing is judged before")
            .withDefault(Duration.ofMinutes(2));

    static final Parameter<Long> MINIMUM_TRAFFIC = Parameter.whole(
                    "minimum-traffic",
                    "records that a judgement needs, within up to eight windows; with fewer it cannot tell")
            .atLeast(1L)
            .withDefault(10L);

    private CommonParameters() {}

    static Parameter<Double> multiplier(double usual) {
        return Parameter.decimal("multiplier", "how many usual deviations are the limit; more is less sensitive")
                .above(0.0)
                .withDefault(usual);
    }
}
