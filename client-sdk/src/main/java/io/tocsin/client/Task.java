/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A task that was begun. The first completion counts, further ones are ignored. Never throws. Thread-safe: it may be
 * completed by another thread than began it.
 */
public final class Task {
    private static final VarHandle COMPLETED;

    static {
        try {
            COMPLETED = MethodHandles.lookup().findVarHandle(Task.class, "completed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Recorder recorder;
    private final int series;
    private final long taskId;
    private final int ring;
    private final long startTimeMillis;
    private final long startTick;
    private final long traceHigh;
    private final long traceLow;

    @SuppressWarnings("unused") // through COMPLETED
    private volatile boolean completed;

    Task(
            Recorder recorder,
            int series,
            long taskId,
            int ring,
            long startTimeMillis,
            long startTick,
            long traceHigh,
            long traceLow) {
        this.recorder = recorder;
        this.series = series;
        this.taskId = taskId;
        this.ring = ring;
        this.startTimeMillis = startTimeMillis;
        this.startTick = startTick;
        this.traceHigh = traceHigh;
        this.traceLow = traceLow;
    }

    /** Ended now. Its latency is the time since it was begun. */
    public void complete(@Nullable Status status) {
        complete(status, null);
    }

    /**
     * Ended now, with a type of error as in {@link Outcomes#record(long, Status, String)}. It belongs to the trace in which it
     * was begun, as {@link Builder#tracing} told then.
     */
    public void complete(@Nullable Status status, @Nullable String errorType) {
        complete(status, errorType, traceHigh, traceLow);
    }

    /** The same as part of that trace, in halves as in {@link Outcomes#record(long, Status, String, long, long)}. */
    public void complete(@Nullable Status status, @Nullable String errorType, long traceIdHigh, long traceIdLow) {
        if (COMPLETED.compareAndSet(this, false, true)) {
            long endTimeMillis;
            try {
                endTimeMillis = recorder.nowMillis();
            } catch (RuntimeException e) {
                // the clock is the host's; the time that passed since is ours and will do
                endTimeMillis = startTimeMillis + (long) (recorder.secondsSince(startTick) * 1_000);
            }
            recorder.completionAt(
                    series,
                    endTimeMillis,
                    recorder.secondsSince(startTick),
                    status,
                    errorType,
                    ring,
                    taskId,
                    traceIdHigh,
                    traceIdLow);
        }
    }

    /** Ended at some time, in milliseconds since 1970 UTC; its latency is the difference to the start it was given. */
    public void completeAt(long endTimeMillis, @Nullable Status status, @Nullable String errorType) {
        if (COMPLETED.compareAndSet(this, false, true)) {
            recorder.completionAt(
                    series,
                    endTimeMillis,
                    (endTimeMillis - startTimeMillis) / 1e3,
                    status,
                    errorType,
                    ring,
                    taskId,
                    traceHigh,
                    traceLow);
        }
    }
}
