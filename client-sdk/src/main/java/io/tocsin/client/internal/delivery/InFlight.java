/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Batches that have a number and no answer yet, oldest first. A batch counts as sent in a round; a new stream, or the
 * collector asking for definitions, begins a new round in which all are sent again. Confined to the sender's thread.
 */
final class InFlight {
    /** Together with the number of batches this bounds the memory that unanswered batches hold. */
    private static final long MAX_BYTES = 16 << 20;

    private final ArrayDeque<SentBatch> batches = new ArrayDeque<>();
    private final int maxBatches;
    private long bytes;
    private long rows;
    private int round;

    InFlight(int maxBatches) {
        this.maxBatches = maxBatches;
    }

    boolean hasRoom() {
        return batches.size() < maxBatches && bytes < MAX_BYTES;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Records in all of them. */
    long rows() {
        return rows;
    }

    void add(SentBatch batch) {
        batches.add(batch);
        bytes += batch.bytes.length;
        rows += batch.rows;
    }

    /** A new stream: nothing was sent on it yet. */
    void startStream() {
        round++;
        batches.forEach(SentBatch::expectOneAnswer);
    }

    /** Definitions go out again on the same stream, and all batches after them; one of them was answered just now. */
    void sendAllAgain(long answered) {
        for (SentBatch batch : batches) {
            if (batch.isSentIn(round) && batch.sequence != answered) {
                batch.expectAnotherAnswer();
            }
        }
        round++;
    }

    /**
     * Whether a request to define all again is news: not if it answers what was sent before the definitions that are on
     * their way already. Of several batches in flight each gets such a request.
     */
    boolean mustRedefine(long sequence) {
        return find(sequence).map(SentBatch::isLastAnswer).orElse(false);
    }

    void markSent(SentBatch batch, long nowNanos) {
        batch.sent(round, nowNanos);
    }

    /** The oldest that was not sent in this round. */
    Optional<SentBatch> nextToSend() {
        for (SentBatch batch : batches) {
            if (!batch.isSentIn(round)) {
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    /** How many were sent in this round and are not answered. */
    int sentInRound() {
        int sent = 0;
        for (SentBatch batch : batches) {
            sent += batch.isSentIn(round) ? 1 : 0;
        }
        return sent;
    }

    Optional<SentBatch> find(long sequence) {
        for (SentBatch batch : batches) {
            if (batch.sequence == sequence) {
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    /** Takes a batch out, if it is still there: it is answered. */
    Optional<SentBatch> remove(long sequence) {
        for (Iterator<SentBatch> all = batches.iterator(); all.hasNext(); ) {
            SentBatch batch = all.next();
            if (batch.sequence == sequence) {
                all.remove();
                bytes -= batch.bytes.length;
                rows -= batch.rows;
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    /** Number of the oldest; {@link Long#MAX_VALUE} if there is none. */
    long oldestSequence() {
        return batches.isEmpty() ? Long.MAX_VALUE : batches.getFirst().sequence;
    }

    /** Number of the newest; 0 if there is none. */
    long newestSequence() {
        return batches.isEmpty() ? 0 : batches.getLast().sequence;
    }
}
