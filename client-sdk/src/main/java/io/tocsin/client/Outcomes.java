/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests and tasks of one series. Get it once and keep it. No method throws, blocks or takes a lock (but see
 * {@link WhenFull#WAIT}): what cannot be used is dropped and counted in {@link TocsinClient#balance()}. Thread-safe.
 */
public final class Outcomes {
    private final Recorder recorder;
    private final int series;

    Outcomes(Recorder recorder, int series) {
        this.recorder = recorder;
        this.series = series;
    }

    /** One that has just ended, after {@code latency}, 0 or more. */
    public void record(@Nullable Duration latency, @Nullable Status status) {
        recorder.outcome(series, Recorder.seconds(latency), status, null);
    }

    /** The same with a type of error, as in {@link #record(long, Status, String)}. */
    public void record(@Nullable Duration latency, @Nullable Status status, @Nullable String errorType) {
        recorder.outcome(series, Recorder.seconds(latency), status, errorType);
    }

    /** One that has just ended, after so many nanoseconds, 0 or more. */
    public void record(long latencyNanos, @Nullable Status status) {
        recorder.outcome(series, Recorder.seconds(latencyNanos), status, null);
    }

    /**
     * One that has just ended.
     *
     * @param latencyNanos 0 or more
     * @param errorType such as "rate_limited", at most 128 characters; only for failures. After 1,000 different ones, and
     *     if it is longer, it counts as "other".
     */
    public void record(long latencyNanos, @Nullable Status status, @Nullable String errorType) {
        recorder.outcome(series, Recorder.seconds(latencyNanos), status, errorType);
    }

    /**
     * One that has just ended, as part of a trace. For services whose tracing library is not in {@link Builder#tracing};
     * the other methods take the current trace from there.
     *
     * @param errorType as above; null for none
     * @param traceIdHigh first eight bytes of its W3C trace id, big-endian; 0 in both halves for none
     * @param traceIdLow last eight bytes
     */
    public void record(
            long latencyNanos, @Nullable Status status, @Nullable String errorType, long traceIdHigh, long traceIdLow) {
        recorder.outcome(series, Recorder.seconds(latencyNanos), status, errorType, traceIdHigh, traceIdLow);
    }

    /**
     * One that ended at some time.
     *
     * @param endTimeMillis since 1970 UTC
     * @param latencySeconds finite, 0 or more
     * @param errorType as above; null for none
     */
    public void recordAt(
            long endTimeMillis, double latencySeconds, @Nullable Status status, @Nullable String errorType) {
        recorder.outcomeAt(series, endTimeMillis, latencySeconds, status, errorType);
    }

    /** One that ended at some time, as part of a trace; both as above. */
    public void recordAt(
            long endTimeMillis,
            double latencySeconds,
            @Nullable Status status,
            @Nullable String errorType,
            long traceIdHigh,
            long traceIdLow) {
        recorder.outcomeAt(series, endTimeMillis, latencySeconds, status, errorType, traceIdHigh, traceIdLow);
    }

    /** A request begins now: recorded once, when the stopwatch is stopped. */
    public Stopwatch begin() {
        return recorder.begin(series);
    }

    int series() {
        return series;
    }

    /** A task begins now; its latency is measured until it completes. */
    public Task start() {
        return recorder.start(series, null);
    }

    /** A task begins now, and counts as failed if it has not completed after {@code deadline}, more than 0. */
    public Task start(@Nullable Duration deadline) {
        return recorder.start(series, deadline);
    }

    /**
     * A task began at some time, in milliseconds since 1970 UTC.
     *
     * @param deadline from its start, more than 0; null for none
     */
    public Task startAt(long startTimeMillis, @Nullable Duration deadline) {
        return recorder.startAt(series, startTimeMillis, deadline);
    }
}
