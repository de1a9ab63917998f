/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.partition.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which sequences of one (tenant, producer, epoch) were accepted: a contiguous high-water mark, those beyond it, and the last answers. Confined to
 * the journal writer's thread.
 */
final class SequenceLedger {

    /** What is known of an accepted batch while its answer is kept. */
    record Kept(long contentHash, int length, Answer answer) {}

    /** How a sequence stands. */
    enum Standing {
        NEW,
        SAME,
        CONFLICTING,
        /** Accepted, but so long ago that its answer is gone. */
        FORGOTTEN,
        /** Below what is remembered beyond a gap: nobody can tell whether it was accepted. */
        UNKNOWN
    }

    private final int answersKept;
    private final Map<Long, Kept> kept = new HashMap<>();
    /** Accepted ones beyond the mark; never more than a sender has in flight, and counted in {@link #answersKept}. */
    private final TreeSet<Long> beyondMark = new TreeSet<>();

    private final TreeSet<Long> keptOrder = new TreeSet<>();
    private long mark;
    /** What was accepted beyond the mark is only remembered above this. */
    private long floor;

    private boolean ended;

    SequenceLedger(int answersKept) {
        this.answersKept = answersKept;
    }

    void save(StateWriter out) {
        out.writeSize(mark);
        out.writeSize(floor);
        out.writeBoolean(ended);
        out.writeSize(beyondMark.size());
        beyondMark.forEach(out::writeSize);
        out.writeSize(keptOrder.size());
        for (long sequence : keptOrder) {
            Kept known = kept.get(sequence);
            if (known == null) {
                throw new IllegalStateException("the answer of sequence " + sequence + " is in order but not kept");
            }
            out.writeSize(sequence);
            out.writeLong(known.contentHash());
            out.writeSize(known.length());
            out.writeSize(known.answer().position().offset());
            out.writeSize(known.answer().rejections().size());
            known.answer().rejections().forEach(rejected -> rejected.save(out));
        }
    }

    static SequenceLedger restore(int partition, int answersKept, StateReader in) throws IOException {
        SequenceLedger ledger = new SequenceLedger(answersKept);
        ledger.mark = in.readSize();
        ledger.floor = in.readSize();
        ledger.ended = in.readBoolean();
        for (int left = in.readCount(); left > 0; left--) {
            ledger.beyondMark.add(in.readSize());
        }
        for (int left = in.readCount(); left > 0; left--) {
            long sequence = in.readSize();
            long contentHash = in.readLong();
            int length = (int) in.readSize();
            Position position = new Position(partition, in.readSize());
            List<RejectedRecord> rejections = new ArrayList<>();
            for (int more = in.readCount(); more > 0; more--) {
                rejections.add(RejectedRecord.restore(in));
            }
            ledger.kept.put(sequence, new Kept(contentHash, length, new Answer(sequence, position, false, rejections)));
            ledger.keptOrder.add(sequence);
        }
        return ledger;
    }

    /** Every sequence up to this was accepted. */
    long mark() {
        return mark;
    }

    Standing standing(long sequence, long contentHash, int length) {
        Kept known = kept.get(sequence);
        if (known != null) {
            return known.contentHash == contentHash && known.length == length ? Standing.SAME : Standing.CONFLICTING;
        }
        if (sequence <= mark || beyondMark.contains(sequence)) {
            return Standing.FORGOTTEN;
        }
        return sequence <= floor ? Standing.UNKNOWN : Standing.NEW;
    }

    Optional<Answer> answer(long sequence) {
        return Optional.ofNullable(kept.get(sequence)).map(Kept::answer);
    }

    /** The producer is gone: what it should send after all was accepted, but its answers are not kept. */
    void forgetAnswers() {
        kept.clear();
        keptOrder.clear();
    }

    /** The producer said Goodbye: it has nothing more to send. */
    void end() {
        ended = true;
        forgetAnswers();
    }

    boolean hasEnded() {
        return ended;
    }

    void accept(long sequence, long contentHash, int length, Answer answer) {
        kept.put(sequence, new Kept(contentHash, length, answer));
        keptOrder.add(sequence);
        beyondMark.add(sequence);
        while (!beyondMark.isEmpty() && beyondMark.first() == mark + 1) {
            mark = beyondMark.pollFirst();
        }
        if (keptOrder.size() > answersKept) {
            kept.remove(keptOrder.pollFirst());
        }
        if (beyondMark.size() > answersKept) {
            // a sender that leaves a gap and goes on; what it sends below here is refused rather than taken twice
            floor = beyondMark.pollFirst();
        }
    }
}
