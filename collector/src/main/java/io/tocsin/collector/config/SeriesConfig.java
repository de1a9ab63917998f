/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on the series kept in memory. */
public interface SeriesConfig {

    @Help("series kept at once for a tenant; further ones share the overflow series of their metric")
    @WithDefault("100000")
    @Bounds(least = "1", most = "10000000")
    int max();

    @Help("a series unseen this long is forgotten")
    @WithDefault("1h")
    @Bounds(least = "1m", most = "400d")
    Duration idleTimeout();
}
