/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.client.internal.delivery.GuardedTracing;
import io.tocsin.client.internal.delivery.Trouble;
import io.tocsin.client.internal.delivery.TroubleLog;
import io.tocsin.client.internal.queue.RecordHeader;
import io.tocsin.client.internal.queue.RecordQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a host records and queues it. Never throws, takes no lock, and allocates nothing for what is fine.
 * Thread-safe.
 */
final class Recorder {
    /** Number of a series that cannot be used. */
    static final int BAD_SERIES = -1;

    static final long NO_DEADLINE = 0;
    private static final double NANOS_PER_SECOND = 1e9;

    private final RecordQueue queue;
    private final Catalog catalog;
    private final InstantSource clock;
    private final LongSupplier ticks;
    private final TroubleLog log;
    private final GuardedTracing tracing;
    private final AtomicLong lastTask = new AtomicLong();

    /** @param ticks nanoseconds that only grow, for measuring tasks */
    Recorder(
            RecordQueue queue,
            Catalog catalog,
            InstantSource clock,
            LongSupplier ticks,
            TroubleLog log,
            GuardedTracing tracing) {
        this.queue = queue;
        this.catalog = catalog;
        this.clock = clock;
        this.ticks = ticks;
        this.log = log;
        this.tracing = tracing;
    }

    void outcome(int series, double latencySeconds, @Nullable Status status, @Nullable String errorType) {
        try {
            outcomeAt(series, clock.millis(), latencySeconds, status, errorType);
        } catch (RuntimeException e) {
            invalid("clock must tell the time, threw " + e);
        }
    }

    /** The same as part of a trace; 0 in both halves for none. */
    void outcome(
            int series,
            double latencySeconds,
            @Nullable Status status,
            @Nullable String errorType,
            long traceHigh,
            long traceLow) {
        try {
            outcomeAt(series, clock.millis(), latencySeconds, status, errorType, traceHigh, traceLow);
        } catch (RuntimeException e) {
            invalid("clock must tell the time, threw " + e);
        }
    }

    void outcomeAt(
            int series,
            long endTimeMillis,
            double latencySeconds,
            @Nullable Status status,
            @Nullable String errorType) {
        if (tracing.isOn()) {
            outcomeAt(
                    series,
                    endTimeMillis,
                    latencySeconds,
                    status,
                    errorType,
                    tracing.currentHigh(),
                    tracing.currentLow());
        } else if (!isBad(series, latencySeconds, status) && status != null) {
            queue.put(header(series, status, errorType), endTimeMillis, latencySeconds);
        }
    }

    void outcomeAt(
            int series,
            long endTimeMillis,
            double latencySeconds,
            @Nullable Status status,
            @Nullable String errorType,
            long traceHigh,
            long traceLow) {
        if (isBad(series, latencySeconds, status) || status == null) {
            return;
        }
        long header = traced(header(series, status, errorType), traceHigh, traceLow);
        queue.put(header, endTimeMillis, latencySeconds, traceHigh, traceLow);
    }

    private static long traced(long header, long traceHigh, long traceLow) {
        return (traceHigh | traceLow) == 0 ? header : RecordHeader.traced(header);
    }

    /** The same for one that completes a task. */
    void completionAt(
            int series,
            long endTimeMillis,
            double latencySeconds,
            @Nullable Status status,
            @Nullable String errorType,
            int ring,
            long taskId,
            long traceHigh,
            long traceLow) {
        if (isBad(series, latencySeconds, status) || status == null) {
            return;
        }
        long header = traced(header(series, status, errorType), traceHigh, traceLow);
        queue.putTask(ring, header, endTimeMillis, latencySeconds, taskId, NO_DEADLINE, traceHigh, traceLow);
    }

    private boolean isBad(int series, double latencySeconds, @Nullable Status status) {
        if (series == BAD_SERIES) {
            queue.countInvalid(); // it was said when the handle was made
        } else if (!(latencySeconds >= 0 && latencySeconds <= Double.MAX_VALUE)) {
            invalid("latency must be finite and 0 or more seconds, was " + latencySeconds);
        } else if (status == null) {
            invalid("status must not be null");
        } else {
            return false;
        }
        return true;
    }

