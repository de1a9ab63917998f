/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.store.SeriesReader;
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

    /**
     * A range as it can be answered.
     *
     * @param stepMillis the range is widened to whole steps; 0: to what is kept whole of that time
     */
    static ViewRange of(QueryRange range, long stepMillis, Partition partition, long nowMillis) {
        SeriesReader series = partition.series();
        long from = QueryRange.floor(
                range.fromMillis(), stepMillis > 0 ? stepMillis : series.grainMillis(range.fromMillis()));
        long to = QueryRange.ceil(range.toMillis(), stepMillis > 0 ? stepMillis : series.grainMillis(range.toMillis()));
        long passed = partition.recording().isPresent() ? to : Math.min(to, nowMillis);
        return new ViewRange(from, to, Math.max(from, passed));
    }

    /** The same range so much earlier, as it can be answered: all of it has passed. */
    ViewRange earlier(long byMillis, Partition partition) {
        QueryRange before = new QueryRange(Math.max(0, fromMillis - byMillis), Math.max(0, toMillis - byMillis));
        ViewRange whole = of(before, 0, partition, Long.MAX_VALUE);
        return new ViewRange(whole.fromMillis, whole.toMillis, whole.toMillis);
    }

    long lengthMillis() {
        return toMillis - fromMillis;
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

    /** Share of the spans of that length that are seen. One that is still running counts only if it is seen: it may yet be. */
    double coverage(BitSet seen, long lengthMillis) {
        int over = (int) ((passedMillis - fromMillis) / lengthMillis);
        int running = seen.get(over, Math.max(over, seen.length())).cardinality();
        return over + running == 0 ? 0 : seen.cardinality() / (double) (over + running);
    }
}
