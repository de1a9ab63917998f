/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Someone waits until all that was queued at a moment is answered. */
final class FlushRequest {
    private static final long UNKNOWN = -1;

    private final long[] tails;
    private final CountDownLatch done = new CountDownLatch(1);
    private long throughSequence = UNKNOWN;

    /** @param tails how far the queue was filled */
    FlushRequest(long[] tails) {
        this.tails = tails;
    }

    long[] tails() {
        return tails;
    }

    boolean knowsItsLastBatch() {
        return throughSequence != UNKNOWN;
    }

    void lastBatch(long sequence) {
        throughSequence = sequence;
    }

    long throughSequence() {
        return throughSequence;
    }

    void complete() {
        done.countDown();
    }

    /** Whether all was answered within that time. */
    boolean await(long nanos) throws InterruptedException {
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }
}
