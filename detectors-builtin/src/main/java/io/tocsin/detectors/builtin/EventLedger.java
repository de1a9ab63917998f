/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts events and bad events by second, and knows exactly how many there were in any of some rolling windows, late events in their own
 * second.
 *
 * <p>Idea: a total since the start, and {@link SnapshotRing rings} of what the total was at past instants; a window is one subtraction.
 * A late event raises the total and all snapshots after its second, so it is in every window that holds its second, and in no other.
 *
 * <p>Windows end with the current second and hold it. The old edge of a window is rounded down to the step of its ring, which is at
 * most 1/120 of the window: a window may see up to that much more, never less. Windows up to 240 s are exact.
 *
 * <p>Events ahead of now, at most {@value #AHEAD_SECONDS} s, wait for their second; further ones count now.
 */
final class EventLedger {
    /** The collector refuses what is further ahead. */
    static final int AHEAD_SECONDS = 600;

    private static final int[] RING_STEPS = {1, 5, 30, 300, 3600, 21_600};
    private static final int STEPS_PER_WINDOW = 120;
    private static final long NEVER = Long.MIN_VALUE;

    private final SnapshotRing[] rings;
    /** By second; made with the first event that is ahead, which most groups never see. */
    private long[] aheadAll = {};

    private long[] aheadBad = {};
    private long ahead;
    private long nowSecond = NEVER;
    private long sinceSecond = NEVER;
    private long all;
    private long bad;

    /** @param windowSeconds all windows that will be asked for, each 1 s or more */
    EventLedger(long... windowSeconds) {
        long[] longest = new long[RING_STEPS.length];
        for (long window : windowSeconds) {
            int ring = ringFor(window);
            longest[ring] = Math.max(longest[ring], window);
        }
        rings = new SnapshotRing[RING_STEPS.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new SnapshotRing(RING_STEPS[i], longest[i] == 0 ? 0 : (int) (longest[i] / RING_STEPS[i]) + 2);
        }
    }

    private static int ringFor(long windowSeconds) {
        int ring = 0;
        while (ring + 1 < RING_STEPS.length && RING_STEPS[ring + 1] * (long) STEPS_PER_WINDOW <= windowSeconds) {
            ring++;
        }
        return ring;
    }

    /** Moves on to a second. Never back: an earlier one changes nothing. */
    void advance(long second) {
        if (nowSecond == NEVER) {
            nowSecond = second;
            sinceSecond = second;
        }
        while (ahead > 0 && nowSecond < second) {
            moveTo(nowSecond + 1);
        }
        if (nowSecond < second) {
            moveTo(second);
        }
    }

    private void moveTo(long second) {
        for (SnapshotRing ring : rings) {
            ring.advance(nowSecond, second, all, bad);
        }
        nowSecond = second;
        if (ahead > 0) {
            int slot = Math.floorMod(second, aheadAll.length);
            all += aheadAll[slot];
            bad += aheadBad[slot];
            ahead -= aheadAll[slot];
            aheadAll[slot] = 0;
            aheadBad[slot] = 0;
        }
    }

    /** Adds events of a second; the ledger must have been moved on to now before. */
    void add(long second, long allOfIt, long badOfIt) {
        long lead = second - nowSecond;
        if (lead > 0 && lead <= AHEAD_SECONDS) {
            makeAhead();
            int slot = Math.floorMod(second, aheadAll.length);
            aheadAll[slot] += allOfIt;
            aheadBad[slot] += badOfIt;
            ahead += allOfIt;
            return;
        }
        all += allOfIt;
        bad += badOfIt;
        if (lead < 0) {
            for (SnapshotRing ring : rings) {
                ring.addLate(second, nowSecond, allOfIt, badOfIt);
            }
            sinceSecond = Math.min(sinceSecond, second);
        }
    }

    private void makeAhead() {
        if (aheadAll.length == 0) {
            aheadAll = new long[AHEAD_SECONDS + 1];
            aheadBad = new long[AHEAD_SECONDS + 1];
        }
    }

    /** Events in the last so many seconds, the current one included. */
    long all(long windowSeconds) {
        return all - rings[ringFor(windowSeconds)].allBefore(nowSecond - windowSeconds + 1);
    }

    /** Bad events in the last so many seconds, the current one included. */
    long bad(long windowSeconds) {
        return bad - rings[ringFor(windowSeconds)].badBefore(nowSecond - windowSeconds + 1);
    }

    boolean hasBegun() {
        return nowSecond != NEVER;
    }

    /** How long there has been data, at most so many seconds. */
    long observedSeconds(long atMost) {
        return hasBegun() ? Math.min(atMost, nowSecond - sinceSecond + 1) : 0;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(nowSecond);
        out.writeLong(sinceSecond);
        out.writeLong(all);
        out.writeLong(bad);
        out.writeLong(ahead);
        if (ahead > 0) {
            for (int slot = 0; slot < aheadAll.length; slot++) {
                out.writeLong(aheadAll[slot]);
                out.writeLong(aheadBad[slot]);
            }
        }
        for (SnapshotRing ring : rings) {
            ring.save(nowSecond, all, bad, out);
        }
    }

    void restore(DataInput in) throws IOException {
        nowSecond = in.readLong();
        sinceSecond = in.readLong();
        all = in.readLong();
        bad = in.readLong();
        ahead = in.readLong();
        if (ahead > 0) {
            makeAhead();
            for (int slot = 0; slot < aheadAll.length; slot++) {
                aheadAll[slot] = in.readLong();
                aheadBad[slot] = in.readLong();
            }
        }
        for (SnapshotRing ring : rings) {
            ring.restore(nowSecond, all, bad, in);
        }
    }
}
