/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.time.Duration;

/**
 * When checkpoints are taken, and how much of the journal is kept behind them.
 *
 * @param every a checkpoint is taken when the last one is this old
 * @param afterBytes or when this many bytes were written since
 * @param afterWork or when the engine has worked this long since, in time of its processor; later if checkpoints take long, see {@link Checkpointer}
 * @param journalKept entries older than this may go
 * @param journalKeptBytes of older files that are kept while they are not too old; what the newest two checkpoints need is kept in any case
 */
public record CheckpointSettings(
        Duration every, long afterBytes, Duration afterWork, Duration journalKept, long journalKeptBytes) {
    public static final CheckpointSettings DEFAULTS = new CheckpointSettings(
            Duration.ofMinutes(2), 256L << 20, Duration.ofSeconds(2), Duration.ofDays(7), 8L << 30);
}
