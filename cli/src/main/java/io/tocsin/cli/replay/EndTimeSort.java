/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Puts records into order of end time as far as that can be had within a window of time: a record waits until one comes
 * that ended a window later. One that comes after its window goes on at once, out of order. Holds at most a given number;
 * beyond, the oldest goes on early. Confined to one thread.
 */
final class EndTimeSort {
    private final long windowMillis;
    private final int most;
    private final Consumer<RecordedOutcome> next;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.<Waiting>comparingLong(w -> w.outcome.endMillis()).thenComparingLong(w -> w.number));
    private long newestMillis = Long.MIN_VALUE;
    private long lastOutMillis = Long.MIN_VALUE;
    private long taken;
    private long outOfOrder;

    EndTimeSort(long windowMillis, int most, Consumer<RecordedOutcome> next) {
        this.windowMillis = windowMillis;
        this.most = most;
        this.next = next;
    }

    void take(RecordedOutcome outcome) {
        waiting.add(new Waiting(taken++, outcome));
        newestMillis = Math.max(newestMillis, outcome.endMillis());
        for (Waiting head = waiting.peek(); head != null; head = waiting.peek()) {
            boolean windowIsOver = head.outcome.endMillis() <= newestMillis - windowMillis;
            if (!windowIsOver && waiting.size() <= most) {
                return;
            }
            passOn();
        }
    }

    /** Passes on all that waits. */
    void finish() {
        while (!waiting.isEmpty()) {
            passOn();
        }
    }

    /** How many were passed on after one that ended later. */
    long outOfOrder() {
        return outOfOrder;
    }

    private void passOn() {
        RecordedOutcome outcome = waiting.remove().outcome;
        if (outcome.endMillis() < lastOutMillis) {
            outOfOrder++;
        }
        lastOutMillis = Math.max(lastOutMillis, outcome.endMillis());
        next.accept(outcome);
    }

    private record Waiting(long number, RecordedOutcome outcome) {}
}
