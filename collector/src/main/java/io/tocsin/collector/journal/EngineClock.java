/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock that ticks are made of: follows the wall clock while that runs evenly, never goes back, and goes on undisturbed when it jumps by more than
 * {@value #JUMP_MILLIS} ms. Thread-safe.
 */
public final class EngineClock implements InstantSource {
    /** Less than this is slewing, not a jump. */
    static final long JUMP_MILLIS = 2_000;

    private final InstantSource wall;
    private final LongSupplier monotonicNanos;
    private long lastWallMillis;
    private long lastMonotonicNanos;
    private long lastMillis;
    /** Engine minus wall. */
    private long offsetMillis;

    private long jumpedMillis;

    /**
     * @param monotonicNanos such as {@link System#nanoTime}: goes on evenly whatever happens to the wall clock
     */
    public EngineClock(InstantSource wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.lastWallMillis = wall.millis();
        this.lastMonotonicNanos = monotonicNanos.getAsLong();
        this.lastMillis = lastWallMillis;
    }

    /** Engine time has been this already: it does not go back behind it, whatever the wall clock shows. Before it is first read. */
    public synchronized void resume(long reachedMillis) {
        long behind = reachedMillis - lastMillis;
        if (behind > JUMP_MILLIS) {
            offsetMillis += behind;
            jumpedMillis -= behind;
        }
        lastMillis = Math.max(lastMillis, reachedMillis);
    }

    @Override
    public synchronized long millis() {
        long wallMillis = wall.millis();
        long nanos = monotonicNanos.getAsLong();
        long elapsedMillis = (nanos - lastMonotonicNanos) / 1_000_000;
        long jump = wallMillis - lastWallMillis - elapsedMillis;
        if (Math.abs(jump) > JUMP_MILLIS) {
            offsetMillis -= jump;
            jumpedMillis += jump;
        }
        lastWallMillis = wallMillis;
        lastMonotonicNanos = nanos;
        lastMillis = Math.max(lastMillis, wallMillis + offsetMillis);
        return lastMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /** By how much the wall clock has jumped since this was last asked; 0 if it did not. */
    synchronized long takeJumpMillis() {
        long jump = jumpedMillis;
        jumpedMillis = 0;
        return jump;
    }
}
