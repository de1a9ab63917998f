/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;

/** One caller who watches. Confined to the thread of {@link Watches}. */
final class Watcher<T extends Message> {
    private final ServerCallStreamObserver<T> call;
    private final long intervalMillis;
    private final QueryCounters counters;
    private long sentNumber;
    private long sentOfMillis;
    private long passedOver;
    private boolean ended;

    Watcher(ServerCallStreamObserver<T> call, long intervalMillis, QueryCounters counters) {
        this.call = call;
        this.intervalMillis = intervalMillis;
        this.counters = counters;
    }

    long intervalMillis() {
        return intervalMillis;
    }

    boolean hasNone() {
        return sentNumber == 0;
    }

    boolean isGone() {
        return ended || call.isCancelled();
    }

    /**
     * Sends an answer if it is due. Who has not read the one before gets the newest once they read on.
     *
     * @param number of the answer, 1 for the first
     * @param changedNumber of the first answer that was like it
     * @param ofMillis when it was asked for
     */
    void offer(T answer, long number, long changedNumber, long ofMillis) {
        boolean changed = changedNumber > sentNumber;
        boolean due = hasNone()
                || (changed && ofMillis - sentOfMillis >= intervalMillis)
                || ofMillis - sentOfMillis >= Watches.AT_LEAST_EVERY_MILLIS;
        if (!due || number == sentNumber || isGone()) {
            return;
        }
        if (!call.isReady()) {
            if (passedOver != 0 && passedOver != number) {
                counters.watchAnswersSkipped.increment();
            }
            passedOver = number;
            return;
        }
        call.onNext(answer);
        counters.watchAnswers.increment();
        if (passedOver != 0 && passedOver != number) {
            counters.watchAnswersSkipped.increment();
        }
        passedOver = 0;
        sentNumber = number;
        sentOfMillis = ofMillis;
    }

    void end(StatusRuntimeException why) {
        if (!isGone()) {
            ended = true;
            call.onError(why);
        }
    }
}
