/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.SeriesKey;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The windows of one series that are kept. Thread-safe; written by the partition's thread. */
final class SeriesRing {
    final String tenant;
    final SeriesKey key;
    private final TreeMap<Long, SeriesWindow> windows = new TreeMap<>(); // guarded by this
    private volatile SeriesTotals totals = new SeriesTotals(0, 0, 0);

    private volatile boolean forgotten;

    SeriesRing(String tenant, SeriesKey key) {
        this.tenant = tenant;
        this.key = key;
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

    /** Returns by how many bytes it grew. */
    synchronized long put(SeriesWindow window) {
        SeriesWindow before = windows.put(window.startMillis(), window);
        return (long) window.memoryBytes() - (before == null ? 0 : before.memoryBytes());
    }

    /** Returns how many bytes that frees. */
    synchronized long remove(long startMillis) {
        SeriesWindow removed = windows.remove(startMillis);
        return removed == null ? 0 : removed.memoryBytes();
    }

    private synchronized boolean isEmpty() {
        return windows.isEmpty();
    }

    void visit(long fromMillis, long toMillis, Consumer<SeriesWindow> visitor) {
        List<SeriesWindow> found;
        synchronized (this) {
            found = List.copyOf(windows.subMap(fromMillis, toMillis).values());
        }
        found.forEach(visitor);
    }

    SeriesTotals totals() {
        return totals;
    }

    void totals(SeriesTotals now) {
        totals = now;
    }
}
