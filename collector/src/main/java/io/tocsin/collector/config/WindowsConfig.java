/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a window is judged and sealed. */
public interface WindowsConfig {

    @Help("how long after its end a window is judged")
    @WithDefault("1s")
    @Bounds(least = "0s", most = "1m")
    Duration allowance();

    @Help("how long after its end late records still correct a window")
    @WithDefault("60s")
    @Bounds(least = "1s", most = "1h")
    Duration sealAfter();
}
