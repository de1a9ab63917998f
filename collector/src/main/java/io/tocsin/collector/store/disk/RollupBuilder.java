/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.store.SeriesRollup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.rocksdb.WriteBatch;

/**
 * Makes rollups of what is sealed: minutes of their windows, hours of their minutes, which it reads back. Each row is written once, when its time is sealed; what is sealed again after a
 * restart and was written before is left as it is. Confined to the rollups' thread, the times through which rows are whole excepted.
 */
final class RollupBuilder {
    private static final int BATCH_ROWS = 4_096;

    private final StoreDatabase store;
    private final RollupRows rows;
    private final SeriesCatalog catalog;
    private final RollupCounters counters;
    private final Function<String, Collection<Grouping>> groupings;
    private final TreeMap<Long, PendingMinute> pending = new TreeMap<>();
    private volatile long minutesMillis;
    private volatile long hoursMillis;

    /** @param groupings by tenant: those that are kept as groups too */
    RollupBuilder(
            StoreDatabase store,
            SeriesCatalog catalog,
            RollupMark mark,
            Function<String, Collection<Grouping>> groupings,
            RollupCounters counters) {
        this.store = store;
        this.rows = new RollupRows(store);
        this.catalog = catalog;
        this.minutesMillis = mark.minutesMillis();
        this.hoursMillis = mark.hoursMillis();
        this.groupings = groupings;
        this.counters = counters;
    }

    /** Minutes before have all their rows; Long.MIN_VALUE if there never was one. */
    long minutesMillis() {
        return minutesMillis;
    }

    /** Hours likewise. */
    long hoursMillis() {
        return hoursMillis;
    }

    void sealed(long startMillis, List<WindowSink.Sealed> windows) {
        if (startMillis >= minutesMillis) {
            long minute = Resolution.MINUTE.floor(startMillis);
            pending.computeIfAbsent(minute, PendingMinute::new).add(startMillis, windows, catalog);
        }
    }

    void sealedBefore(long beforeMillis) {
        if (beforeMillis <= minutesMillis) {
            return;
        }
        while (!pending.isEmpty() && pending.firstKey() < beforeMillis) {
            Map.Entry<Long, PendingMinute> oldest = pending.pollFirstEntry();
            hoursBefore(Resolution.HOUR.floor(oldest.getKey()));
            minute(oldest.getKey(), oldest.getValue());
        }
        hoursBefore(Resolution.HOUR.floor(beforeMillis));
        try (WriteBatch batch = new WriteBatch()) {
            for (String tenant : catalog.tenants()) {
                catalog.want(tenant, groupings.apply(tenant), beforeMillis, batch);
            }
            store.put(
                    batch,
                    Family.META,
                    RollupMark.KEY,
                    catalog.mark(beforeMillis, hoursMillis).bytes());
            store.write(batch);
        }
        minutesMillis = beforeMillis;
    }

    private void minute(long startMillis, PendingMinute minute) {
        long hour = Resolution.HOUR.floor(startMillis);
        try (WriteBatch batch = new WriteBatch()) {
            for (PendingMinute.Row row : minute.rows()) {
                catalog.seen(row.series(), hour, batch);
                put(batch, row.series(), row.resolution(), row.rollup());
            }
            store.write(batch);
        }
    }

    /** Series that had records in an hour that is over get its row. */
    private void hoursBefore(long beforeMillis) {
        if (beforeMillis <= hoursMillis) {
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            store.withCursor(Family.MINUTES, cursor -> {
                for (StoredSeries series : catalog.all()) {
                    long hour = series.lastHourMillis;
                    if (hour >= hoursMillis && hour < beforeMillis && hour != Long.MIN_VALUE) {
                        put(batch, series, Resolution.HOUR, hour(cursor, series, hour));
                    }
                }
            });
            store.write(batch);
        }
        hoursMillis = beforeMillis;
    }

    private SeriesRollup hour(StoreDatabase.Cursor cursor, StoredSeries series, long hourMillis) {
        SeriesRollup.Content[] all = {SeriesRollup.Content.empty()};
        rows.scan(cursor, series, Resolution.MINUTE, hourMillis, hourMillis + Resolution.HOUR.lengthMillis, minute -> {
            long place = (minute.startMillis() - hourMillis) / Resolution.TEN_SECONDS.lengthMillis;
            all[0] = all[0].and(minute, (int) place);
        });
        return SeriesRollup.of(hourMillis, Resolution.HOUR.lengthMillis, all[0]);
    }

    private void put(WriteBatch batch, StoredSeries series, Resolution resolution, SeriesRollup rollup) {
        rows.put(batch, series, resolution, rollup);
        counters.rows.increment();
        if (batch.count() >= BATCH_ROWS) {
            store.write(batch);
            batch.clear();
        }
    }
}
