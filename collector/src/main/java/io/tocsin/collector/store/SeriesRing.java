/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one series: windows, and before them rollups, each tier longer and older than the one before. What goes from one to the
 * next goes in one step, so that a reader sees it once. Thread-safe; written by the partition's thread.
 */
final class SeriesRing {
    final String tenant;
    final SeriesKey key;
    private final TreeMap<Long, SeriesWindow> windows = new TreeMap<>(); // guarded by this
    private final List<TreeMap<Long, SeriesRollup>> rollups = new ArrayList<>(RollupTier.COUNT); // guarded by this
    /** Start of the newest window that went on to the rollups. */
    private long movedThrough = Long.MIN_VALUE;

    private volatile SeriesTotals totals = new SeriesTotals(0, 0, 0);

    private volatile boolean forgotten;

    SeriesRing(String tenant, SeriesKey key) {
        this.tenant = tenant;
        this.key = key;
        for (int tier = 0; tier < RollupTier.COUNT; tier++) {
            rollups.add(new TreeMap<>());
        }
    }

    void forget() {
        forgotten = true;
    }

    /** The series came back. */
    void live() {
        forgotten = false;
    }

    /** Nothing in it, and nothing will come. */
    boolean isOver() {
        return forgotten && isEmpty();
    }

    /** It lives, or has not been gone for long. */
    boolean isCurrent() {
        return !forgotten || hasWindows();
    }

    /** Whether a window that starts there went on already, so that a correction of it comes too late. */
    boolean hasMoved(long startMillis) {
        return startMillis <= movedThrough;
    }

    /** Returns by how many bytes it grew. */
    synchronized long put(SeriesWindow window) {
        SeriesWindow before = windows.put(window.startMillis(), window);
        return (long) window.memoryBytes() - (before == null ? 0 : before.memoryBytes());
    }

    /**
     * A window goes on to the first tier.
     *
     * @return by how many bytes the rollups grew
     */
    synchronized Moved moveWindow(long startMillis, RollupTier to) {
        SeriesWindow window = windows.remove(startMillis);
        if (window == null) {
            return Moved.NOTHING;
        }
        movedThrough = Math.max(movedThrough, startMillis);
        return add(to, startMillis, SeriesRollup.content(window), window.memoryBytes());
    }

    /** A rollup goes on to the next tier; without one it is gone. */
    synchronized Moved moveRollup(long startMillis, RollupTier from, @Nullable RollupTier to) {
        SeriesRollup rollup = rollups.get(from.number).remove(startMillis);
        if (rollup == null) {
            return Moved.NOTHING;
        }
        return to == null
                ? new Moved(rollup.memoryBytes(), 0, false)
                : add(to, startMillis, rollup.content(), rollup.memoryBytes());
    }

    /**
     * What a move did.
     *
     * @param freedBytes where it was
     * @param grownBytes where it went
     * @param begun nothing was there before
     */
    record Moved(long freedBytes, long grownBytes, boolean begun) {
        static final Moved NOTHING = new Moved(0, 0, false);
    }

    private Moved add(RollupTier to, long startMillis, SeriesRollup.Content content, long freedBytes) {
        TreeMap<Long, SeriesRollup> tier = rollups.get(to.number);
        long start = to.startOf(startMillis);
        SeriesRollup before = tier.get(start);
        int window = (int) ((startMillis - start) / SeriesWindow.LENGTH_MILLIS);
        SeriesRollup.Content all =
                (before == null ? SeriesRollup.Content.empty() : before.content()).and(content, window);
        SeriesRollup after = SeriesRollup.of(start, to.lengthMillis, all);
        tier.put(start, after);
        long grown = (long) after.memoryBytes() - (before == null ? 0 : before.memoryBytes());
        return new Moved(freedBytes, grown, before == null);
    }

    private synchronized boolean isEmpty() {
        return windows.isEmpty() && rollups.stream().allMatch(TreeMap::isEmpty);
    }

    private synchronized boolean hasWindows() {
        return !windows.isEmpty();
    }

    void visit(long fromMillis, long toMillis, Consumer<SeriesWindow> visitor) {
        List<SeriesWindow> found;
        synchronized (this) {
            found = List.copyOf(windows.subMap(fromMillis, toMillis).values());
        }
        found.forEach(visitor);
    }

    /** Rollups and windows of one moment, oldest first. */
    void visit(long fromMillis, long toMillis, Consumer<SeriesRollup> rollupVisitor, Consumer<SeriesWindow> visitor) {
        List<SeriesRollup> old = new ArrayList<>();
        List<SeriesWindow> found;
        synchronized (this) {
            for (int tier = rollups.size() - 1; tier >= 0; tier--) {
                old.addAll(rollups.get(tier).subMap(fromMillis, toMillis).values());
            }
            found = List.copyOf(windows.subMap(fromMillis, toMillis).values());
        }
        old.forEach(rollupVisitor);
        found.forEach(visitor);
    }

    SeriesTotals totals() {
        return totals;
    }

    void totals(SeriesTotals now) {
        totals = now;
    }
}
