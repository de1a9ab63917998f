/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.journal.segment.LogFiles;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.store.disk.DiskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies partitions while they work. The order makes the copy one that a start can go on from:
 *
 * <ol>
 *   <li>nothing is removed from the journal from here on, so that all stays that a checkpoint needs;
 *   <li>checkpoints: each was written when the store had been flushed up to it, so the store that is copied next has reached them;
 *   <li>the store, as of one moment: what is in it was derived from entries that had been forced;
 *   <li>the journal last, so that it has these entries and, since they were forced before they were acknowledged, all that had been acknowledged before.
 * </ol>
 *
 * <p>Confined to one thread.
 */
final class BackupRun {
    private static final int CHECKPOINT_TRIES = 10;

    private final List<LocalPartition> partitions;
    private final Path target;
    private final FileCopies copies;
    private final SortedMap<Integer, Long> through = new TreeMap<>();

    /** @param partitions those that are on disk */
    BackupRun(List<LocalPartition> partitions, Path target, FileCopies copies) {
        this.partitions = partitions;
        this.target = target;
        this.copies = copies;
    }

    /** About how much there is to bring. */
    static long allBytes(List<LocalPartition> partitions) throws IOException {
        long sum = 0;
        for (LocalPartition partition : partitions) {
            SegmentLog log = partition.log().orElseThrow();
            sum += log.sizeBytes() + FileCopies.sizeBytes(store(partition).folder());
        }
        return sum;
    }

    /** By partition, the last entry that is in the copy at least. */
    SortedMap<Integer, Long> run() throws IOException {
        for (LocalPartition partition : partitions) {
            DataDirectory.Folders to = DataDirectory.folders(target, partition.number());
            Files.createDirectories(to.checkpoints());
            Files.createDirectories(to.journal());
            try (SegmentLog.Kept kept = partition.log().orElseThrow().keepAll()) {
                checkpoints(partition.checkpoints().orElseThrow(), to.checkpoints());
                store(store(partition), to.store());
                through.put(partition.number(), journal(kept.files(), to.journal()));
            }
        }
        DataDirectory.writeLayout(target, partitions.size());
        return through;
    }

    private static DiskStore store(LocalPartition partition) {
        return partition.diskStore().orElseThrow();
    }

    /** All there are, older ones for backtests too. They may be followed by others, and removed, while this looks. */
    private void checkpoints(CheckpointFolder from, Path to) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                for (Path file : from.files()) {
                    Path copy = to.resolve(file.getFileName());
                    if (Files.notExists(copy)) {
                        copies.bringWhole(file, copy, Files.size(file));
                    }
                }
                return;
            } catch (NoSuchFileException e) {
                if (tries == CHECKPOINT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void store(DiskStore from, Path to) throws IOException {
        copies.requireRoomUnlessLinked(FileCopies.sizeBytes(from.folder()));
        from.copyTo(to);
        copies.noteFolder(to);
    }

    private long journal(LogFiles from, Path to) throws IOException {
        for (LogFiles.Part part : from.parts()) {
            Path copy = to.resolve(part.file().getFileName());
            if (part.mayGrow()) {
                copies.copy(part.file(), copy, part.bytes());
            } else {
                copies.bringWhole(part.file(), copy, part.bytes());
            }
        }
        from.writeMark(to);
        return from.forcedOffset();
    }
}
