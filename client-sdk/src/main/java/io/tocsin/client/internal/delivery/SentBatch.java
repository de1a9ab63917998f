/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.SendTrace;

/** A numbered batch, kept with its bytes until it is answered. Confined to the sender's thread. */
final class SentBatch {
    private static final int NEVER = -1;

    final long sequence;
    final byte[] bytes;
    final int rows;
    final SendTrace trace;
    /** On disk too. */
    boolean spilled;

    private int timesSent;
    private int round = NEVER;
    private long firstSentNanos;
    private int staleAnswers;

    SentBatch(long sequence, byte[] bytes, int rows, SendTrace trace) {
        this.sequence = sequence;
        this.bytes = bytes;
        this.rows = rows;
        this.trace = trace;
    }

    void sent(int newRound, long nowNanos) {
        if (firstSentNanos == 0) {
            firstSentNanos = nowNanos;
        }
        round = newRound;
        timesSent++;
    }

    /** Must be sent again, whatever round it is. */
    void refused() {
        round = NEVER;
    }

    void expectOneAnswer() {
        staleAnswers = 0;
    }

    /** It is sent once more though the answer to the time before is still to come. */
    void expectAnotherAnswer() {
        staleAnswers++;
    }

    /** Whether the answer that has just come is the one to the last time that it was sent. */
    boolean isLastAnswer() {
        if (staleAnswers == 0) {
            return true;
        }
        staleAnswers--;
        return false;
    }

    boolean isSentIn(int otherRound) {
        return round == otherRound;
    }

    int timesSent() {
        return timesSent;
    }

    long firstSentNanos() {
        return firstSentNanos;
    }
}
