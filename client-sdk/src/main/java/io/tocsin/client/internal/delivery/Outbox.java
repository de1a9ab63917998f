/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.SendTrace;
import io.tocsin.client.internal.catalog.DefinitionSource;
import io.tocsin.client.internal.queue.RecordQueue;
import io.tocsin.client.internal.spill.Identity;
import io.tocsin.client.internal.spill.Spill;
import io.tocsin.client.internal.spill.SpillCounts;
import io.tocsin.client.internal.spill.SpilledBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes numbered batches of what is queued, and brings them into flight in order: at once, or by way of the spill, where there is one, which keeps each until it is
 * answered. Confined to the sender's thread.
 */
final class Outbox {
    /** Batches go to the spill before a collector has said what it takes; any that is not set to less takes eight times so many. */
    private static final int MAX_ROWS_UNWELCOMED = 8_192;
    /** So that a host that records without a pause does not keep the sender from sending. */
    private static final int SPILLED_A_TURN = 16;

    private final SenderSettings settings;
    private final RecordQueue queue;
    private final InFlight inFlight;
    private final Answers answers;
    private final BatchAssembler assembler;
    private final DefinitionSource catalog;
    private final GuardedTracing tracing;
    private final @Nullable Spill spill;

    private int maxRows;
    private long lastSequence;
    private long lastSealNanos;
    private long taken;
    private long acceptedThrough;
    private long unspilled;
    /** A batch that the disk did not take while others wait there: it comes after them. */
    private @Nullable SentBatch parked;

    private long leftInSpill;

    Outbox(
            SenderSettings settings,
            RecordQueue queue,
            InFlight inFlight,
            Answers answers,
            DefinitionSource catalog,
            GuardedTracing tracing,
            @Nullable Spill spill,
            long nowNanos) {
        this.settings = settings;
        this.queue = queue;
        this.inFlight = inFlight;
        this.answers = answers;
        this.assembler = new BatchAssembler(settings.producer(), tracing);
        this.catalog = catalog;
        this.tracing = tracing;
        this.spill = spill;
        this.maxRows =
                spill == null ? settings.maxBatchRecords() : Math.min(settings.maxBatchRecords(), MAX_ROWS_UNWELCOMED);
        this.lastSealNanos = nowNanos;
    }

    /** Reads what former incarnations left. */
    void open() {
        if (spill != null) {
            spill.open();
        }
    }

    /** Who sends now: a former incarnation while it has something left, then this one. */
    Identity identity() {
        return spill == null
                ? new Identity(settings.producer(), settings.epoch(), settings.recording())
                : spill.identity();
    }

    DefinitionSource definitions() {
        return spill == null ? catalog : spill.definitions();
    }

    void welcomed(int newMaxRows, long newAcceptedThrough) {
        maxRows = newMaxRows;
        acceptedThrough = newAcceptedThrough;
    }

    /** Brings what is due to the spill, whether a collector is there or not. */
    void spillWhatIsDue(long now, boolean hurry) {
        Spill to = spill;
        if (to == null) {
            return;
        }
        to.expire();
        for (int i = 0; i < SPILLED_A_TURN && (parked != null || isDue(now, hurry)) && to.canTake(); i++) {
            SentBatch batch = parked != null ? parked : seal(now);
            if (batch == null) {
                return;
            }
            parked = batch; // whatever happens, it is somewhere
            boolean direct = !to.isDraining() && !to.hasWaiting() && inFlight.hasRoom();
            batch.spilled = to.append(new SpilledBatch(batch.sequence, batch.rows, batch.bytes), direct);
            if (direct) {
                unspilled += batch.spilled ? 0 : batch.rows;
                inFlight.add(batch);
                parked = null;
            } else if (batch.spilled) {
                tracing.end(batch.trace, 0, 0, "waits in the spill");
                parked = null;
            }
        }
    }

    /** The next batch to send; null if there is none just now. */
    @Nullable
    SentBatch next(long now, boolean hurry) {
        Optional<SentBatch> again = inFlight.nextToSend();
        if (again.isPresent()) {
            return again.get();
        }
        if (!inFlight.hasRoom()) {
            return null;
        }
        SentBatch batch = spill == null ? null : fromSpill(spill);
        if (batch == null && (spill == null || !spill.isDraining())) {
            batch = straightFromQueue(now, hurry);
        }
        if (batch != null) {
            inFlight.add(batch);
        }
        return batch;
    }

