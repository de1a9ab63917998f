/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

/**
 * Writes columns as the bytes that protobuf-java would write for the same {@code tocsin.v1.Batch}: fields in order,
 * packed, nothing that is empty. The base time is that of the first row. Allocates the result and nothing per row.
 *
 * <p>Not thread-safe; keep one per thread.
 */
public final class BatchEncoder {
    private int errors;
    private int errorRowBytes;
    private int errorTypeBytes;
    private int traces;
    private int traceRowBytes;
    private int tasks;
    private int taskRowBytes;
    private int failedBytes;

    /** Returns a new array; {@code columns} stays as it is. */
    public byte[] encode(BatchColumns columns) {
        long base = columns.rows() == 0 ? 0 : columns.timeMillis[0];
        int firstStart = columns.outcomes;
        int firstMeasurement = firstStart + columns.starts;
        int rows = columns.rows();
        measureSparse(columns);

        int outcomeSeriesBytes = sizeOfSeries(columns, 0, firstStart);
        int outcomeTimeBytes = sizeOfTimes(columns, 0, firstStart, base);
        int outcomesBytes = ByteSink.sizeOfField(outcomeSeriesBytes)
                + ByteSink.sizeOfField(outcomeTimeBytes)
                + ByteSink.sizeOfField(8 * columns.outcomes)
                + ByteSink.sizeOfField(failedBytes)
                + ByteSink.sizeOfField(errorRowBytes)
                + ByteSink.sizeOfField(errorTypeBytes)
                + ByteSink.sizeOfField(traceRowBytes)
                + ByteSink.sizeOfField(16 * traces)
                + ByteSink.sizeOfField(taskRowBytes)
                + ByteSink.sizeOfField(8 * tasks);

        int startSeriesBytes = sizeOfSeries(columns, firstStart, firstMeasurement);
        int startTimeBytes = sizeOfTimes(columns, firstStart, firstMeasurement, base);
        int deadlineBytes = sizeOfDeadlines(columns, firstStart, firstMeasurement);
        int startsBytes = ByteSink.sizeOfField(startSeriesBytes)
                + ByteSink.sizeOfField(startTimeBytes)
                + ByteSink.sizeOfField(8 * columns.starts)
                + ByteSink.sizeOfField(deadlineBytes);

        int measurementSeriesBytes = sizeOfSeries(columns, firstMeasurement, rows);
        int measurementTimeBytes = sizeOfTimes(columns, firstMeasurement, rows, base);
        int measurementsBytes = ByteSink.sizeOfField(measurementSeriesBytes)
                + ByteSink.sizeOfField(measurementTimeBytes)
                + ByteSink.sizeOfField(8 * columns.measurements);

        ByteSink sink = new ByteSink(sizeOfNumber(columns.sequence())
                + sizeOfNumber(base)
                + ByteSink.sizeOfField(outcomesBytes)
                + ByteSink.sizeOfField(startsBytes)
                + ByteSink.sizeOfField(measurementsBytes)
                + (columns.hasTraceContext ? ByteSink.sizeOfField(BatchColumns.TRACE_CONTEXT_BYTES) : 0));
        sink.number(1, columns.sequence());
        sink.number(2, base);
        if (columns.outcomes > 0) {
            sink.field(3, outcomesBytes);
            writeSeries(sink, columns, 0, firstStart, outcomeSeriesBytes);
            writeTimes(sink, columns, 0, firstStart, base, outcomeTimeBytes);
            writeValues(sink, columns, 0, firstStart);
            writeFailed(sink, columns);
            writeSparse(sink, columns);
        }
        if (columns.starts > 0) {
            sink.field(4, startsBytes);
            writeSeries(sink, columns, firstStart, firstMeasurement, startSeriesBytes);
            writeTimes(sink, columns, firstStart, firstMeasurement, base, startTimeBytes);
            sink.field(3, 8 * columns.starts);
            for (int row = firstStart; row < firstMeasurement; row++) {
                sink.fixed64(columns.taskId[row]);
            }
            sink.field(4, deadlineBytes);
            for (int row = firstStart; row < firstMeasurement; row++) {
                sink.varint(columns.deadlineMillis[row]);
            }
        }
        if (columns.measurements > 0) {
            sink.field(5, measurementsBytes);
            writeSeries(sink, columns, firstMeasurement, rows, measurementSeriesBytes);
            writeTimes(sink, columns, firstMeasurement, rows, base, measurementTimeBytes);
            writeValues(sink, columns, firstMeasurement, rows);
        }
        if (columns.hasTraceContext) {
            sink.field(6, BatchColumns.TRACE_CONTEXT_BYTES);
            for (byte one : columns.traceContext) {
                sink.oneByte(one);
            }
        }
        return sink.toBytes();
    }

