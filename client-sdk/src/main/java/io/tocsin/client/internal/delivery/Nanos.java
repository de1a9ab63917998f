/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import com.google.protobuf.Duration;

/** Durations from the wire as nanoseconds, from 0 to an hour: a collector cannot silence a client for longer. */
final class Nanos {
    private static final long LONGEST_SECONDS = 3_600;

    private Nanos() {}

    static long of(Duration duration) {
        long seconds = Math.max(0, Math.min(LONGEST_SECONDS, duration.getSeconds()));
        return Math.max(
                0, seconds * 1_000_000_000 + Math.max(-999_999_999, Math.min(999_999_999, duration.getNanos())));
    }
}
