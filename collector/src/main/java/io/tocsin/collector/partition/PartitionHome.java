/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

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
 * @param disk what its log on disk did; all 0 in memory
 */
public record PartitionHome(
        int number, Journal journal, WrittenBefore before, Optional<DiskStore> store, SegmentLogCounters disk) {
    private static final int ENTRIES_AT_ONCE = 1_024;

    /** Nothing survives. */
    public static PartitionHome inMemory(int number, JournalSettings settings) {
        return new PartitionHome(
                number,
                new InMemoryJournal(),
                new WrittenBefore(number, settings),
                Optional.empty(),
                new SegmentLogCounters());
    }

    /** Opens all of a directory, and reads their journals once. */
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
        Path journal = DurableFolder.create(folder.resolve(DataDirectory.JOURNAL));
        long allBytes = sizeBytes(journal);
        long[] scanned = {0};
        SegmentLog log = SegmentLog.open(journal, settings.log(), bytes -> {
            scanned[0] += bytes;
            recovery.progress("checking the journal of partition " + number, scanned[0], allBytes);
        });
        try {
            WrittenBefore before = read(log, new WrittenBefore(number, settings.journal()), recovery);
            log.damages().forEach(damage -> recovery.tell("journal of partition " + number + ": " + damage));
            DiskStore store = DiskStore.open(folder.resolve("store"), settings.store(), settings.disk());
            return new PartitionHome(number, log, before, Optional.of(store), log.counters());
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Closes what it holds; to be called when its partition has stopped, or never began. */
    public void close() {
        journal.close();
        store.ifPresent(DiskStore::close);
    }

    private static WrittenBefore read(SegmentLog log, WrittenBefore before, Recovery recovery) throws IOException {
        if (log.firstOffset() > 1) {
            throw new IOException("the journal begins at entry " + log.firstOffset()
                    + ", but this build can only start from the first one");
        }
        List<Entry> entries = new ArrayList<>(ENTRIES_AT_ONCE);
        long through = log.forcedOffset();
        try {
            for (long offset = 0; offset < through; offset += entries.size()) {
                entries.clear();
                log.read(offset, ENTRIES_AT_ONCE, 0, entries);
                for (int i = 0; i < entries.size(); i++) {
                    before.read(offset + 1 + i, entries.get(i));
                }
                recovery.progress("reading the journal", offset, through);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the journal was read", e);
        }
        return before;
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
