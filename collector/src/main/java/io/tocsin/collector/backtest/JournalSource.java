/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.segment.Damage;
import io.tocsin.collector.journal.segment.LogSnapshot;
import io.tocsin.collector.partition.DataDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a data directory, which a collector may be writing. It begins with the first entry ever, or, when the beginning of the journal was removed, behind the oldest
 * checkpoint that what is left of it can be gone on from. Reads only. Confined to one thread.
 */
public final class JournalSource implements EntrySource {
    private final int partition;
    private final LogSnapshot log;
    private final Optional<Checkpoint> before;
    private final long throughOffset;

    private JournalSource(int partition, LogSnapshot log, Optional<Checkpoint> before, long throughOffset) {
        this.partition = partition;
        this.log = log;
        this.before = before;
        this.throughOffset = throughOffset;
    }

    /** All that is there. */
    public static JournalSource open(int partition, DataDirectory.Folders folders) throws IOException {
        return open(partition, folders, Long.MAX_VALUE);
    }

    /**
     * The same, but nothing after an entry.
     *
     * @throws IOException if it cannot be read, or its beginning is gone and there is no checkpoint to begin with
     */
    public static JournalSource open(int partition, DataDirectory.Folders folders, long throughOffset)
            throws IOException {
        LogSnapshot log = LogSnapshot.open(folders.journal());
        try {
            Optional<Checkpoint> before = Optional.empty();
            if (log.firstOffset() > 1) {
                before = CheckpointFolder.oldest(folders.checkpoints(), log.firstOffset() - 1);
                skipTo(partition, log, before);
            }
            return new JournalSource(partition, log, before, throughOffset);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static void skipTo(int partition, LogSnapshot log, Optional<Checkpoint> before) throws IOException {
        String beginning = "the journal of partition " + partition + " begins at entry " + log.firstOffset() + ", and ";
        if (before.isEmpty()) {
            throw new IOException(beginning + "there is no checkpoint of that time or later: what was before is gone,"
                    + " and with it the series and rules that later entries speak of, so a backtest cannot begin");
        }
        long offset = before.get().header().offset();
        while (log.offset() < offset) {
            if (log.next() == null) {
                throw new IOException(beginning + "ends before entry " + offset
                        + ", where the oldest checkpoint is that a backtest could begin with");
            }
        }
    }

    @Override
    public Optional<Checkpoint> before() {
        return before;
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        return log.offset() < throughOffset ? log.next() : null;
    }

    @Override
    public long offset() {
        return log.offset();
    }

    @Override
    public double share() {
        return log.share();
    }

    /** What could not be read so far. */
    public List<Damage> damages() {
        return log.damages();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
