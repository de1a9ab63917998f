/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.tocsin.collector.backup.BackupCounters;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.store.disk.DiskStore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Shows what stores on disk count; read when somebody scrapes. Thread-safe. */
public final class StoreMeters {
    private final MeterRegistry registry;
    private final Meters meters;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
        this.meters = new Meters(registry);
    }

    /** A live partition's store on disk; all 0 if it is in memory. */
    public void store(LocalPartition store) {
        Tags tags = Tags.of("partition", Integer.toString(store.number()));
        meters.gauge("tocsin.store.disk.bytes", "bytes of the store's files", tags, store, of(DiskStore::bytes));
        meters.gauge(
                "tocsin.store.disk.windows.waiting",
                "sealed windows that wait to be written as rollups",
                tags,
                store,
                of(DiskStore::windowsWaiting));
        meters.counter("tocsin.store.disk.rollups", "rollups written", tags, store, of(DiskStore::rollups));
        meters.counter(
                "tocsin.store.disk.engine.waits",
                "times that the engine waited, because too many windows waited to be written",
                tags,
                store,
                of(DiskStore::engineWaits));
        meters.counter(
                "tocsin.store.disk.full.waits",
                "times that a write waited for room on the disk",
                tags,
                store,
                of(DiskStore::waits));
        meters.counter(
                "tocsin.store.disk.windows.unstored",
                "sealed windows of series beyond those that the store takes",
                tags,
                store,
                of(DiskStore::windowsUnstored));
        meters.counter(
                "tocsin.store.disk.groupings.given.up",
                "groupings that are not kept as groups, because they had too many",
                tags,
                store,
                of(DiskStore::groupingsGivenUp));
        meters.counter(
                "tocsin.store.disk.buckets.expired",
                "buckets of rollups that went for their age",
                tags,
                store,
                of(DiskStore::bucketsExpired));
        meters.counter(
                "tocsin.store.disk.buckets.dropped",
                "buckets of rollups that went before their time, for want of space",
                tags,
                store,
                of(DiskStore::bucketsDropped));
        meters.gauge(
                "tocsin.store.disk.sums.bytes",
                "bytes of sums kept in memory, of groups that were asked for and that no rule keeps, about",
                tags,
                store,
                of(DiskStore::sumsBytes));
        meters.counter(
                "tocsin.store.disk.sums.evicted",
                "groups asked for whose sums were not kept for the next question, for want of space",
                tags,
                store,
                of(DiskStore::sumsEvicted));
        meters.counter(
                "tocsin.store.disk.events.seen.again",
                "events that were derived again after a start and were stored already",
                tags,
                store,
                of(DiskStore::eventsSeenAgain));
        meters.counter(
                "tocsin.store.disk.events.different",
                "events derived again that are not as they were stored, or not derived again; the stored ones stay",
                tags,
                store,
                of(DiskStore::differentEvents));
        meters.counter(
                "tocsin.store.disk.events.expired",
                "events that went for their age or number",
                tags,
                store,
                of(DiskStore::expiredEvents));
        meters.counter(
                "tocsin.store.disk.alerts.ended",
                "stored alerts that were ended at a start, because the engine has not got them any more",
                tags,
                store,
                of(DiskStore::endedAlerts));
    }

    /** Copies of all that is on disk. */
    public void backups(BackupCounters counters) {
        String runs = "backups that were begun, by what became of them";
        meters.counter("tocsin.backups", runs, Tags.of("result", "done"), counters, BackupCounters::done);
        meters.counter("tocsin.backups", runs, Tags.of("result", "failed"), counters, BackupCounters::failed);
        TimeGauge.builder(
                        "tocsin.backup.last.success.timestamp",
                        counters,
                        TimeUnit.MILLISECONDS,
                        BackupCounters::lastDoneMillis)
                .description("when the newest backup that is whole was begun, since 1970; 0 while there is none")
                .register(registry);
        TimeGauge.builder(
                        "tocsin.backup.last.duration", counters, TimeUnit.MILLISECONDS, BackupCounters::lastTookMillis)
                .description("how long the last backup took that is whole")
                .register(registry);
        meters.gauge(
                "tocsin.backup.last.bytes",
                "bytes of the last backup that is whole",
                Tags.empty(),
                counters,
                BackupCounters::lastBytes);
        meters.gauge(
                "tocsin.backup.last.copied.bytes",
                "bytes of it that take room of their own",
                Tags.empty(),
                counters,
                BackupCounters::lastCopiedBytes);
    }

    private static ToDoubleFunction<LocalPartition> of(ToLongFunction<DiskStore> counter) {
        return partition -> partition.diskStore().map(counter::applyAsLong).orElse(0L);
    }
}