    private void measureSparse(BatchColumns columns) {
        errors = 0;
        errorRowBytes = 0;
        errorTypeBytes = 0;
        traces = 0;
        traceRowBytes = 0;
        tasks = 0;
        taskRowBytes = 0;
        for (int row = 0; row < columns.outcomes && columns.hasErrorTypes; row++) {
            if (columns.errorType[row] != 0) {
                errors++;
                errorRowBytes += ByteSink.sizeOf(row);
                errorTypeBytes += ByteSink.sizeOf(columns.errorType[row] & 0xFFFF_FFFFL);
            }
        }
        for (int row = 0; row < columns.outcomes && columns.hasTraces; row++) {
            if ((columns.traceHigh[row] | columns.traceLow[row]) != 0) {
                traces++;
                traceRowBytes += ByteSink.sizeOf(row);
            }
        }
        for (int row = 0; row < columns.outcomes && columns.hasTasks; row++) {
            if (columns.taskId[row] != 0) {
                tasks++;
                taskRowBytes += ByteSink.sizeOf(row);
            }
        }
        failedBytes = 0;
        for (int word = BatchColumns.words(columns.outcomes) - 1; word >= 0 && failedBytes == 0; word--) {
            int bits = 64 - Long.numberOfLeadingZeros(columns.failedBits[word]);
            failedBytes = bits == 0 ? 0 : 8 * word + (bits + 7) / 8;
        }
    }

    private static int sizeOfNumber(long value) {
        return value == 0 ? 0 : 1 + ByteSink.sizeOf(value);
    }

    private static int sizeOfSeries(BatchColumns columns, int from, int to) {
        int size = 0;
        for (int row = from; row < to; row++) {
            size += ByteSink.sizeOf(columns.series[row] & 0xFFFF_FFFFL);
        }
        return size;
    }

    private static int sizeOfTimes(BatchColumns columns, int from, int to, long base) {
        int size = 0;
        long before = base;
        for (int row = from; row < to; row++) {
            long time = columns.timeMillis[row];
            size += ByteSink.sizeOf(ByteSink.zigzag(time - before));
            before = time;
        }
        return size;
    }

    private static int sizeOfDeadlines(BatchColumns columns, int from, int to) {
        int size = 0;
        for (int row = from; row < to; row++) {
            size += ByteSink.sizeOf(columns.deadlineMillis[row]);
        }
        return size;
    }

    private static void writeSeries(ByteSink sink, BatchColumns columns, int from, int to, int bytes) {
        sink.field(1, bytes);
        for (int row = from; row < to; row++) {
            sink.varint(columns.series[row] & 0xFFFF_FFFFL);
        }
    }

    private static void writeTimes(ByteSink sink, BatchColumns columns, int from, int to, long base, int bytes) {
        sink.field(2, bytes);
        long before = base;
        for (int row = from; row < to; row++) {
            long time = columns.timeMillis[row];
            sink.varint(ByteSink.zigzag(time - before));
            before = time;
        }
    }

    private static void writeValues(ByteSink sink, BatchColumns columns, int from, int to) {
        sink.field(3, 8 * (to - from));
        for (int row = from; row < to; row++) {
            sink.fixed64(columns.value[row]);
        }
    }

    private void writeFailed(ByteSink sink, BatchColumns columns) {
        if (failedBytes > 0) {
            sink.field(4, failedBytes);
            for (int i = 0; i < failedBytes; i++) {
                sink.oneByte((byte) (columns.failedBits[i >> 3] >>> (8 * (i & 7))));
            }
        }
    }

    private void writeSparse(ByteSink sink, BatchColumns columns) {
        if (errors > 0) {
            sink.field(5, errorRowBytes);
            writeRows(sink, columns, columns.errorType);
            sink.field(6, errorTypeBytes);
            for (int row = 0; row < columns.outcomes; row++) {
                if (columns.errorType[row] != 0) {
                    sink.varint(columns.errorType[row] & 0xFFFF_FFFFL);
                }
            }
        }
        if (traces > 0) {
            sink.field(7, traceRowBytes);
            for (int row = 0; row < columns.outcomes; row++) {
                if ((columns.traceHigh[row] | columns.traceLow[row]) != 0) {
                    sink.varint(row);
                }
            }
            sink.field(8, 16 * traces);
            for (int row = 0; row < columns.outcomes; row++) {
                if ((columns.traceHigh[row] | columns.traceLow[row]) != 0) {
                    sink.fixed64(Long.reverseBytes(columns.traceHigh[row]));
                    sink.fixed64(Long.reverseBytes(columns.traceLow[row]));
                }
            }
        }
        if (tasks > 0) {
            sink.field(9, taskRowBytes);
            for (int row = 0; row < columns.outcomes; row++) {
                if (columns.taskId[row] != 0) {
                    sink.varint(row);
                }
            }
            sink.field(10, 8 * tasks);
            for (int row = 0; row < columns.outcomes; row++) {
                if (columns.taskId[row] != 0) {
                    sink.fixed64(columns.taskId[row]);
                }
            }
        }
    }

    private static void writeRows(ByteSink sink, BatchColumns columns, int[] saidBy) {
        for (int row = 0; row < columns.outcomes; row++) {
            if (saidBy[row] != 0) {
                sink.varint(row);
            }
        }
    }
}
