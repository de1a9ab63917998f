/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A request under way, recorded once when it is stopped: unlike a {@link Task}, nothing is told of its beginning. It belongs to the
 * trace that was current when it began, or when it ends if there was none. The first stop counts, further ones are ignored. Never throws.
 * Thread-safe: it may be stopped by another thread than began it.
 */
public final class Stopwatch {
    private static final VarHandle STOPPED;

    static {
        try {
            STOPPED = MethodHandles.lookup().findVarHandle(Stopwatch.class, "stopped", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Recorder recorder;
    private final int series;
    private final long startTick;
    private final long traceHigh;
    private final long traceLow;

    @SuppressWarnings("unused") // through STOPPED
    private volatile boolean stopped;

    Stopwatch(Recorder recorder, int series, long startTick, long traceHigh, long traceLow) {
        this.recorder = recorder;
        this.series = series;
        this.startTick = startTick;
        this.traceHigh = traceHigh;
        this.traceLow = traceLow;
    }

    /** Ended now. */
    public void stop(@Nullable Status status) {
        stop(status, null);
    }

    /** Ended now, with a type of error as in {@link Outcomes#record(long, Status, String)}. */
    public void stop(@Nullable Status status, @Nullable String errorType) {
        stopInto(series, status, errorType);
    }

    /** The same as one of other outcomes: for what is known only at the end, such as the route of a request. */
    public void stopAs(Outcomes outcomes, @Nullable Status status, @Nullable String errorType) {
        stopInto(outcomes.series(), status, errorType);
    }

    private void stopInto(int intoSeries, @Nullable Status status, @Nullable String errorType) {
        if (!STOPPED.compareAndSet(this, false, true)) {
            return;
        }
        double seconds = recorder.secondsSince(startTick);
        if ((traceHigh | traceLow) == 0) {
            recorder.outcome(intoSeries, seconds, status, errorType);
        } else {
            recorder.outcome(intoSeries, seconds, status, errorType, traceHigh, traceLow);
        }
    }
}
