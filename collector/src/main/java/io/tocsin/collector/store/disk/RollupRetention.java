/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.util.EnumMap;
import java.util.Map;
import org.rocksdb.WriteBatch;

/**
 * Lets old rollups go, whole buckets at a time, while all else goes on: those that are too old, and while all files together are too large the oldest of the finest. The newest bucket of
 * each resolution stays. Writing is confined to the rollups' thread, reading is thread-safe.
 */
final class RollupRetention {
    private static final long EVERY_MILLIS = 600_000;

    private final StoreDatabase store;
    private final SeriesCatalog catalog;
    private final Map<Resolution, Long> keptMillis = new EnumMap<>(Resolution.class);
    private final long maxBytes;
    private final RollupCounters counters;
    /** By number of the resolution: what starts before is gone; Long.MAX_VALUE if there is nothing. */
    private volatile Map<Resolution, Long> begins = Map.of();

    private long enforcedMillis = Long.MIN_VALUE;
    private volatile long bytes;

    RollupRetention(StoreDatabase store, SeriesCatalog catalog, DiskSettings settings, RollupCounters counters) {
        this.store = store;
        this.catalog = catalog;
        this.keptMillis.put(Resolution.TEN_SECONDS, settings.tenSecondsKept().toMillis());
        this.keptMillis.put(Resolution.MINUTE, settings.minutesKept().toMillis());
        this.keptMillis.put(Resolution.HOUR, settings.hoursKept().toMillis());
        this.maxBytes = settings.maxBytes();
        this.counters = counters;
        look();
    }

    private void look() {
        Map<Resolution, Long> found = new EnumMap<>(Resolution.class);
        long all = 0;
        for (Resolution resolution : Resolution.values()) {
            long[] first = {Long.MAX_VALUE};
            store.scan(resolution.family, new byte[0], new byte[] {-1}, (key, value) -> {
                first[0] = Resolution.bucketOf(key) * resolution.bucketMillis;
                return false;
            });
            found.put(resolution, first[0]);
        }
        for (Family family : Family.values()) {
            all += store.bytes(family);
        }
        begins = Map.copyOf(found);
        bytes = all;
    }

    /** Rollups of that resolution that start before are not kept; Long.MAX_VALUE if there are none at all. */
    long beginsMillis(Resolution resolution) {
        return begins.getOrDefault(resolution, Long.MAX_VALUE);
    }

    /** Bytes of all files, rollups and all else, as of the last ten minutes. */
    long bytes() {
        return bytes;
    }

    /** Engine time, or record time that is sealed. */
    void enforce(long nowMillis) {
        if (enforcedMillis != Long.MIN_VALUE && nowMillis - enforcedMillis < EVERY_MILLIS) {
            return;
        }
        enforcedMillis = nowMillis;
        look();
        for (Resolution resolution : Resolution.values()) {
            long oldest = resolution.bucketOf(beginsMillis(resolution));
            long kept = resolution.bucketOf(nowMillis - keptMillis.getOrDefault(resolution, Long.MAX_VALUE));
            if (beginsMillis(resolution) != Long.MAX_VALUE && oldest < kept) {
                counters.bucketsExpired.add(kept - oldest);
                drop(resolution, oldest, kept);
                if (resolution == Resolution.HOUR) {
                    forgetSeries(kept * resolution.bucketMillis);
                }
            }
        }
        if (bytes > maxBytes) {
            dropFinest(nowMillis);
        }
    }

    /** One bucket each time: the next look tells whether that was enough. */
    private void dropFinest(long nowMillis) {
        for (Resolution resolution : Resolution.values()) {
            long oldest = resolution.bucketOf(beginsMillis(resolution));
            if (beginsMillis(resolution) != Long.MAX_VALUE && oldest < resolution.bucketOf(nowMillis)) {
                counters.bucketsDropped.increment();
                drop(resolution, oldest, oldest + 1);
                return;
            }
        }
    }

    private void drop(Resolution resolution, long bucket, long untilBucket) {
        store.drop(resolution.family, resolution.bucketKey(bucket), resolution.bucketKey(untilBucket));
        look();
    }

    private void forgetSeries(long beforeMillis) {
        try (WriteBatch batch = new WriteBatch()) {
            catalog.forgetBefore(beforeMillis, batch);
            store.write(batch);
        }
    }
}
