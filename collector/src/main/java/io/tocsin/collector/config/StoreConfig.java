/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is kept for queries and subscribers, for each partition; of rollups what is here is about those in memory, which only {@code --in-memory} and recordings have. */
public interface StoreConfig {

    @Help("bytes of windows of ten seconds; beyond it the oldest become rollups")
    @WithDefault("256 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxBytes();

    @Help("how long windows of ten seconds are kept; then they become rollups of a minute")
    @WithDefault("15m")
    @Bounds(least = "1m", most = "400d")
    Duration secondsKept();

    @Help("in memory: bytes of rollups of all lengths; beyond it the oldest are lost")
    @WithDefault("384 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxRollupBytes();

    @Help("in memory: how long rollups of a minute are kept; then they become rollups of five minutes")
    @WithDefault("3h")
    @Bounds(least = "1m", most = "400d")
    Duration minutesKept();

    @Help("in memory: how long rollups of five minutes are kept; then they become rollups of half an hour")
    @WithDefault("26h")
    @Bounds(least = "5m", most = "400d")
    Duration fiveMinutesKept();

    @Help("in memory: how long rollups of half an hour are kept")
    @WithDefault("8d")
    @Bounds(least = "30m", most = "400d")
    Duration halfHoursKept();

    @Help("events kept for subscribers that resume")
    @WithDefault("100000")
    @Bounds(least = "1000", most = "100000000")
    int eventsKept();

    @Help("alerts kept; beyond it the oldest resolved ones go")
    @WithDefault("10000")
    @Bounds(least = "100", most = "10000000")
    int alertsKept();

    DiskConfig disk();
}
