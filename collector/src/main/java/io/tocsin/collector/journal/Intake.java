/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.partition.Position;
import io.tocsin.collector.trace.BatchTrail;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into a partition. Thread-safe, never blocks; what one caller submits keeps its order. */
public interface Intake {

    /** Takes the answer to a batch. Called on the journal's thread: must not block. */
    interface Answers {
        /** In the journal, forced. */
        void accepted(Answer answer);

        /** The sequence was used with other bytes; nothing was counted. */
        void conflicting(long sequence);

        /** The producer said Goodbye, and its later epoch has begun: nothing new of the earlier one is taken. */
        void fenced(long sequence, long byEpoch);

        /** There was no room for it when its turn came; nothing was taken, send it again later. */
        void refused(long sequence);

        /** The journal cannot be written any more; nothing was acknowledged. */
        void failed(long sequence, String reason);
    }

    /**
     * A batch, checked.
     *
     * @param scope what its ids mean
     * @param key decides duplicates together with {@code sequence}; equal to {@code scope} on a stream. Ignored if sequence is 0
     * @param sequence 1 or more; 0: no duplicate can be told
     * @param bytes an encoded {@code tocsin.v1.Batch}
     * @param contentHash of the bytes as received
     * @param latestRecordMillis latest record time among the accepted rows, corrected; 0 if none
     * @param records accepted rows
     * @param trail told of its way
     */
    record CheckedBatch(
            ProducerKey scope,
            ProducerKey key,
            long sequence,
            BatchForm form,
            byte[] bytes,
            long contentHash,
            List<RejectedRecord> rejections,
            long clockOffsetMillis,
            long receivedMillis,
            long earliestRecordMillis,
            long latestRecordMillis,
            int records,
            BatchTrail trail) {
        /** One that nobody follows. */
        public CheckedBatch(
                ProducerKey scope,
                ProducerKey key,
                long sequence,
                BatchForm form,
                byte[] bytes,
                long contentHash,
                List<RejectedRecord> rejections,
                long clockOffsetMillis,
                long receivedMillis,
                long earliestRecordMillis,
                long latestRecordMillis,
                int records) {
            this(
                    scope,
                    key,
                    sequence,
                    form,
                    bytes,
                    contentHash,
                    rejections,
                    clockOffsetMillis,
                    receivedMillis,
                    earliestRecordMillis,
                    latestRecordMillis,
                    records,
                    BatchTrail.NONE);
        }
    }

    /** False: as many bytes wait as may, or {@link #full}; nothing was taken, send it again later. */
    boolean submit(CheckedBatch batch, Answers answers);

    /** Why the journal has no room for batches; empty while it has. */
    String full();

    /** Definitions, before the first batch that uses them. False: too much waits. */
    boolean define(Entry.Definitions definitions);

    /** The producer is alive. */
    void heard(ProducerKey producer);

    /** The producer stops on purpose; what it sent before is taken. Completes when that is in the journal. */
    CompletableFuture<Position> goodbye(ProducerKey producer);

    /** Data of the tenant was refused just now. */
    void refused(String tenant);

    /** Writes a command: a rule, an acknowledgement. Completes when it is in the journal, forced. */
    CompletableFuture<Position> command(Entry command);

    /** Highest sequence up to which every batch of this producer was accepted; 0 if none. */
    long acceptedThrough(ProducerKey producer);
}
