/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.partition.LocalPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Backups of a collector that runs: one at a time, on a thread of its own. Ingest and engines go on; what is held up is the removal of old files of the journal. Thread-safe.
 */
public final class Backups implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Backups.class.getName());
    private static final long CLOSE_WAIT_MILLIS = 5_000;

    /** Hears of one backup, on its thread. */
    public interface Caller {
        /** Nobody wants it any more. */
        boolean isGone();

        /** So many bytes of about so many are in it. */
        void come(long bytes, long allBytes);

        void done(BackupResult result);

        void failed(Exception e);
    }

    private final BackupSettings settings;
    private final Supplier<List<LocalPartition>> partitions;
    private final InstantSource clock;
    private final String build;
    private final BackupCounters counters = new BackupCounters();
    private final Object lock = new Object();
    private @Nullable Thread running; // guarded by lock
    private volatile boolean closed;

    /**
     * @param partitions all there are; those in memory are not copied
     * @param build version, for whoever finds a backup
     */
    public Backups(
            BackupSettings settings, Supplier<List<LocalPartition>> partitions, InstantSource clock, String build) {
        this.settings = settings;
        this.partitions = partitions;
        this.clock = clock;
        this.build = build;
        settings.root().ifPresent(root -> counters.lastDoneMillis = BackupNote.newestMillis(root));
    }

    /** Whether there is something on disk to copy. */
    public boolean hasData() {
        return settings.data().isPresent();
    }

    /** Whether there is a place for them. */
    public boolean isOn() {
        return settings.root().isPresent();
    }

    public BackupCounters counters() {
        return counters;
    }

    /**
     * Begins one; false if another runs, or the collector stops.
     *
     * @param to a folder below the root that is not there, or empty; relative to the root or absolute
     * @throws IllegalArgumentException if it is somewhere else; says where it may be
     * @throws java.nio.file.FileAlreadyExistsException if something is there
     * @throws IOException if the place cannot be looked at
     * @throws IllegalStateException if there is nothing to copy, or no place for it
     */
    public boolean start(String to, Caller caller) throws IOException {
        Path root = settings.root().orElseThrow(() -> new IllegalStateException("backups are off"));
        Path data = settings.data().orElseThrow(() -> new IllegalStateException("all is in memory"));
        synchronized (lock) {
            if (running != null || closed) {
                return false;
            }
            BackupFolder folder = BackupFolder.of(to, root, data);
            Thread thread = new Thread(() -> run(folder, data, caller), "tocsin-backup");
            thread.setDaemon(true);
            running = thread;
            thread.start();
            return true;
        }
    }

    private void run(BackupFolder folder, Path data, Caller caller) {
        BackupResult result;
        try {
            result = copy(folder, data, caller);
        } catch (Throwable e) { // whatever it was, the next one must find its place free
            giveUp(folder);
            counters.failed.increment();
            over();
            LOG.log(WARNING, "the backup to " + folder.folder() + " came to nothing: " + e.getMessage());
            caller.failed(e instanceof Exception exception ? exception : new IOException(e));
            return;
        }
        counters.lastDoneMillis = result.takenMillis();
        counters.lastTookMillis = result.tookMillis();
        counters.lastBytes = result.bytes();
        counters.lastCopiedBytes = result.copiedBytes();
        counters.done.increment();
        over();
        caller.done(result);
    }

    private void over() {
        synchronized (lock) {
            running = null;
        }
    }

    private BackupResult copy(BackupFolder folder, Path data, Caller caller) throws IOException {
        long takenMillis = clock.millis();
        long begunNanos = System.nanoTime();
        List<LocalPartition> onDisk = partitions.get().stream()
                .filter(partition -> partition.log().isPresent())
                .toList();
        long allBytes = BackupRun.allBytes(onDisk);
        Path target = folder.begin();
        FileCopies copies = new FileCopies(data, target, settings.minFreeBytes(), telling(caller, allBytes));
        SortedMap<Integer, Long> through = new BackupRun(onDisk, target, copies).run();
        BackupNote.write(target, takenMillis, build, through);
        folder.finish();
        return new BackupResult(
                folder.folder(),
                takenMillis,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos),
                copies.bytes(),
                copies.copiedBytes(),
                through);
    }

    private LongConsumer telling(Caller caller, long allBytes) {
        long[] come = {0};
        return more -> {
            if (closed || caller.isGone()) {
                throw new CancellationException(closed ? "the collector stops" : "the caller has gone");
            }
            come[0] += more;
            caller.come(come[0], allBytes);
        };
    }

    private static void giveUp(BackupFolder folder) {
        try {
            folder.giveUp();
        } catch (IOException e) {
            LOG.log(WARNING, "what there is of the backup to " + folder.folder() + " could not be removed", e);
        }
    }

    /** One that runs is given up; waits for that, a while. */
    @Override
    public void close() {
        closed = true;
        Thread last;
        synchronized (lock) {
            last = running;
        }
        if (last != null) {
            try {
                last.join(CLOSE_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
