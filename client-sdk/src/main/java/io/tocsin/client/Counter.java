/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** Increments of one series, such as tokens or cost. Never throws or blocks, as {@link Outcomes}. Thread-safe. */
public final class Counter {
    private final Recorder recorder;
    private final int series;

    Counter(Recorder recorder, int series) {
        this.recorder = recorder;
        this.series = series;
    }

    /** So much more now; finite, 0 or more. */
    public void increment(double by) {
        recorder.increment(series, by);
    }

    /** So much more at some time, in milliseconds since 1970 UTC. */
    public void incrementAt(long timeMillis, double by) {
        recorder.incrementAt(series, timeMillis, by);
    }
}
