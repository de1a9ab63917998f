/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.partition.Partition;
import io.tocsin.v1.Position;
import io.tocsin.v1.TimeRange;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits, without holding a thread, until the views are as new as a query needs them. Thread-safe. */
final class Freshness {
    private static final Duration RETRY_STANDING_ENGINE = Duration.ofSeconds(5);

    private final QuerySettings settings;
    private final Executor executor;

    Freshness(QuerySettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    /** Reads once the engine has published; if it does not soon, reads what is there. What is there before it has ever published is not all: then it waits longer, and fails. */
    <T> CompletableFuture<T> read(Partition partition, Supplier<CompletableFuture<T>> reading) {
        boolean hasPublished = partition.publication() > 0;
        return published(partition, 0, hasPublished ? settings.maxFreshWait() : settings.maxWait())
                .exceptionally(thrown -> {
                    if (!hasPublished && isTimeout(thrown)) {
                        throw CallErrors.deadlineExceeded("partition " + partition.number()
                                + " has not shown what it had before the start within "
                                + settings.maxWait().toMillis() + " ms; ask again");
                    }
                    return null;
                })
                .thenComposeAsync(done -> reading.get(), executor);
    }

    /** Reads once the position that the range asks for is published; throws INVALID_ARGUMENT for one of another partition. */
    <T> CompletableFuture<T> read(Partition partition, TimeRange range, Supplier<CompletableFuture<T>> reading) {
        if (!range.hasMinPosition()) {
            return read(partition, reading);
        }
        Position wanted = range.getMinPosition();
        if (wanted.getPartition() != partition.number()) {
            throw CallErrors.invalid(
                    "range.min_position.partition",
                    "must be " + partition.number() + ", the one that is read, was "
                            + Integer.toUnsignedString(wanted.getPartition()));
        }
        if (wanted.getOffset() < 0) {
            throw CallErrors.invalid(
                    "range.min_position.offset",
                    "must be at most " + Long.MAX_VALUE + ", was " + Long.toUnsignedString(wanted.getOffset()));
        }
        return published(partition, wanted.getOffset(), settings.maxWait())
                .exceptionally(thrown -> {
                    throw late(partition, wanted.getOffset(), thrown);
                })
                .thenComposeAsync(done -> reading.get(), executor);
    }

    /** What the partition gave is ours alone: when the time is over it knows that nobody waits any more. */
    private static CompletableFuture<Void> published(Partition partition, long offset, Duration atMost) {
        return partition.published(offset).orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isTimeout(Throwable thrown) {
        return thrown instanceof TimeoutException || thrown.getCause() instanceof TimeoutException;
    }

    private RuntimeException late(Partition partition, long offset, Throwable thrown) {
        String position = "position " + offset + " of partition " + partition.number();
        if (isTimeout(thrown)) {
            return CallErrors.deadlineExceeded(
                    position + " was not applied within " + settings.maxWait().toMillis() + " ms; the engine is at "
                            + partition.status().appliedOffset());
        }
        return CallErrors.unavailable(
                position + " is not applied: the engine stands still, " + thrown.getMessage(), RETRY_STANDING_ENGINE);
    }
}
