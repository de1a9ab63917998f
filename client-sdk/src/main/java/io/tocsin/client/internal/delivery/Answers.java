/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import com.google.rpc.Code;
import io.tocsin.client.AckListener;
import io.tocsin.client.AckedPosition;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Acks;
import io.tocsin.v1.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the collector's answers mean for the batches in flight, and how many records met which end. Confined to the
 * sender's thread, but for {@link #lastAcked()}.
 */
final class Answers {
    /** When a refusal that is not for good does not say how long to wait. */
    private static final long USUAL_RETRY_NANOS = 1_000_000_000;

    private final InFlight inFlight;
    private final AckListener listener;
    private final TroubleLog log;
    private final GuardedTracing tracing;

    private long acked;
    private long rejected;
    private long undeliverable;
    private boolean throttled;
    private long throttledUntilNanos;
    /** Up to here batches go one at a time, to find the one that the collector cannot read. */
    private long carefulThrough;

    private volatile @Nullable AckedPosition lastAcked;

    Answers(InFlight inFlight, AckListener listener, TroubleLog log, GuardedTracing tracing) {
        this.inFlight = inFlight;
        this.listener = listener;
        this.log = log;
        this.tracing = tracing;
    }

    void acked(Acks acks, long nowNanos) {
        for (Ack ack : acks.getAcksList()) {
            Optional<SentBatch> batch = inFlight.remove(ack.getSequence());
            if (batch.isEmpty()) {
                continue; // answered before: a batch that was sent twice gets two answers
            }
            long bad = Math.min(
                    batch.get().rows,
                    ack.getRejectionsList().stream()
                            .mapToInt(r -> r.getRow())
                            .distinct()
                            .count());
            rejected += bad;
            acked += batch.get().rows - bad;
            if (bad > 0) {
                log.say(
                        Trouble.REJECTED,
                        "the collector rejected " + bad + " of " + batch.get().rows + " records of batch "
                                + ack.getSequence() + ", the first: "
                                + ack.getRejections(0).getReason() + " "
                                + ack.getRejections(0).getMessage(),
                        null);
            }
            if (ack.hasPosition()) {
                lastAcked = new AckedPosition(
                        ack.getPosition().getPartition(), ack.getPosition().getOffset());
            }
            end(batch.get(), (int) bad, "");
            tellListener(batch.get(), nowNanos);
        }
    }

    /** The collector has all batches up to that number from an earlier stream. */
    void acceptedThrough(long sequence) {
        while (!inFlight.isEmpty() && inFlight.oldestSequence() <= sequence) {
            inFlight.remove(inFlight.oldestSequence()).ifPresent(batch -> {
                acked += batch.rows;
                end(batch, 0, "");
            });
        }
    }

    /** Records of a batch that the collector has from a former life of this client. */
    void acceptedBefore(int rows) {
        acked += rows;
    }

    /** What follows has sequences of its own. */
    void startIdentity() {
        carefulThrough = 0;
    }

    void refused(Refusal refusal, long nowNanos) {
        boolean retry = refusal.hasRetryAfter()
                || refusal.getCode() == Code.RESOURCE_EXHAUSTED_VALUE
                || refusal.getCode() == Code.UNAVAILABLE_VALUE;
        boolean never =
                refusal.getCode() == Code.FAILED_PRECONDITION_VALUE || refusal.getCode() == Code.INVALID_ARGUMENT_VALUE;
        String words = "batch " + refusal.getSequence() + " was refused: " + Code.forNumber(refusal.getCode()) + " "
                + refusal.getMessage();
        if (retry && !never) {
            log.say(Trouble.THROTTLED, words, null);
            long wait = refusal.hasRetryAfter() ? Nanos.of(refusal.getRetryAfter()) : USUAL_RETRY_NANOS;
            long until = nowNanos + wait;
            if (!throttled || until - throttledUntilNanos > 0) {
                throttledUntilNanos = until;
            }
            throttled = true;
            inFlight.find(refusal.getSequence()).ifPresent(SentBatch::refused);
        } else {
            giveUp(refusal.getSequence(), words);
        }
    }

    private void giveUp(long sequence, String words) {
        log.say(Trouble.UNDELIVERABLE, words, null);
        inFlight.remove(sequence).ifPresent(batch -> {
            undeliverable += batch.rows;
            end(batch, batch.rows, words);
        });
    }

    /** Close could not wait for its answer. */
    void leftBehind(SentBatch batch) {
        end(batch, 0, "the client was closed before the answer came");
    }

    private void end(SentBatch batch, int rejected, String problem) {
        tracing.end(batch.trace, batch.timesSent(), rejected, problem);
    }

    /** The stream ended because the collector could not read something, and it may have been one of our batches. */
    void streamCouldNotRead(@Nullable String words) {
        boolean careful = inFlight.oldestSequence() <= carefulThrough;
        if (careful && inFlight.sentInRound() == 1) {
            giveUp(inFlight.oldestSequence(), "batch " + inFlight.oldestSequence() + " cannot be read: " + words);
        } else {
            carefulThrough = inFlight.newestSequence();
        }
    }

    /** Whether another batch may be sent before those that are sent are answered. */
    boolean maySendMore() {
        return inFlight.oldestSequence() > carefulThrough || inFlight.sentInRound() == 0;
    }

    boolean isThrottled(long nowNanos) {
        if (throttled && nowNanos - throttledUntilNanos >= 0) {
            throttled = false;
        }
        return throttled;
    }

    /** How long to send nothing, while throttled. */
    long throttledNanos(long nowNanos) {
        return throttledUntilNanos - nowNanos;
    }

    private void tellListener(SentBatch batch, long nowNanos) {
        try {
            listener.onAck(batch.sequence, batch.rows, nowNanos - batch.firstSentNanos());
        } catch (RuntimeException e) {
            log.say(Trouble.LISTENER, "the ack listener threw " + e, e);
        }
    }

    long acked() {
        return acked;
    }

    long rejected() {
        return rejected;
    }

    long undeliverable() {
        return undeliverable;
    }

    Optional<AckedPosition> lastAcked() {
        return Optional.ofNullable(lastAcked);
    }
}
