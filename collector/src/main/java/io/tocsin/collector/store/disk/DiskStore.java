/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.DerivedState;
import io.tocsin.collector.store.PartitionStore;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.collector.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All that one partition keeps on disk beside its journal. Thread-safe. */
public final class DiskStore implements DerivedState, AutoCloseable {
    private final StoreDatabase database;
    private final DiskEventStore events;
    private final DiskSeriesStore series;
    private final EventStoreCounters eventCounters = new EventStoreCounters();
    private final RollupCounters rollupCounters = new RollupCounters();
    private final Object flushing = new Object();
    private boolean closed; // guarded by flushing
    private volatile long flushedOffset;

    private DiskStore(StoreDatabase database, StoreSettings settings, DiskSettings disk) throws IOException {
        this.database = database;
        this.events = new DiskEventStore(database, settings, disk, LogIdentity.open(database), eventCounters);
        this.series = new DiskSeriesStore(database, settings, disk, rollupCounters);
        this.flushedOffset = events.wholeOffset();
    }

    /**
     * Opens the store of that folder, makes it if there is none.
     *
     * @throws IOException if it is of a newer build, or cannot be read
     */
    public static DiskStore open(Path folder, StoreSettings settings, DiskSettings disk) throws IOException {
        return open(folder, settings, disk, StoreSchema.CURRENT);
    }

    static DiskStore open(Path folder, StoreSettings settings, DiskSettings disk, StoreSchema schema)
            throws IOException {
        StoreDatabase database = StoreDatabase.open(folder, schema);
        try {
            return new DiskStore(database, settings, disk);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw new IOException("the store " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private WindowSink windowSink() {
        return new WindowSink() {
            @Override
            public void publish(String tenant, SeriesKey key, SeriesWindow window, SeriesTotals totals) {
                series.publish(tenant, key, window, totals);
            }

            @Override
            public void resumed(String tenant, SeriesKey key, SeriesTotals totals) {
                series.resumed(tenant, key, totals);
            }

            @Override
            public void forget(String tenant, SeriesKey key) {
                series.forget(tenant, key);
            }

            @Override
            public boolean takesSealed() {
                return true;
            }

            @Override
            public void sealed(long startMillis, List<Sealed> windows) {
                series.sealed(startMillis, windows);
            }

            @Override
            public void sealedBefore(long minuteMillis) {
                series.sealedBefore(minuteMillis);
            }

            @Override
            public void time(long engineMillis) {
                series.time(engineMillis);
                events.time(engineMillis);
            }
        };
    }

    /** As the engine writes it and doors read it. */
    public PartitionStore view() {
        return new PartitionStore(series, windowSink(), events, events, events, series.recent());
    }

    /** By tenant: series that are kept as groups from the next minute on, beside those of the settings. Asked on the store's own thread. */
    public void groupings(Function<String, Collection<Grouping>> ofTenant) {
        series.groupings(ofTenant);
    }

    /** See {@link DiskEventStore#derivedBy}. */
    public void derivedBy(String by, long journalOffset) {
        events.derivedBy(by, journalOffset);
    }

    /** See {@link DiskEventStore#reconcile}. */
    public void reconcile(Set<String> openAlerts, long after, long offset, long engineMillis) {
        events.reconcile(openAlerts, after, offset, engineMillis);
    }

    @Override
    public long flushedOffset() {
        return flushedOffset;
    }

    @Override
    public void flush(long offset) {
        synchronized (flushing) {
            series.drain();
            events.through(offset);
            database.flush();
            flushedOffset = Math.max(flushedOffset, offset);
        }
    }

    /**
     * Makes a store of its own of what was derived so far, in a folder that is not there yet; by hard links where they are possible. Its files are forced. Takes up to seconds,
     * in which this one goes on.
     */
    public void copyTo(Path target) throws IOException {
        try {
            database.copyTo(target);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
        LogIdentity.mark(target);
    }

    /** Where it is. */
    public Path folder() {
        return database.folder();
    }

    /** Why it cannot be written at the moment; "" if it can. */
    public String problem() {
        return series.problem().isEmpty() ? database.problem() : series.problem();
    }

    /** Events derived again that are not as they were stored, or that were stored and were not derived again. */
    public long differentEvents() {
        return eventCounters.different.sum();
    }

    /** Events derived again. */
    public long eventsSeenAgain() {
        return eventCounters.seenAgain.sum();
    }

    /** Events that went because of their age or their number. */
    public long expiredEvents() {
        return eventCounters.expired.sum();
    }

    /** Alerts that were ended since the build that took over has not got them. */
    public long endedAlerts() {
        return eventCounters.ended.sum();
    }

    /** How often a write waited for room on the disk. */
    public long waits() {
        return database.waits();
    }

    /** Rollups written. */
    public long rollups() {
        return rollupCounters.rows.sum();
    }

    /** Windows that wait to become rollups. */
    public int windowsWaiting() {
        return series.waiting();
    }

    /** How often the engine waited, because too many windows did. */
    public long engineWaits() {
        return rollupCounters.engineWaits.sum();
    }

    /** Windows that found no place among series, because there were too many. */
    public long windowsUnstored() {
        return rollupCounters.unstored.sum();
    }

    /** Groupings that are not kept, because they had too many groups. */
    public long groupingsGivenUp() {
        return rollupCounters.groupingsGivenUp.sum();
    }

    /** Buckets of rollups that went because they were too old. */
    public long bucketsExpired() {
        return rollupCounters.bucketsExpired.sum();
    }

    /** Buckets of rollups that went before, for want of space. */
    public long bucketsDropped() {
        return rollupCounters.bucketsDropped.sum();
    }

    /** Groups asked for whose sums were not kept for the next question, for want of space. */
    public long sumsEvicted() {
        return rollupCounters.sumsEvicted.sum();
    }

    /** About how much memory sums of groups hold that were asked for. */
    public long sumsBytes() {
        return series.sumsBytes();
    }

    /** Of all files, as of the last ten minutes. */
    public long bytes() {
        return series.bytes();
    }

    /** Forces what was derived from entries up to that one, and closes. Nobody may write any more; nothing happens if it is closed. */
    public void close(long offset) {
        synchronized (flushing) {
            if (!closed) {
                flush(offset);
                close();
            }
        }
    }

    /** Forces all that was written, and closes. Nobody may write any more. */
    @Override
    public void close() {
        synchronized (flushing) {
            closed = true;
            series.close();
            database.close();
        }
    }
}
