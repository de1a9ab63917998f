/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.Intake.CheckedBatch;
import io.tocsin.collector.journal.RejectedRecord;

/**
 * Lets a checked batch in, if the bytes in flight allow it and the journal has room, and counts what becomes of it.
 * Thread-safe.
 */
final class Admission {
    private final IngestCounters counters;

    Admission(IngestCounters counters) {
        this.counters = counters;
    }

    /** False: nothing was taken, {@code answers} will not be called, and silence of the tenant proves nothing now. */
    boolean submit(Intake intake, CheckedBatch batch, HeardProducer from, Intake.Answers answers) {
        int bytes = batch.bytes().length;
        if (counters.bytesInFlight.tryTake(bytes)) {
            if (intake.submit(batch, new Counted(bytes, batch.records(), from, answers))) {
                return true;
            }
            counters.bytesInFlight.give(bytes);
        }
        counters.addRefused(IngestCounters.Refused.FULL);
        intake.refused(batch.scope().tenant());
        return false;
    }

    /** Why there is no room just now. */
    String full(Intake intake) {
        String disk = intake.full();
        if (!disk.isEmpty()) {
            return disk + "; send it again later";
        }
        return "the collector has as much to do as it may: " + counters.bytesInFlight.bytes() + " of "
                + counters.bytesInFlight.limit()
                + " bytes in flight, or the journal's queue is full; send it again later";
    }

    /** One batch on its way. */
    private final class Counted implements Intake.Answers {
        private final int bytes;
        private final int records;
        private final HeardProducer from;
        private final Intake.Answers answers;

        Counted(int bytes, int records, HeardProducer from, Intake.Answers answers) {
            this.bytes = bytes;
            this.records = records;
            this.from = from;
            this.answers = answers;
        }

        @Override
        public void accepted(Answer answer) {
            counters.bytesInFlight.give(bytes);
            if (answer.alreadyAccepted()) {
                counters.duplicates.increment();
            } else {
                counters.accepted.add(records);
                from.took(records, answer);
                for (RejectedRecord rejected : answer.rejections()) {
                    counters.addRejected(rejected.reason(), 1);
                }
            }
            answers.accepted(answer);
        }

        @Override
        public void conflicting(long sequence) {
            counters.bytesInFlight.give(bytes);
            counters.addRefused(IngestCounters.Refused.CONFLICT);
            answers.conflicting(sequence);
        }

        @Override
        public void fenced(long sequence, long byEpoch) {
            counters.bytesInFlight.give(bytes);
            counters.addRefused(IngestCounters.Refused.FENCED);
            answers.fenced(sequence, byEpoch);
        }

        @Override
        public void refused(long sequence) {
            counters.bytesInFlight.give(bytes);
            counters.addRefused(IngestCounters.Refused.FULL);
            answers.refused(sequence);
        }

        @Override
        public void failed(long sequence, String reason) {
            counters.bytesInFlight.give(bytes);
            counters.addRefused(IngestCounters.Refused.FAILED);
            answers.failed(sequence, reason);
        }
    }
}