    private @Nullable SentBatch fromSpill(Spill from) {
        for (SpilledBatch batch = from.next(); batch != null; batch = from.next()) {
            if (batch.sequence() > acceptedThrough) {
                SentBatch loaded = new SentBatch(batch.sequence(), batch.bytes(), batch.rows(), SendTrace.NONE);
                loaded.spilled = true;
                return loaded;
            }
            answers.acceptedBefore(batch.rows());
        }
        return null;
    }

    private @Nullable SentBatch straightFromQueue(long now, boolean hurry) {
        SentBatch batch = parked;
        if (batch == null && isDue(now, hurry) && (spill == null || !spill.canTake())) {
            batch = seal(now);
        }
        parked = null;
        if (batch != null && spill != null) {
            unspilled += batch.rows;
        }
        return batch;
    }

    private boolean isDue(long now, boolean hurry) {
        long waiting = queue.size() + assembler.held();
        return waiting > 0
                && (waiting >= maxRows
                        || now - lastSealNanos >= settings.maxBatchDelay().toNanos()
                        || hurry);
    }

    private @Nullable SentBatch seal(long now) {
        taken += queue.drain(assembler, Math.max(0, maxRows - assembler.rows()));
        if (assembler.rows() == 0) {
            return null;
        }
        lastSealNanos = now;
        return assembler.seal(++lastSequence);
    }

    /** Answers have come in: what they answer need not be kept any longer. */
    void answersCame() {
        if (spill != null) {
            spill.answered(Math.min(inFlight.oldestSequence() - 1, spill.handedOutThrough()));
        }
    }

    boolean isDraining() {
        return spill != null && spill.isDraining();
    }

    /** Whether the former incarnation that sends now has nothing left. */
    boolean isFormerDrained() {
        return spill != null && spill.isDraining() && !spill.hasWaiting() && inFlight.isEmpty();
    }

    /** Goes on to the next incarnation. */
    void endFormer() {
        if (spill != null) {
            spill.endFormer();
            acceptedThrough = 0;
            answers.startIdentity();
        }
    }

    /** Number of the last batch that was made. */
    long lastSequence() {
        return lastSequence;
    }

    /** Records taken out of the queue that are in no batch yet. */
    int held() {
        return assembler.held();
    }

    /** Whether all of this incarnation's batches up to that sequence, and all of former ones, are answered or dropped. */
    boolean isAnswered(long sequence) {
        boolean waits =
                spill != null && (spill.isDraining() || (spill.hasWaiting() && sequence > spill.handedOutThrough()));
        SentBatch last = parked;
        return sequence <= lastSequence
                && !waits
                && inFlight.oldestSequence() > sequence
                && (last == null || last.sequence > sequence);
    }

    /** Nothing waits, is made, or is unanswered. */
    boolean isEmpty() {
        return queue.size() == 0
                && assembler.held() == 0
                && inFlight.isEmpty()
                && parked == null
                && !isDraining()
                && (spill == null || !spill.hasWaiting());
    }

    /** Nanoseconds until a batch is due; 0 or less if one is, {@link Long#MAX_VALUE} if nothing waits. */
    long batchDueNanos(long now) {
        long waiting = queue.size() + assembler.held();
        if (waiting >= maxRows && spill != null && spill.canTake()) {
            return 1; // only a turn's share was taken
        }
        return waiting == 0
                ? Long.MAX_VALUE
                : lastSealNanos + settings.maxBatchDelay().toNanos() - now;
    }

    /** The end: what the spill holds stays for the next start, the rest is left behind. Returns how many records that is. */
    long close(long now) {
        long before;
        do {
            before = taken;
            spillWhatIsDue(now, true);
        } while (taken > before);
        boolean ownIsAnswered = inFlight.isEmpty() || isDraining();
        long left = 0;
        while (!inFlight.isEmpty()) {
            SentBatch batch = inFlight.remove(inFlight.oldestSequence()).orElseThrow();
            if (spill != null && batch.spilled && spill.holds(batch.sequence)) {
                leftInSpill += batch.rows;
            } else {
                left += batch.rows;
            }
            answers.leftBehind(batch);
        }
        if (parked != null) {
            left += parked.rows;
            answers.leftBehind(parked);
            parked = null;
        }
        left += assembler.held();
        while (assembler.held() > 0) {
            assembler.seal(0);
        }
        if (spill != null) {
            spill.close(ownIsAnswered);
        }
        return left;
    }

    Tally tally(long closed) {
        SpillCounts spilled = spill == null ? SpillCounts.NONE : spill.counts();
        SentBatch last = parked;
        return new Tally(
                taken,
                answers.acked(),
                answers.rejected(),
                answers.undeliverable(),
                closed,
                assembler.held() + (last == null ? 0 : last.rows),
                inFlight.rows(),
                leftInSpill,
                unspilled,
                spilled);
    }
}
