/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.segment.Damage;
import io.tocsin.collector.journal.segment.LogSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of a data directory, which a collector may be writing. Reads only. Confined to one thread. */
public final class JournalSource implements EntrySource {
    private final int partition;
    private final LogSnapshot log;
    private final long throughOffset;

    private JournalSource(int partition, LogSnapshot log, long throughOffset) {
        this.partition = partition;
        this.log = log;
        this.throughOffset = throughOffset;
    }

    /** All that is there. */
    public static JournalSource open(int partition, Path journal) throws IOException {
        return open(partition, journal, Long.MAX_VALUE);
    }

    /**
     * The same, but nothing after an entry.
     *
     * @throws IOException if it cannot be read, or its beginning is gone
     */
    public static JournalSource open(int partition, Path journal, long throughOffset) throws IOException {
        LogSnapshot log = LogSnapshot.open(journal);
        if (log.firstOffset() > 1) {
            log.close();
            throw new IOException("the journal of partition " + partition + " begins at entry " + log.firstOffset()
                    + "; what was before is gone, and with it the series and rules that later entries speak of,"
                    + " so a backtest cannot begin");
        }
        return new JournalSource(partition, log, throughOffset);
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
