/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.collector.store.SeriesWindow;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What the series that share some attributes did in a range, as a whole and by steps. Not thread-safe. */
final class OutcomeLine {
    private final Attributes key;
    private final ViewRange range;
    private final long stepMillis;
    private final OutcomeSums total = new OutcomeSums();
    private final TreeMap<Long, OutcomeSums> points = new TreeMap<>();
    /** Ten seconds of the range that have records. */
    private final BitSet seen = new BitSet();

    /**
     * Begins empty.
     *
     * @param stepMillis length of a point; 0: no points are wanted
     */
    OutcomeLine(Attributes key, ViewRange range, long stepMillis) {
        this.key = key;
        this.range = range;
        this.stepMillis = stepMillis;
    }

    /** All of these, which are of the same range and step, in one. */
    static OutcomeLine all(Collection<OutcomeLine> lines, ViewRange range, long stepMillis) {
        OutcomeLine all = new OutcomeLine(Attributes.NONE, range, stepMillis);
        for (OutcomeLine line : lines) {
            all.total.add(line.total);
            all.seen.or(line.seen);
            line.points.forEach((start, sums) ->
                    all.points.computeIfAbsent(start, s -> new OutcomeSums()).add(sums));
        }
        return all;
    }

    /** One of the same range that has nothing. */
    OutcomeLine none(Attributes of) {
        return new OutcomeLine(of, range, stepMillis);
    }

    /** Takes a window that has records. */
    void add(SeriesWindow window) {
        total.add(window);
        seen.set(range.windowAt(window.startMillis()));
        if (stepMillis > 0) {
            point(window.startMillis()).add(window);
        }
    }

    /** Takes ten seconds of many series. */
    void add(long startMillis, OutcomeSums sums) {
        total.add(sums);
        seen.set(range.windowAt(startMillis));
        if (stepMillis > 0) {
            point(startMillis).add(sums);
        }
    }

    /** Takes a rollup. It is in no point where points are finer than it is: nobody knows any more when in it what happened. */
    void add(SeriesRollup rollup) {
        total.add(rollup);
        int first = range.windowAt(rollup.startMillis());
        rollup.seen(window -> seen.set(first + window));
        if (stepMillis > 0 && stepMillis % rollup.lengthMillis() == 0) {
            point(rollup.startMillis()).add(rollup);
        }
    }

    private OutcomeSums point(long atMillis) {
        long from = range.fromMillis();
        long start = from + Math.floorDiv(atMillis - from, stepMillis) * stepMillis;
        return points.computeIfAbsent(start, s -> new OutcomeSums());
    }

    Attributes key() {
        return key;
    }

    OutcomeSums total() {
        return total;
    }

    /** By their start; steps without records are left out. */
    Map<Long, OutcomeSums> points() {
        return points;
    }

    long stepMillis() {
        return stepMillis;
    }

    /** Steps of the range that have records, as a share of those there are. */
    double coverageOfSteps() {
        BitSet steps = new BitSet();
        seen.stream().forEach(window -> steps.set((int) (window * SeriesWindow.LENGTH_MILLIS / stepMillis)));
        return range.coverage(steps, stepMillis);
    }

    /** Share of the ten-second windows that have records, 0 to 1. */
    double coverage() {
        return range.coverage(seen, SeriesWindow.LENGTH_MILLIS);
    }

    /** Per second of the range. */
    double rate() {
        return total.count / range.seconds();
    }
}
