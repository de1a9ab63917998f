/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.util.Arrays;

/**
 * One batch in columns. Rows run through outcomes, then starts, then measurements; every column is indexed by that row
 * and may be longer than {@link #rows()}: what lies beyond is garbage. The arrays are the object's own, valid until the
 * next {@link #clear()} or {@code add}.
 *
 * <p>Reused, so that a row costs no allocation. Not thread-safe.
 */
public final class BatchColumns {
    /** Bytes of a trace context: 16 of trace id, 8 of span id, 1 of flags. */
    public static final int TRACE_CONTEXT_BYTES = 25;

    private static final int FIRST_CAPACITY = 64;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private long sequence;
    int outcomes;
    int starts;
    int measurements;
    boolean hasErrorTypes;
    boolean hasTasks;
    boolean hasTraces;
    boolean hasTraceContext;
    final byte[] traceContext = new byte[TRACE_CONTEXT_BYTES];

    int[] series = new int[FIRST_CAPACITY];
    long[] timeMillis = new long[FIRST_CAPACITY];
    double[] value = new double[FIRST_CAPACITY];
    /** Bit row % 64 of word row / 64; no bit at or beyond {@link #outcomes} is set. */
    long[] failedBits = new long[1];

    // dense, zero wherever nothing was said; as long as the others only while the flag beside them is set
    int[] errorType = NO_INTS;
    long[] taskId = NO_LONGS;
    long[] deadlineMillis = NO_LONGS;
    long[] traceHigh = NO_LONGS;
    long[] traceLow = NO_LONGS;

    /** Forgets all rows and the sequence; keeps the memory. */
    public void clear() {
        int rows = rows();
        Arrays.fill(failedBits, 0, words(outcomes), 0);
        if (hasErrorTypes) {
            Arrays.fill(errorType, 0, rows, 0);
        }
        if (hasTasks) {
            Arrays.fill(taskId, 0, rows, 0);
            Arrays.fill(deadlineMillis, 0, rows, 0);
        }
        if (hasTraces) {
            Arrays.fill(traceHigh, 0, rows, 0);
            Arrays.fill(traceLow, 0, rows, 0);
        }
        hasErrorTypes = false;
        hasTasks = false;
        hasTraces = false;
        hasTraceContext = false;
        outcomes = 0;
        starts = 0;
        measurements = 0;
        sequence = 0;
    }

    /** The batch's number in its epoch, unsigned; 0 if it has none. */
    public long sequence() {
        return sequence;
    }

    public void sequence(long newSequence) {
        sequence = newSequence;
    }

    /** Whether the sender of this batch said in which trace it sends. */
    public boolean hasTraceContext() {
        return hasTraceContext;
    }

    /** W3C trace context of the batch itself, {@value #TRACE_CONTEXT_BYTES} bytes; valid if {@link #hasTraceContext()}. */
    public byte[] traceContext() {
        return traceContext;
    }

    /** Sets the trace context to a copy of the {@value #TRACE_CONTEXT_BYTES} bytes, or to none if {@code context} is empty. */
    public void traceContext(byte[] context) {
        if (context.length != 0 && context.length != TRACE_CONTEXT_BYTES) {
            throw new IllegalArgumentException(
                    "trace context must have " + TRACE_CONTEXT_BYTES + " bytes or none, had " + context.length);
        }
        hasTraceContext = context.length > 0;
        System.arraycopy(context, 0, traceContext, 0, context.length);
    }

    public int outcomes() {
        return outcomes;
    }

    public int starts() {
        return starts;
    }

    public int measurements() {
        return measurements;
    }

    public int rows() {
        return outcomes + starts + measurements;
    }

    /** Series ids as their producer defined them, 0 or more; what exceeds an int reads as {@link Integer#MAX_VALUE}. */
    public int[] series() {
        return series;
    }

    /** Milliseconds since 1970 UTC by the producer's clock, absolute; any value, unchecked. */
    public long[] timeMillis() {
        return timeMillis;
    }

    /** Latency in seconds of an outcome, value of a measurement; any double, unchecked. Unused for starts. */
    public double[] value() {
        return value;
    }

    /** Whether this row is an outcome that failed. */
    public boolean failed(int row) {
        return row < outcomes && (failedBits[row >> 6] >>> row & 1) != 0;
    }

    /** Error type ids as defined, 0 for none; valid if {@link #hasErrorTypes()}. Beyond an int as in {@link #series()}. */
    public int[] errorType() {
        return errorType;
    }

