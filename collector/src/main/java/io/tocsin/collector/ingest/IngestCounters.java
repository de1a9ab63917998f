/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.wire.BatchColumns;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came in and what became of it, since the start. Thread-safe. */
public final class IngestCounters {
    /** Why a batch or push was not taken. */
    public enum Refused {
        /** Too many bytes wait; told to come again. */
        FULL,
        /** Not to be read, or beyond a limit. */
        INVALID,
        /** Its sequence was used with other bytes. */
        CONFLICT,
        /** Its epoch is over. */
        FENCED,
        /** The journal cannot be written. */
        FAILED
    }

    final LongAdder streamsOpened = new LongAdder();
    final LongAdder streamsClosed = new LongAdder();
    final LongAdder streamsFailed = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder tracedRecords = new LongAdder();
    final LongAdder batchBytes = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder pushes = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder badDefinitions = new LongAdder();
    final LongAdder redefines = new LongAdder();
    final LongAdder unreadBatches = new LongAdder();
    final LongAdder correctedBatches = new LongAdder();
    private final Map<RejectedRecord.Reason, LongAdder> rejected = new EnumMap<>(RejectedRecord.Reason.class);
    private final Map<Refused, LongAdder> refused = new EnumMap<>(Refused.class);
    final BytesInFlight bytesInFlight;
    private final HeardProducers producers = new HeardProducers();

    public IngestCounters(IngestSettings settings) {
        bytesInFlight = new BytesInFlight(settings.maxBytesInFlight());
        for (RejectedRecord.Reason reason : RejectedRecord.Reason.values()) {
            rejected.put(reason, new LongAdder());
        }
        for (Refused reason : Refused.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    void addRejected(RejectedRecord.Reason reason, long records) {
        rejected.getOrDefault(reason, new LongAdder()).add(records);
    }

    void addRefused(Refused reason) {
        refused.getOrDefault(reason, new LongAdder()).increment();
    }

    /** The same by producer. */
    public HeardProducers producers() {
        return producers;
    }

    /** Streams that are open now. */
    public long streamsOpen() {
        return streamsOpened.sum() - streamsClosed.sum();
    }

    public long streamsOpened() {
        return streamsOpened.sum();
    }

    /** Streams that ended with an error of ours or the client's making. */
    public long streamsFailed() {
        return streamsFailed.sum();
    }

    /** Outcomes that came with a trace id, rejected ones included. */
    public long tracedRecords() {
        return tracedRecords.sum();
    }

    /** Counts those of a batch. */
    void countTraced(BatchColumns batch) {
        if (!batch.hasTraces()) {
            return;
        }
        int traced = 0;
        for (int row = 0; row < batch.outcomes(); row++) {
            traced += (batch.traceHigh()[row] | batch.traceLow()[row]) == 0 ? 0 : 1;
        }
        tracedRecords.add(traced);
    }

    /** Batches received on streams, refused and repeated ones included. */
    public long batches() {
        return batches.sum();
    }

    /** Bytes of those batches and of pushes. */
    public long batchBytes() {
        return batchBytes.sum();
    }

    /** Batches and pushes that had been accepted before. */
    public long duplicates() {
        return duplicates.sum();
    }

    public long pushes() {
        return pushes.sum();
    }

    /** Records in the journal; those of repeated batches once. */
    public long accepted() {
        return accepted.sum();
    }

    public long rejected(RejectedRecord.Reason reason) {
        return rejected.getOrDefault(reason, new LongAdder()).sum();
    }

    /** Batches and pushes that were not taken. */
    public long refused(Refused reason) {
        return refused.getOrDefault(reason, new LongAdder()).sum();
    }

    /** Definitions that were refused. */
    public long badDefinitions() {
        return badDefinitions.sum();
    }

    /** How often definitions were asked for again. */
    public long redefines() {
        return redefines.sum();
    }

    /** Batches left unread until definitions came; their producers send them again. */
    public long unreadBatches() {
        return unreadBatches.sum();
    }

    /** Batches whose record times were corrected, their producer's clock being off by more than a second. */
    public long correctedBatches() {
        return correctedBatches.sum();
    }

    /** Bytes received and not answered yet. */
    public long bytesInFlight() {
        return bytesInFlight.bytes();
    }
}
