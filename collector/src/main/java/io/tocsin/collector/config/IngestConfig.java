/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is taken from producers. */
public interface IngestConfig {

    @Help("size of one batch")
    @WithDefault("4 MiB")
    @Bounds(least = "1 KiB", most = "64 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxBatchBytes();

    @Help("records of one batch")
    @WithDefault("65536")
    @Bounds(least = "1", most = "1048576")
    int maxBatchRecords();

    @Help(
            "bytes of batches that wait for their answer, over all producers; further batches are refused, to be sent again")
    @WithDefault("256 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxBytesInFlight();

    @Help("how far ahead of the collector's clock a record may be")
    @WithDefault("10m")
    @Bounds(least = "0s", most = "1d")
    Duration maxAhead();

    @Help("how old a record may be")
    @WithDefault("35d")
    @Bounds(least = "1m", most = "400d")
    Duration retention();
}
