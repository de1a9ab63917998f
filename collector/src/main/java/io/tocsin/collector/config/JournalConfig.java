/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the journal is written. */
public interface JournalConfig {

    @Help("bytes that may wait to be written; beyond it batches are refused, to be sent again")
    @WithDefault("256 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxWaitingBytes();

    @Help("bytes that are forced together")
    @WithDefault("4 MiB")
    @Bounds(least = "4 KiB", most = "64 MiB")
    @WithConverter(ByteSizeConverter.class)
    long groupMaxBytes();

    @Help("bytes of a file of the journal, about; old ones are removed file by file")
    @WithDefault("128 MiB")
    @Bounds(least = "64 MiB", most = "256 MiB")
    @WithConverter(ByteSizeConverter.class)
    long segmentBytes();

    @Help(
            "bytes that must be free on the disk of the data directory; while there are fewer, batches are refused, and all else goes on")
    @WithDefault("128 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long minFreeBytes();

    @Help("how long entries are kept at most, for backtests, once no checkpoint needs them")
    @WithDefault("7d")
    @Bounds(least = "0s", most = "400d")
    Duration kept();

    @Help("bytes of older entries that are kept, about, while they are not too old")
    @WithDefault("8 GiB")
    @Bounds(least = "0")
    @WithConverter(ByteSizeConverter.class)
    long keptBytes();

    @Help("bytes of entries kept in memory until they are applied; what waits beyond it is read back from disk")
    @WithDefault("32 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long recentBytes();
}