    private long header(int series, Status status, @Nullable String errorType) {
        return switch (status) {
            case OK -> RecordHeader.outcome(series, false, 0);
            case ERROR -> RecordHeader.outcome(series, true, catalog.errorType(errorType));
            case CANCELLED -> RecordHeader.outcome(series, false, catalog.cancelled());
            case TIMED_OUT -> {
                int type = catalog.errorType(errorType);
                yield RecordHeader.outcome(series, true, type == 0 ? catalog.timeout() : type);
            }
        };
    }

    void increment(int series, double by) {
        try {
            incrementAt(series, clock.millis(), by);
        } catch (RuntimeException e) {
            invalid("clock must tell the time, threw " + e);
        }
    }

    void incrementAt(int series, long timeMillis, double by) {
        if (series == BAD_SERIES) {
            queue.countInvalid();
        } else if (!(by >= 0 && by <= Double.MAX_VALUE)) {
            invalid("increment must be finite and 0 or more, was " + by);
        } else {
            queue.put(RecordHeader.measurement(series), timeMillis, by);
        }
    }

    void set(int series, double value) {
        try {
            setAt(series, clock.millis(), value);
        } catch (RuntimeException e) {
            invalid("clock must tell the time, threw " + e);
        }
    }

    void setAt(int series, long timeMillis, double value) {
        if (series == BAD_SERIES) {
            queue.countInvalid();
        } else if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            invalid("value must be finite, was " + value);
        } else {
            queue.put(RecordHeader.measurement(series), timeMillis, value);
        }
    }

    Stopwatch begin(int series) {
        return new Stopwatch(this, series, ticks.getAsLong(), tracing.currentHigh(), tracing.currentLow());
    }

    /** Begins a task; one with a bad deadline is begun nowhere but here, and its completion counts like any outcome. */
    Task start(int series, @Nullable Duration deadline) {
        try {
            return startAt(series, clock.millis(), deadline);
        } catch (RuntimeException e) {
            invalid("clock must tell the time, threw " + e);
            return new Task(this, BAD_SERIES, 0, 0, 0, 0, 0, 0);
        }
    }

    Task startAt(int series, long startTimeMillis, @Nullable Duration deadline) {
        int ring = queue.ownRing();
        long task = lastTask.incrementAndGet();
        if (series == BAD_SERIES) {
            queue.countInvalid();
        } else if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            invalid("deadline must be positive, was " + deadline);
            task = 0;
        } else {
            long deadlineMillis = deadline == null ? NO_DEADLINE : millisUp(deadline);
            queue.putTask(ring, RecordHeader.start(series), startTimeMillis, 0, task, deadlineMillis, 0, 0);
        }
        long traceHigh = tracing.currentHigh();
        long traceLow = tracing.currentLow();
        return new Task(this, series, task, ring, startTimeMillis, ticks.getAsLong(), traceHigh, traceLow);
    }

    private static long millisUp(Duration positive) {
        if (positive.getSeconds() >= Long.MAX_VALUE / 1_000 - 1) {
            return Long.MAX_VALUE;
        }
        return positive.getSeconds() * 1_000 + (positive.getNano() + 999_999) / 1_000_000;
    }

    /** In seconds; not a number, and so invalid, for null. */
    static double seconds(@Nullable Duration latency) {
        return latency == null ? Double.NaN : latency.getSeconds() + latency.getNano() / NANOS_PER_SECOND;
    }

    static double seconds(long latencyNanos) {
        return latencyNanos / NANOS_PER_SECOND;
    }

    long nowMillis() {
        return clock.millis();
    }

    double secondsSince(long startTick) {
        return seconds(Math.max(0, ticks.getAsLong() - startTick));
    }

    private void invalid(String problem) {
        queue.countInvalid();
        log.say(Trouble.BAD_INPUT, problem, null);
    }
}
