/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who follows alerts. */
public interface SubscriptionsConfig {

    @Help("subscribers at once, over all tenants; further ones are refused")
    @WithDefault("1000")
    @Bounds(least = "1", most = "100000")
    int max();

    @Help("events that may wait for a slow subscriber; beyond it, it is told of a gap and resumes by cursor")
    @WithDefault("1000")
    @Bounds(least = "1", most = "1000000")
    int maxBehind();

    @Help("how long a subscriber may be behind before it counts as slow")
    @WithDefault("10s")
    @Bounds(least = "0s", most = "1h")
    Duration slowAfter();

    @Help("how often a silent subscription says that it is there")
    @WithDefault("5s")
    @Bounds(least = "100ms", most = "5m")
    Duration keepAlive();
}
