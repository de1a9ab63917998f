/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import java.time.InstantSource;

/**
 * When a record is sent, and under what time. The first record sets the beat. Confined to one thread.
 */
final class Pace {
    /** How to wait. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long millis) throws InterruptedException;
    }

    private static final long SHORTEST_SLEEP_MILLIS = 5;

    private final double speed;
    private final boolean shifted;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private boolean begun;
    private long firstRecordMillis;
    private long firstSentMillis;

    private Pace(double speed, boolean shifted, InstantSource clock, Sleeper sleeper) {
        this.speed = speed;
        this.shifted = shifted;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** {@code speed} times as fast as recorded, under the recorded times; infinite: without waiting. */
    static Pace recorded(double speed, InstantSource clock, Sleeper sleeper) {
        return new Pace(speed, false, clock, sleeper);
    }

    /** As fast as recorded, the first record now, the others as long after it as they were. */
    static Pace asLive(InstantSource clock, Sleeper sleeper) {
        return new Pace(1, true, clock, sleeper);
    }

    /** Waits until the record is due, and tells under what time to send it. */
    long due(long endMillis) throws InterruptedException {
        if (speed == Double.POSITIVE_INFINITY) {
            return endMillis;
        }
        if (!begun) {
            begun = true;
            firstRecordMillis = endMillis;
            firstSentMillis = clock.millis();
        }
        long dueMillis = firstSentMillis + (long) ((endMillis - firstRecordMillis) / speed);
        long waitMillis = dueMillis - clock.millis();
        if (waitMillis >= SHORTEST_SLEEP_MILLIS) {
            sleeper.sleep(waitMillis);
        }
        return shifted ? endMillis - firstRecordMillis + firstSentMillis : endMillis;
    }
}
