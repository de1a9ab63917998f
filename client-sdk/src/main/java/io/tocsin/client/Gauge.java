/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** Values of one series that go up and down, such as a queue's depth. Never throws or blocks. Thread-safe. */
public final class Gauge {
    private final Recorder recorder;
    private final int series;

    Gauge(Recorder recorder, int series) {
        this.recorder = recorder;
        this.series = series;
    }

    /** The value now; finite. */
    public void set(double value) {
        recorder.set(series, value);
    }

    /** The value at some time, in milliseconds since 1970 UTC. */
    public void setAt(long timeMillis, double value) {
        recorder.setAt(series, timeMillis, value);
    }
}
