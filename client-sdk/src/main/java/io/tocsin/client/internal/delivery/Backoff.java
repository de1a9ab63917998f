/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import java.util.random.RandomGenerator;

/**
 * How long to wait after a failed attempt: exponential with full jitter, so that many clients do not come back at once,
 * and much longer once so many failed in a row that the circuit breaker is open. Confined to the sender's thread.
 */
final class Backoff {
    private final Patience patience;
    private final RandomGenerator random;
    private int failuresInRow;

    Backoff(Patience patience, RandomGenerator random) {
        this.patience = patience;
        this.random = random;
    }

    void success() {
        failuresInRow = 0;
    }

    /** Counts a failure and returns how long to wait, in nanoseconds. */
    long failure() {
        failuresInRow++;
        if (isOpen()) {
            long open = patience.open().toNanos();
            return open / 2 + random.nextLong(open / 2 + 1);
        }
        long longest = patience.longestBackoff().toNanos();
        long first = patience.firstBackoff().toNanos();
        int doublings = Math.min(failuresInRow - 1, 30);
        long ceiling = first > longest >> doublings ? longest : first << doublings;
        return random.nextLong(ceiling + 1);
    }

    boolean isOpen() {
        return failuresInRow >= patience.failuresToOpen();
    }

    int failuresInRow() {
        return failuresInRow;
    }
}
