/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is kept on disk, for each partition; rollups go by whole buckets of 6 hours, a day and 30 days, so up to a bucket later. */
public interface DiskConfig {

    @Help("how long events are kept on disk, if not gone for their number before")
    @WithDefault("400d")
    @Bounds(least = "1h", most = "4000d")
    Duration eventsKept();

    @Help("how long rollups of ten seconds are kept on disk, which groups of rules have")
    @WithDefault("2d")
    @Bounds(least = "1h", most = "400d")
    Duration tenSecondsKept();

    @Help("how long rollups of a minute are kept on disk")
    @WithDefault("30d")
    @Bounds(least = "1h", most = "4000d")
    Duration minutesKept();

    @Help("how long rollups of an hour are kept on disk")
    @WithDefault("395d")
    @Bounds(least = "1d", most = "4000d")
    Duration hoursKept();

    @Help("bytes of the store's files; beyond it the oldest of the finest rollups go")
    @WithDefault("50 GiB")
    @Bounds(least = "64 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxBytes();
}