    public boolean hasErrorTypes() {
        return hasErrorTypes;
    }

    /** Task that an outcome completes or a start begins, any bits, 0 for none; valid if {@link #hasTasks()}. */
    public long[] taskId() {
        return taskId;
    }

    /** Whether there are starts, or outcomes that complete a task. */
    public boolean hasTasks() {
        return hasTasks;
    }

    /** Milliseconds from start to deadline, 0 for none, at most {@link Long#MAX_VALUE}; for starts, else 0. */
    public long[] deadlineMillis() {
        return deadlineMillis;
    }

    public boolean hasTraces() {
        return hasTraces;
    }

    /** First eight bytes of W3C trace ids, big-endian; 0 in both halves for none. Valid if {@link #hasTraces()}. */
    public long[] traceHigh() {
        return traceHigh;
    }

    /** Last eight bytes of W3C trace ids, as {@link #traceHigh()}. */
    public long[] traceLow() {
        return traceLow;
    }

    /** Appends an outcome; 0 stands for no error type, no task, no trace. Throws if a start or measurement is there. */
    public void addOutcome(
            int series,
            long timeMillis,
            double latencySeconds,
            boolean failed,
            int errorType,
            long taskId,
            long traceHigh,
            long traceLow) {
        if (starts + measurements > 0) {
            throw new IllegalStateException("an outcome must come before the " + starts + " starts and " + measurements
                    + " measurements of its batch");
        }
        int row = addRow(series, timeMillis, latencySeconds);
        outcomes++;
        if (failed) {
            failedBits[row >> 6] |= 1L << row;
        }
        if (errorType != 0) {
            openErrorTypes();
            this.errorType[row] = errorType;
        }
        if (taskId != 0) {
            openTasks();
            this.taskId[row] = taskId;
        }
        if ((traceHigh | traceLow) != 0) {
            openTraces();
            this.traceHigh[row] = traceHigh;
            this.traceLow[row] = traceLow;
        }
    }

    /** Appends a start; a deadline of 0 is none. Throws if a measurement is there. */
    public void addStart(int series, long timeMillis, long taskId, long deadlineMillis) {
        if (measurements > 0) {
            throw new IllegalStateException(
                    "a start must come before the " + measurements + " measurements of its batch");
        }
        int row = addRow(series, timeMillis, 0);
        starts++;
        openTasks();
        this.taskId[row] = taskId;
        this.deadlineMillis[row] = deadlineMillis;
    }

    /** Appends the value of a gauge or the increment of a counter. */
    public void addMeasurement(int series, long timeMillis, double value) {
        addRow(series, timeMillis, value);
        measurements++;
    }

    private int addRow(int rowSeries, long rowTimeMillis, double rowValue) {
        int row = rows();
        ensureRows(row + 1);
        series[row] = rowSeries;
        timeMillis[row] = rowTimeMillis;
        value[row] = rowValue;
        return row;
    }

    /** Makes room for that many rows; what is there stays. */
    void ensureRows(int rows) {
        if (rows <= series.length) {
            return;
        }
        int capacity = Math.max(rows, series.length * 2);
        series = Arrays.copyOf(series, capacity);
        timeMillis = Arrays.copyOf(timeMillis, capacity);
        value = Arrays.copyOf(value, capacity);
        failedBits = Arrays.copyOf(failedBits, words(capacity));
        if (hasErrorTypes) {
            openErrorTypes();
        }
        if (hasTasks) {
            openTasks();
        }
        if (hasTraces) {
            openTraces();
        }
    }

    // each makes its columns as long as the others; call after ensureRows

    void openErrorTypes() {
        hasErrorTypes = true;
        if (errorType.length < series.length) {
            errorType = Arrays.copyOf(errorType, series.length);
        }
    }

    void openTasks() {
        hasTasks = true;
        if (taskId.length < series.length) {
            taskId = Arrays.copyOf(taskId, series.length);
            deadlineMillis = Arrays.copyOf(deadlineMillis, series.length);
        }
    }

    void openTraces() {
        hasTraces = true;
        if (traceHigh.length < series.length) {
            traceHigh = Arrays.copyOf(traceHigh, series.length);
            traceLow = Arrays.copyOf(traceLow, series.length);
        }
    }

    static int words(int rows) {
        return (rows + 63) >>> 6;
    }
}
