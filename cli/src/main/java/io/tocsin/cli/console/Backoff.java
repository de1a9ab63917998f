/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import io.grpc.Status;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a broken connection is tried again: 0.2 s first, half as long again each time, at most 1 s, so that whoever watches is back within about a second of
 * the collector; each shortened by up to a fifth at random, so that many do not come at once. Confined to one thread.
 */
public final class Backoff {
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 1_000;

    private final RandomGenerator random;
    private long waitMillis = FIRST_MILLIS;

    /** Shortened at random. */
    public Backoff() {
        this(ThreadLocalRandom.current());
    }

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait this time, in milliseconds. */
    public long next() {
        long wait = waitMillis;
        waitMillis = Math.min(LONGEST_MILLIS, wait + wait / 2);
        return wait - random.nextLong(wait / 5 + 1);
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
