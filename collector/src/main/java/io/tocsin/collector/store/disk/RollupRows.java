/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.store.SeriesRollup;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.rocksdb.WriteBatch;

/** Rollups on disk. Thread-safe. */
final class RollupRows {
    private final StoreDatabase store;

    RollupRows(StoreDatabase store) {
        this.store = store;
    }

    void put(WriteBatch batch, StoredSeries series, Resolution resolution, SeriesRollup rollup) {
        store.put(batch, resolution.family, resolution.key(series.number, rollup.startMillis()), rollup.bytes());
    }

    /** Visits rollups that start in [from, to), oldest first. Series close to each other by number are read fastest one after the other. */
    void scan(
            StoreDatabase.Cursor cursor,
            StoredSeries series,
            Resolution resolution,
            long fromMillis,
            long toMillis,
            Consumer<SeriesRollup> visitor) {
        scanStarts(cursor, series, resolution, fromMillis, toMillis, start -> {
            visitor.accept(SeriesRollup.read(start, resolution.lengthMillis, cursor.value()));
            return true;
        });
    }

    /** Visits their starts, while the visitor wants more. */
    void scanStarts(
            StoreDatabase.Cursor cursor,
            StoredSeries series,
            Resolution resolution,
            long fromMillis,
            long toMillis,
            LongPredicate starts) {
        long from = Math.max(0, resolution.ceil(fromMillis));
        long lastBucket = resolution.bucketOf(toMillis - 1);
        for (long bucket = resolution.bucketOf(from); bucket <= lastBucket; bucket++) {
            long begin = Math.max(from, bucket * resolution.bucketMillis);
            byte[] end = resolution.keyBehind(bucket, series.number);
            for (cursor.seek(resolution.key(series.number, begin)); cursor.isBefore(end); cursor.next()) {
                long start = resolution.startOf(cursor.key());
                if (start >= toMillis || !starts.test(start)) {
                    return;
                }
            }
        }
    }
}
