/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes commands to a journal, so that whoever is answered sees what they did. Stateless. */
public final class AppliedCommands {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private AppliedCommands() {}

    /**
     * Completes when the engine has applied the command and the views show it; fails with UNAVAILABLE or DEADLINE_EXCEEDED, saying whether it is in the
     * journal.
     *
     * @param what names it in an error: "the rule"
     */
    public static CompletableFuture<Position> apply(Partition partition, Entry command, String what, Duration maxWait) {
        CompletableFuture<Position> written = partition
                .intake()
                .command(command)
                .exceptionally(thrown -> {
                    throw CallErrors.unavailable(what + " is not taken: " + thrown.getMessage(), RETRY);
                });
        return written.thenCompose(position -> partition
                .published(position.offset())
                .orTimeout(maxWait.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, thrown) -> {
                    if (thrown instanceof TimeoutException) {
                        throw CallErrors.deadlineExceeded(what + " is in the journal at " + position.offset()
                                + ", but was not applied within " + maxWait.toMillis() + " ms; it will be");
                    }
                    if (thrown != null) {
                        throw CallErrors.unavailable(
                                what + " is in the journal at " + position.offset() + ", but the engine stands still: "
                                        + thrown.getMessage(),
                                RETRY);
                    }
                    return position;
                }));
    }
}
