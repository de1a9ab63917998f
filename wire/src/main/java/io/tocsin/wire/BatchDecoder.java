/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import io.tocsin.wire.Column.Form;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protobuf bytes of {@code tocsin.v1.Batch} into columns, without an allocation per row. Takes whatever
 * protobuf-java takes for that schema (fields in any order, unpacked, split or unknown), and then asks that the columns
 * fit each other. Latencies and values may be any double: a bad one costs its row, not its batch, and not here.
 *
 * <p>Not thread-safe; keep one per thread.
 */
public final class BatchDecoder {
    /** Rows that a batch may have when nothing else is said. */
    public static final int DEFAULT_MAX_ROWS = 65_536;

    private final int maxRows;
    private final ByteCursor cursor = new ByteCursor();

    // by field number, as in ingest.proto
    private final @Nullable Column[] outcomes;
    private final @Nullable Column[] starts;
    private final @Nullable Column[] measurements;

    private final Column outcomeSeries;
    private final Column outcomeTime;
    private final Column outcomeLatency;
    private final Column failed;
    private final Column errorRow;
    private final Column errorType;
    private final Column traceRow;
    private final Column traceId;
    private final Column taskRow;
    private final Column taskId;
    private final Column startSeries;
    private final Column startTime;
    private final Column startTask;
    private final Column startDeadline;
    private final Column measurementSeries;
    private final Column measurementTime;
    private final Column measurementValue;

    private int[] sparseRows = new int[16];
    private int[] sparseInts = new int[16];
    private long[] sparseLongs = new long[16];

    public BatchDecoder() {
        this(DEFAULT_MAX_ROWS);
    }

