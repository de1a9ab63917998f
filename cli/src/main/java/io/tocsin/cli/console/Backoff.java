/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import io.grpc.Status;

/** How long to wait before a broken connection is tried again: 0.5 s first, twice as long each time, at most 10 s. Confined to one thread. */
public final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 10_000;

    private long waitMillis = FIRST_MILLIS;

    /** How long to wait this time, in milliseconds. */
    public long next() {
        long wait = waitMillis;
        waitMillis = Math.min(LONGEST_MILLIS, 2 * waitMillis);
        return wait;
    }

    /** It works again. */
    public void reset() {
        waitMillis = FIRST_MILLIS;
    }

    /** Whether trying again may help. */
    public static boolean mayHelp(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNKNOWN, OK -> true;
            default -> false;
        };
    }
}
