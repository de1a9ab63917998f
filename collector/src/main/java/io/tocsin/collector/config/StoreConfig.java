/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is kept for queries and subscribers, for each partition. */
public interface StoreConfig {

    @Help("bytes of windows; beyond it the oldest go")
    @WithDefault("256 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxBytes();

    @Help("how long windows are kept")
    @WithDefault("15m")
    @Bounds(least = "1m", most = "400d")
    Duration secondsKept();

    @Help("events kept for subscribers that resume")
    @WithDefault("100000")
    @Bounds(least = "1000", most = "100000000")
    int eventsKept();

    @Help("alerts kept; beyond it the oldest resolved ones go")
    @WithDefault("10000")
    @Bounds(least = "100", most = "10000000")
    int alertsKept();
}
