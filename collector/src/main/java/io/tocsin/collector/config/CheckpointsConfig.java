/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the engine's state is written to disk: a start applies the journal from there. */
public interface CheckpointsConfig {

    @Help("a checkpoint is taken when the last one is this old")
    @WithDefault("2m")
    @Bounds(least = "1s", most = "1d")
    Duration every();

    @Help("or when this many bytes of batches have come since")
    @WithDefault("256 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long afterBytes();

    @Help(
            "or when the engine has worked this long since, in time of its processor: about what a start would have to do again; but"
                    + " checkpoints hold it for at most a tenth of the time")
    @WithDefault("2s")
    @Bounds(least = "100ms", most = "1h")
    Duration afterWork();
}
