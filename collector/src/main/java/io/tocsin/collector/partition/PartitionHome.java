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
import io.tocsin.collector.plugin.DetectorCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a live partition's journal is, and what was in it when it was opened.
 *
 * @param eventLog see {@link io.tocsin.collector.store.EventLog#id}
 * @param disk what its log on disk did; all 0 in memory
 */
public record PartitionHome(int number, Journal journal, WrittenBefore before, long eventLog, SegmentLogCounters disk) {
    private static final int ENTRIES_AT_ONCE = 1_024;

    /** Nothing survives. */
    public static PartitionHome inMemory(int number, JournalSettings settings) {
        return new PartitionHome(
                number,
                new InMemoryJournal(),
                new WrittenBefore(number, settings),
                new SecureRandom().nextLong(),
                new SegmentLogCounters());
    }

    /** Opens all of a directory, and reads their journals once. */
    public static List<PartitionHome> open(
            DataDirectory directory,
            PartitionSettings settings,
            DetectorCatalog catalog,
            String build,
            Recovery recovery)
            throws IOException {
        List<PartitionHome> homes = new ArrayList<>();
        try {
            for (int number = 0; number < settings.livePartitions(); number++) {
                String decides = build + "\n" + new TreeMap<>(catalog.hashes()) + "\n" + settings.engine();
                homes.add(open(directory.partition(number), number, settings, decides, recovery));
            }
            return homes;
        } catch (IOException | RuntimeException e) {
            homes.forEach(home -> home.journal().close());
            throw e;
        }
    }

    private static PartitionHome open(
            Path folder, int number, PartitionSettings settings, String decides, Recovery recovery) throws IOException {
        Path journal = DurableFolder.create(folder.resolve(DataDirectory.JOURNAL));
        long allBytes = sizeBytes(journal);
        long[] scanned = {0};
        SegmentLog log = SegmentLog.open(journal, settings.log(), bytes -> {
            scanned[0] += bytes;
            recovery.progress("checking the journal of partition " + number, scanned[0], allBytes);
        });
        try {
            WrittenBefore before = read(log, new WrittenBefore(number, settings.journal()), recovery);
            StringBuilder lost = new StringBuilder();
            log.damages().forEach(damage -> {
                recovery.tell("journal of partition " + number + ": " + damage);
                if (damage.entries() > 0) {
                    lost.append('\n').append(damage.firstOffset()).append('-').append(damage.lastOffset());
                }
            });
            EventLogMark mark = EventLogMark.of(folder, decides + lost);
            if (mark.renewed()) {
                recovery.tell(
                        "partition " + number
                                + ": build, detectors, bounds or journal are not those of before, so events may differ; subscribers get a gap");
            }
            return new PartitionHome(number, log, before, mark.id(), log.counters());
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
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
