/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.journal.JournalWriter;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.store.DerivedState;
import java.io.IOException;
import java.util.Optional;

/** What a checkpoint means to a partition's journal and store on disk. Confined to the thread that writes checkpoints. */
final class KeptJournal implements Checkpointer.Surroundings {
    private final SegmentLog log;
    private final JournalWriter writer;
    private final Optional<? extends DerivedState> store;
    private final CheckpointSettings settings;
    private long keptFrom;

    KeptJournal(
            SegmentLog log, JournalWriter writer, Optional<? extends DerivedState> store, CheckpointSettings settings) {
        this.log = log;
        this.writer = writer;
        this.store = store;
        this.settings = settings;
    }

    @Override
    public void flush(long offset) {
        store.ifPresent(derived -> derived.flush(offset));
    }

    @Override
    public long trim(long neededAfter, long engineMillis) throws IOException {
        long from = log.keptFrom(
                neededAfter + 1,
                settings.journalKeptBytes(),
                engineMillis - settings.journalKept().toMillis());
        if (from > keptFrom) {
            keptFrom = from;
            writer.removeBefore(from);
        }
        return keptFrom;
    }
}