    /** Refuses batches of more than {@code maxRows} rows, 1 or more. */
    public BatchDecoder(int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be 1 or more, was " + maxRows);
        }
        this.maxRows = maxRows;
        outcomeSeries = new Column("outcomes.series", Form.VARINTS, maxRows);
        outcomeTime = new Column("outcomes.time_delta_millis", Form.VARINTS, maxRows);
        outcomeLatency = new Column("outcomes.latency_seconds", Form.FIXED64S, maxRows);
        failed = new Column("outcomes.failed", Form.BYTES, maxRows);
        errorRow = new Column("outcomes.error_row", Form.VARINTS, maxRows);
        errorType = new Column("outcomes.error_type", Form.VARINTS, maxRows);
        traceRow = new Column("outcomes.trace_row", Form.VARINTS, maxRows);
        traceId = new Column("outcomes.trace_id", Form.BYTES, maxRows);
        taskRow = new Column("outcomes.task_row", Form.VARINTS, maxRows);
        taskId = new Column("outcomes.task_id", Form.FIXED64S, maxRows);
        startSeries = new Column("starts.series", Form.VARINTS, maxRows);
        startTime = new Column("starts.time_delta_millis", Form.VARINTS, maxRows);
        startTask = new Column("starts.task_id", Form.FIXED64S, maxRows);
        startDeadline = new Column("starts.deadline_millis", Form.VARINTS, maxRows);
        measurementSeries = new Column("measurements.series", Form.VARINTS, maxRows);
        measurementTime = new Column("measurements.time_delta_millis", Form.VARINTS, maxRows);
        measurementValue = new Column("measurements.value", Form.FIXED64S, maxRows);
        outcomes = new @Nullable Column[] {
            null,
            outcomeSeries,
            outcomeTime,
            outcomeLatency,
            failed,
            errorRow,
            errorType,
            traceRow,
            traceId,
            taskRow,
            taskId
        };
        starts = new @Nullable Column[] {null, startSeries, startTime, startTask, startDeadline};
        measurements = new @Nullable Column[] {null, measurementSeries, measurementTime, measurementValue};
    }

    /** Replaces the content of {@code into} by the batch in the given bytes; after a throw {@code into} is empty. */
    public void decode(byte[] bytes, int offset, int length, BatchColumns into) throws MalformedBatchException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        into.clear();
        cursor.over(bytes, offset, length);
        clear(outcomes);
        clear(starts);
        clear(measurements);
        boolean complete = false;
        try {
            long baseTimeMillis = locateColumns(into);
            checkShape();
            readOutcomes(into, baseTimeMillis);
            readStarts(into, baseTimeMillis);
            readMeasurements(into, baseTimeMillis);
            complete = true;
        } finally {
            if (!complete) {
                into.clear();
            }
        }
    }

    private static void clear(@Nullable Column[] columns) {
        for (Column column : columns) {
            if (column != null) {
                column.clear();
            }
        }
    }

    private long locateColumns(BatchColumns into) throws MalformedBatchException {
        long baseTimeMillis = 0;
        while (!cursor.atEnd()) {
            int tag = cursor.readTag("batch");
            switch (tag >>> 3) {
                case 1 -> into.sequence(readNumber("sequence", tag));
                case 2 -> baseTimeMillis = readNumber("base_time_millis", tag);
                case 3 -> locate("outcomes", tag, outcomes);
                case 4 -> locate("starts", tag, starts);
                case 5 -> locate("measurements", tag, measurements);
                case 6 -> readTraceContext(tag, into);
                default -> cursor.skip("batch", tag, 0);
            }
        }
        return baseTimeMillis;
    }

    private long readNumber(String field, int tag) throws MalformedBatchException {
        requireWireType(field, tag, ByteCursor.VARINT);
        return cursor.readVarint(field);
    }

    /** One of another length is none: a sender's mistake in its own trace must not cost its records. */
    private void readTraceContext(int tag, BatchColumns into) throws MalformedBatchException {
        requireWireType("trace_context", tag, ByteCursor.LENGTH_DELIMITED);
        int end = cursor.readEnd("trace_context");
        into.hasTraceContext = end - cursor.position() == BatchColumns.TRACE_CONTEXT_BYTES;
        if (into.hasTraceContext) {
            System.arraycopy(cursor.bytes(), cursor.position(), into.traceContext, 0, BatchColumns.TRACE_CONTEXT_BYTES);
        }
        cursor.moveTo(end);
    }

    private void locate(String field, int tag, @Nullable Column[] columns) throws MalformedBatchException {
        requireWireType(field, tag, ByteCursor.LENGTH_DELIMITED);
        int end = cursor.readEnd(field);
        int outerLimit = cursor.limit();
        cursor.limit(end);
        while (!cursor.atEnd()) {
            int inner = cursor.readTag(field);
            int number = inner >>> 3;
            Column column = number < columns.length ? columns[number] : null;
            if (column == null) {
                cursor.skip(field, inner, 1);
            } else {
                column.locate(cursor, inner & 7);
            }
        }
        cursor.limit(outerLimit);
    }

    private static void requireWireType(String field, int tag, int expected) throws MalformedBatchException {
        if ((tag & 7) != expected) {
            throw new MalformedBatchException(field + ": wire type must be " + expected + ", was " + (tag & 7));
        }
    }

    private void checkShape() throws MalformedBatchException {
        requireSameCount(outcomeTime, outcomeSeries);
        requireSameCount(outcomeLatency, outcomeSeries);
        requireSameCount(errorType, errorRow);
        requireSameCount(taskId, taskRow);
        if (traceId.count() != 16L * traceRow.count()) {
            throw new MalformedBatchException(traceId.name() + ": must have 16 bytes for each of the "
                    + traceRow.count() + " entries of " + traceRow.name() + ", has " + traceId.count());
        }
        requireSameCount(startTime, startSeries);
        requireSameCount(startTask, startSeries);
        requireSameCount(startDeadline, startSeries);
        requireSameCount(measurementTime, measurementSeries);
        requireSameCount(measurementValue, measurementSeries);
        long rows = (long) outcomeSeries.count() + startSeries.count() + measurementSeries.count();
        if (rows > maxRows) {
            throw new MalformedBatchException("batch: must have at most " + maxRows + " rows, has " + rows);
        }
        int failedBytes = (outcomeSeries.count() + 7) >>> 3;
        if (failed.count() > failedBytes) {
            throw new MalformedBatchException(failed.name() + ": must have at most " + failedBytes + " bytes for "
                    + outcomeSeries.count() + " rows, has " + failed.count());
        }
    }

    private static void requireSameCount(Column column, Column like) throws MalformedBatchException {
        if (column.count() != like.count()) {
            throw new MalformedBatchException(column.name() + ": must have as many entries as " + like.name() + " ("
                    + like.count() + "), has " + column.count());
        }
    }

    private void readOutcomes(BatchColumns into, long baseTimeMillis) throws MalformedBatchException {
        int rows = outcomeSeries.count();
        if (rows == 0) {
            requireNone(errorRow);
            requireNone(traceRow);
            requireNone(taskRow);
            return;
        }
        into.ensureRows(rows);
        into.outcomes = rows;
        readIds(outcomeSeries, into.series, 0);
        outcomeTime.readRunningSum(into.timeMillis, 0, baseTimeMillis);
        outcomeLatency.readDoubles(into.value, 0);
        readFailed(into, rows);
        if (errorRow.count() > 0) {
            readErrorTypes(into, rows);
        }
        if (traceRow.count() > 0) {
            readTraces(into, rows);
        }
        if (taskRow.count() > 0) {
            readTasks(into, rows);
        }
    }

    private static void requireNone(Column rows) throws MalformedBatchException {
        if (rows.count() > 0) {
            throw new MalformedBatchException(
                    rows.name() + ": must be empty without outcomes, has " + rows.count() + " entries");
        }
    }

    private void readFailed(BatchColumns into, int rows) throws MalformedBatchException {
        int length = failed.count();
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            into.failedBits[i >> 3] = failed.longAt(i);
        }
        for (; i < length; i++) {
            into.failedBits[i >> 3] |= (failed.byteAt(i) & 0xFFL) << (8 * (i & 7));
        }
        // the length was checked, so a bit beyond the rows can only be in the last word
        if ((rows & 63) != 0 && into.failedBits[rows >> 6] >>> rows != 0) {
            throw new MalformedBatchException(failed.name() + ": has a bit beyond its " + rows + " rows");
        }
    }

    private void readErrorTypes(BatchColumns into, int rows) throws MalformedBatchException {
        int count = readSparseRows(errorRow, rows);
        readIds(errorType, sparseInts, 0);
        into.openErrorTypes();
        for (int i = 0; i < count; i++) {
            into.errorType[sparseRows[i]] = sparseInts[i];
        }
    }

    private void readTraces(BatchColumns into, int rows) throws MalformedBatchException {
        int count = readSparseRows(traceRow, rows);
        into.openTraces();
        for (int i = 0; i < count; i++) {
            into.traceHigh[sparseRows[i]] = Long.reverseBytes(traceId.longAt(16 * i));
            into.traceLow[sparseRows[i]] = Long.reverseBytes(traceId.longAt(16 * i + 8));
        }
    }

    private void readTasks(BatchColumns into, int rows) throws MalformedBatchException {
        int count = readSparseRows(taskRow, rows);
        taskId.readLongs(sparseLongs, 0);
        into.openTasks();
        for (int i = 0; i < count; i++) {
            into.taskId[sparseRows[i]] = sparseLongs[i];
        }
    }

    /** Reads row numbers into {@link #sparseRows}, and makes the other sparse arrays as long. */
    private int readSparseRows(Column column, int rows) throws MalformedBatchException {
        int count = column.count();
        if (count > sparseRows.length) {
            sparseRows = new int[count];
            sparseInts = new int[count];
            sparseLongs = new long[count];
        }
        column.readInts(sparseRows, 0);
        int before = -1;
        for (int i = 0; i < count; i++) {
            int row = sparseRows[i];
            if (row <= before || row >= rows) {
                throw new MalformedBatchException(column.name() + ": entry " + i + " must be above " + before
                        + " and below " + rows + ", was " + Integer.toUnsignedString(row));
            }
            before = row;
        }
        return count;
    }

    private void readStarts(BatchColumns into, long baseTimeMillis) throws MalformedBatchException {
        int rows = startSeries.count();
        if (rows == 0) {
            return;
        }
        int first = into.outcomes;
        into.ensureRows(first + rows);
        into.openTasks();
        into.starts = rows;
        readIds(startSeries, into.series, first);
        startTime.readRunningSum(into.timeMillis, first, baseTimeMillis);
        Arrays.fill(into.value, first, first + rows, 0);
        startTask.readLongs(into.taskId, first);
        startDeadline.readUnsignedLongs(into.deadlineMillis, first);
    }

    private void readMeasurements(BatchColumns into, long baseTimeMillis) throws MalformedBatchException {
        int rows = measurementSeries.count();
        if (rows == 0) {
            return;
        }
        int first = into.outcomes + into.starts;
        into.ensureRows(first + rows);
        into.measurements = rows;
        readIds(measurementSeries, into.series, first);
        measurementTime.readRunningSum(into.timeMillis, first, baseTimeMillis);
        measurementValue.readDoubles(into.value, first);
    }

    private static void readIds(Column column, int[] into, int at) throws MalformedBatchException {
        if (column.readInts(into, at) < 0) {
            for (int row = at; row < at + column.count(); row++) {
                into[row] = into[row] < 0 ? Integer.MAX_VALUE : into[row];
            }
        }
    }
}
