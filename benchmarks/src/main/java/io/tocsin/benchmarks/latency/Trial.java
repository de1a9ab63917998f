/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import java.util.OptionalDouble;

/**
 * One incident of one group, and when a subscriber heard of it. All times in nanoseconds of this process's clock. Thread-safe.
 */
final class Trial {
    private static final double NANOS_PER_MILLI = 1e6;

    final Subject subject;
    final String group;
    private long begunNanos;
    private long provenNanos;
    private long heardNanos;
    private boolean begun;
    private boolean proven;
    private boolean heard;
    private boolean early;

    Trial(Subject subject, String group) {
        this.subject = subject;
        this.group = group;
    }

    /** The incident begins. */
    synchronized void begin(long nanos) {
        begunNanos = nanos;
        begun = true;
    }

    /** The call that records what proves it begins now. */
    synchronized void prove(long nanos) {
        provenNanos = nanos;
        proven = true;
    }

    /**
     * A subscriber has the event.
     *
     * @param judgeableNanos when the window that the event is about could be judged; for those judged by window
     */
    synchronized void hear(long nanos, long judgeableNanos) {
        if (heard) {
            return; // it became worse
        }
        heard = true;
        heardNanos = nanos;
        if (subject.judged == Subject.Judged.BY_WINDOW) {
            provenNanos = judgeableNanos;
            proven = true;
        }
        early = !begun || !proven;
    }

    synchronized boolean isOver() {
        return heard;
    }

    /** Fired before there was anything to find. */
    synchronized boolean isEarly() {
        return early;
    }

    synchronized boolean isMissed() {
        return !heard;
    }

    /** From what proves it until it was heard, in milliseconds; empty if it was missed or early. */
    synchronized OptionalDouble fromProof() {
        return heard && !early
                ? OptionalDouble.of((heardNanos - provenNanos) / NANOS_PER_MILLI)
                : OptionalDouble.empty();
    }

    /** From its beginning until it was heard, in milliseconds; empty if it was missed or early. */
    synchronized OptionalDouble fromBeginning() {
        return heard && !early
                ? OptionalDouble.of((heardNanos - begunNanos) / NANOS_PER_MILLI)
                : OptionalDouble.empty();
    }
}
