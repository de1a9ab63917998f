/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** Whether detectors look for what is unusual. */
public interface AnomalyDetectionConfig {

    @Help("whether anomalies are looked for; off: only rules of slo, outage, threshold and absence run")
    @WithDefault("true")
    boolean enabled();

    @Help(
            "closed windows in the baseline, for rules that set no window-size; not set: what their detector takes, 120 for ours")
    @Bounds(least = "10", most = "10000")
    OptionalInt windowSize();
}
