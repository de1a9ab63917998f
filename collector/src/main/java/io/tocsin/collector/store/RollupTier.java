/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rollups of one length: which series have one at a start, so that the oldest can go on. Confined to the partition's thread. */
final class RollupTier {
    /** What becomes of what is older than windows are kept: lengths, and how long each is kept at most. */
    static List<RollupTier> all(StoreSettings settings) {
        return List.of(
                new RollupTier(0, 60_000, settings.minutesKept()),
                new RollupTier(1, 300_000, settings.fiveMinutesKept()),
                new RollupTier(2, 1_800_000, settings.halfHoursKept()));
    }

    /** Minutes alone, a little longer than windows. */
    static List<RollupTier> recent(StoreSettings settings) {
        return List.of(new RollupTier(0, 60_000, settings.windowsKept().plusMillis(60_000)));
    }

    static final int COUNT = 3;

    final int number;
    final long lengthMillis;
    final long keptMillis;
    private final TreeMap<Long, List<SeriesRing>> byStart = new TreeMap<>();
    /** What starts before is not in this tier any more. */
    volatile long beginsMillis = Long.MIN_VALUE;

    private RollupTier(int number, long lengthMillis, Duration kept) {
        this.number = number;
        this.lengthMillis = lengthMillis;
        this.keptMillis = kept.toMillis();
    }

    long startOf(long millis) {
        return Math.floorDiv(millis, lengthMillis) * lengthMillis;
    }

    void added(long startMillis, SeriesRing ring) {
        byStart.computeIfAbsent(startMillis, s -> new ArrayList<>()).add(ring);
    }

    boolean isEmpty() {
        return byStart.isEmpty();
    }

    boolean hasOlderThan(long millis) {
        return !byStart.isEmpty() && byStart.firstKey() + lengthMillis <= millis;
    }

    /** Takes its oldest out of the list; what the series have there is the caller's to move. */
    Map.Entry<Long, List<SeriesRing>> pollOldest() {
        Map.Entry<Long, List<SeriesRing>> oldest = byStart.pollFirstEntry();
        beginsMillis = Math.max(beginsMillis, oldest.getKey() + lengthMillis);
        return oldest;
    }
}
