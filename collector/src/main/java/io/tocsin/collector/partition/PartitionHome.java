/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.InMemoryJournal;
import io.tocsin.collector.journal.Journal;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.journal.WrittenBefore;
import io.tocsin.collector.journal.segment.DurableFolder;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.journal.segment.SegmentLogCounters;
import io.tocsin.collector.store.disk.DiskStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a live partition's journal is, and what was in it when it was opened.
 *
 * @param store what is derived from the journal, on disk; empty: in memory
 * @param saved its checkpoints; empty: there are none, and never will be
 * @param disk what its log on disk did; all 0 in memory
 */
public record PartitionHome(
        int number,
        Journal journal,
        WrittenBefore before,
        Optional<DiskStore> store,
        Optional<SavedState> saved,
        SegmentLogCounters disk) {
    private static final int ENTRIES_AT_ONCE = 1_024;

    /** Nothing survives. */
    public static PartitionHome inMemory(int number, JournalSettings settings) {
        return new PartitionHome(
                number,
                new InMemoryJournal(),
                new WrittenBefore(number, settings),
                Optional.empty(),
                Optional.empty(),
                new SegmentLogCounters());
    }

    /** Opens all of a directory, and reads what their journals have after the newest checkpoints once. */
    public static List<PartitionHome> open(DataDirectory directory, PartitionSettings settings, Recovery recovery)
            throws IOException {
        List<PartitionHome> homes = new ArrayList<>();
        try {
            for (int number = 0; number < settings.livePartitions(); number++) {
                homes.add(open(directory.partition(number), number, settings, recovery));
            }
            return homes;
        } catch (IOException | RuntimeException e) {
            homes.forEach(PartitionHome::close);
            throw e;
        }
    }

    private static PartitionHome open(Path folder, int number, PartitionSettings settings, Recovery recovery)
            throws IOException {
        DataDirectory.Folders folders = DataDirectory.Folders.in(folder);
        DiskStore store = DiskStore.open(folders.store(), settings.store(), settings.disk());
        try {
            CheckpointFolder checkpoints = CheckpointFolder.open(folders.checkpoints());
            // what a store of before a checkpoint lacks would never be derived again
            Optional<Checkpoint> newest = checkpoints.newest(
                    header -> header.offset() <= store.flushedOffset(),
                    problem -> recovery.tell("partition " + number + ": " + problem));
            long after = newest.map(found -> found.header().offset()).orElse(0L);
            SegmentLog log = openLog(folders.journal(), number, settings, after, recovery);
            try {
                WrittenBefore before = new WrittenBefore(number, settings.journal());
                if (newest.isPresent()) {
                    before.restore(new StateReader(newest.get().state()));
                }
                read(log, after, before, recovery);
                trim(log, checkpoints, newest, settings.checkpoints());
                SavedState saved = new SavedState(checkpoints, newest, log);
                return new PartitionHome(number, log, before, Optional.of(store), Optional.of(saved), log.counters());
            } catch (IOException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** What could not go when the last checkpoint was taken, as its writer had stopped by then. */
    private static void trim(
            SegmentLog log, CheckpointFolder checkpoints, Optional<Checkpoint> newest, CheckpointSettings settings)
            throws IOException {
        long neededAfter = checkpoints.neededAfter();
        if (newest.isPresent() && neededAfter > 0) {
            long keptFromMillis = newest.get().header().engineMillis()
                    - settings.journalKept().toMillis();
            log.removeBefore(log.keptFrom(neededAfter + 1, settings.journalKeptBytes(), keptFromMillis));
            checkpoints.forgetBefore(log.firstOffset());
        }
    }

    private static SegmentLog openLog(
            Path folder, int number, PartitionSettings settings, long after, Recovery recovery) throws IOException {
        Path journal = DurableFolder.create(folder);
        long allBytes = sizeBytes(journal);
        long[] scanned = {0};
        SegmentLog log = SegmentLog.open(journal, settings.log(), after, bytes -> {
            scanned[0] += bytes;
            recovery.progress("checking the journal of partition " + number, scanned[0], allBytes);
        });
        log.damages().forEach(damage -> recovery.tell("journal of partition " + number + ": " + damage));
        String problem = "";
        if (log.forcedOffset() < after) {
            problem = "ends at entry " + log.forcedOffset() + ", though the newest checkpoint is of entry " + after
                    + "; put the missing files back, or take the checkpoints of later entries away";
        } else if (log.firstOffset() > after + 1) {
            problem = "begins at entry " + log.firstOffset() + ", and "
                    + (after == 0
                            ? "no checkpoint can be used"
                            : "the newest checkpoint that can be used is of entry " + after)
                    + "; put what is missing back from a backup, or begin with another data directory";
        }
        if (!problem.isEmpty()) {
            log.close();
            throw new IOException("the journal of partition " + number + " in " + journal + " " + problem);
        }
        return log;
    }

    /** Where its things are; empty: in memory. */
    public Optional<DataDirectory.Folders> folders() {
        return store.map(disk -> disk.folder().getParent()).map(DataDirectory.Folders::in);
    }

    /** Closes what it holds; to be called when its partition has stopped, or never began. */
    public void close() {
        journal.close();
        store.ifPresent(DiskStore::close);
    }

    private static void read(SegmentLog log, long after, WrittenBefore before, Recovery recovery) throws IOException {
        List<Entry> entries = new ArrayList<>(ENTRIES_AT_ONCE);
        long through = log.forcedOffset();
        try {
            for (long offset = after; offset < through; offset += entries.size()) {
                entries.clear();
                log.read(offset, ENTRIES_AT_ONCE, 0, entries);
                for (int i = 0; i < entries.size(); i++) {
                    before.read(offset + 1 + i, entries.get(i));
                }
                recovery.progress("reading the journal", offset - after, through - after);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the journal was read", e);
        }
    }

    private static long sizeBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }
}
