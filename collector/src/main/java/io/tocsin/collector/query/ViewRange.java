/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.store.SeriesWindow;
import java.util.BitSet;

/**
 * A range of whole windows, and how much of it has passed. Immutable.
 *
 * @param fromMillis a multiple of ten seconds
 * @param toMillis likewise; live, the last window may still be running
 * @param passedMillis the end of what has passed
 */
record ViewRange(long fromMillis, long toMillis, long passedMillis) {

    static ViewRange of(QueryRange range, long stepMillis, Partition partition, long nowMillis) {
        QueryRange whole = range.widened(Math.max(stepMillis, SeriesWindow.LENGTH_MILLIS));
        long passed = partition.recording().isPresent() ? whole.toMillis() : Math.min(whole.toMillis(), nowMillis);
        return new ViewRange(whole.fromMillis(), whole.toMillis(), Math.max(whole.fromMillis(), passed));
    }

    /** Length of what has passed, at least a millisecond. */
    double seconds() {
        return Math.max(1, passedMillis - fromMillis) / 1e3;
    }

    /** Length of what has passed of a step, at least a second: a rate over less says nothing. */
    double secondsOf(long stepStartMillis, long stepMillis) {
        long end = Math.min(stepStartMillis + stepMillis, passedMillis);
        return Math.max(1_000, end - stepStartMillis) / 1e3;
    }

    /** Number of the window that starts there. */
    int windowAt(long startMillis) {
        return (int) ((startMillis - fromMillis) / SeriesWindow.LENGTH_MILLIS);
    }

    /** Share of the windows that are seen. One that is still running counts only if it is seen: it may yet be. */
    double coverage(BitSet seen) {
        int over = windowAt(passedMillis);
        int running = seen.get(over, Math.max(over, seen.length())).cardinality();
        return over + running == 0 ? 0 : seen.cardinality() / (double) (over + running);
    }
}
