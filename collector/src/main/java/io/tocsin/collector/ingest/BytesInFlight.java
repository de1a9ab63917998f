/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes received and not answered yet, over all calls, with a limit. Thread-safe. */
final class BytesInFlight {
    private final AtomicLong bytes = new AtomicLong();
    private final long limit;

    BytesInFlight(long limit) {
        this.limit = limit;
    }

    /** False: the limit would be passed, nothing was taken. */
    boolean tryTake(long taken) {
        if (bytes.addAndGet(taken) <= limit) {
            return true;
        }
        give(taken);
        return false;
    }

    void give(long taken) {
        bytes.addAndGet(-taken);
    }

    long bytes() {
        return bytes.get();
    }

    long limit() {
        return limit;
    }
}
