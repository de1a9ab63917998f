/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whether service level objectives are kept, and how often. */
public interface SloConfig {

    @Help("whether SLOs are kept; off: no rule of detector slo runs")
    @WithDefault("true")
    boolean enabled();

    @Help(
            "longest gap between two evaluations of an SLO whose rule sets no step; data that comes in between is evaluated at once")
    @WithDefault("10s")
    @Bounds(least = "1s", most = "1h")
    @WithConverter(SecondsConverter.class)
    Duration evaluationInterval();
}
