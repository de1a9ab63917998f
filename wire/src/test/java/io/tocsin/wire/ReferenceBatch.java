/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.tocsin.v1.Batch;
import io.tocsin.v1.MeasurementColumns;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.StartColumns;
import java.util.List;

/** A batch as protobuf-java reads it, and a slow, separate reading of what our codec must make of it. */
final class ReferenceBatch {
    private ReferenceBatch() {}

    /** Whether the columns fit each other and no known field came with a foreign wire type. */
    static boolean isSound(Batch batch, int maxRows) {
        OutcomeColumns outcomes = batch.getOutcomes();
        StartColumns starts = batch.getStarts();
        MeasurementColumns measurements = batch.getMeasurements();
        int rows = outcomes.getSeriesCount();
        return !knows(batch.getUnknownFields(), 6)
                && !knows(outcomes.getUnknownFields(), 10)
                && !knows(starts.getUnknownFields(), 4)
                && !knows(measurements.getUnknownFields(), 3)
                && rows + starts.getSeriesCount() + measurements.getSeriesCount() <= maxRows
                && outcomes.getTimeDeltaMillisCount() == rows
                && outcomes.getLatencySecondsCount() == rows
                && outcomes.getFailed().size() <= (rows + 7) / 8
                && noBitFrom(rows, outcomes.getFailed())
                && ascendingBelow(rows, outcomes.getErrorRowList())
                && outcomes.getErrorTypeCount() == outcomes.getErrorRowCount()
                && ascendingBelow(rows, outcomes.getTraceRowList())
                && outcomes.getTraceId().size() == 16 * outcomes.getTraceRowCount()
                && ascendingBelow(rows, outcomes.getTaskRowList())
                && outcomes.getTaskIdCount() == outcomes.getTaskRowCount()
                && starts.getTimeDeltaMillisCount() == starts.getSeriesCount()
                && starts.getTaskIdCount() == starts.getSeriesCount()
                && starts.getDeadlineMillisCount() == starts.getSeriesCount()
                && measurements.getTimeDeltaMillisCount() == measurements.getSeriesCount()
                && measurements.getValueCount() == measurements.getSeriesCount();
    }

    private static boolean knows(UnknownFieldSet unknown, int lastKnown) {
        return unknown.asMap().keySet().stream().anyMatch(number -> number <= lastKnown);
    }

    private static boolean noBitFrom(int rows, ByteString bits) {
        for (int row = rows; row < 8 * bits.size(); row++) {
            if ((bits.byteAt(row / 8) >> (row % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascendingBelow(int rows, List<Integer> entries) {
        int before = -1;
        for (int entry : entries) {
            if (entry <= before || entry >= rows) {
                return false;
            }
            before = entry;
        }
        return true;
    }

    static void assertSame(Batch batch, BatchColumns columns, String which) {
        OutcomeColumns outcomes = batch.getOutcomes();
        StartColumns starts = batch.getStarts();
        MeasurementColumns measurements = batch.getMeasurements();
        assertThat(columns.sequence()).as(which).isEqualTo(batch.getSequence());
        assertThat(columns.hasTraceContext())
                .as(which)
                .isEqualTo(batch.getTraceContext().size() == BatchColumns.TRACE_CONTEXT_BYTES);
        if (columns.hasTraceContext()) {
            assertThat(columns.traceContext())
                    .as(which)
                    .isEqualTo(batch.getTraceContext().toByteArray());
        }
        assertThat(columns.outcomes()).as(which).isEqualTo(outcomes.getSeriesCount());
        assertThat(columns.starts()).as(which).isEqualTo(starts.getSeriesCount());
        assertThat(columns.measurements()).as(which).isEqualTo(measurements.getSeriesCount());
        assertColumns(batch, columns, 0, outcomes.getSeriesList(), outcomes.getTimeDeltaMillisList(), which);
        assertColumns(
                batch, columns, columns.outcomes(), starts.getSeriesList(), starts.getTimeDeltaMillisList(), which);
        int firstMeasurement = columns.outcomes() + columns.starts();
        assertColumns(
                batch,
                columns,
                firstMeasurement,
                measurements.getSeriesList(),
                measurements.getTimeDeltaMillisList(),
                which);
        for (int row = 0; row < columns.outcomes(); row++) {
            assertOutcome(outcomes, columns, row, which);
        }
        for (int i = 0; i < starts.getSeriesCount(); i++) {
            int row = columns.outcomes() + i;
            long deadline = starts.getDeadlineMillis(i);
            same(columns.taskId()[row], starts.getTaskId(i), which);
            same(columns.deadlineMillis()[row], deadline < 0 ? Long.MAX_VALUE : deadline, which);
            same(columns.failed(row) ? 1 : 0, 0, which);
        }
        for (int i = 0; i < measurements.getSeriesCount(); i++) {
            same(
                    Double.doubleToRawLongBits(columns.value()[firstMeasurement + i]),
                    Double.doubleToRawLongBits(measurements.getValue(i)),
                    which);
        }
    }

    private static void assertColumns(
            Batch batch, BatchColumns columns, int first, List<Integer> series, List<Long> deltas, String which) {
        long time = batch.getBaseTimeMillis();
        for (int i = 0; i < series.size(); i++) {
            time += deltas.get(i);
            same(columns.timeMillis()[first + i], time, which);
            same(columns.series()[first + i], id(series.get(i)), which);
            if (columns.hasErrorTypes() && first > 0) {
                same(columns.errorType()[first + i], 0, which);
            }
            if (columns.hasTraces() && first > 0) {
                same(columns.traceHigh()[first + i] | columns.traceLow()[first + i], 0, which);
            }
        }
    }

    private static void assertOutcome(OutcomeColumns outcomes, BatchColumns columns, int row, String which) {
        same(
                Double.doubleToRawLongBits(columns.value()[row]),
                Double.doubleToRawLongBits(outcomes.getLatencySeconds(row)),
                which);
        boolean failed =
                row / 8 < outcomes.getFailed().size() && (outcomes.getFailed().byteAt(row / 8) >> (row % 8) & 1) != 0;
        same(columns.failed(row) ? 1 : 0, failed ? 1 : 0, which);
        int error = outcomes.getErrorRowList().indexOf(row);
        same(
                columns.hasErrorTypes() ? columns.errorType()[row] : 0,
                error < 0 ? 0 : id(outcomes.getErrorType(error)),
                which);
        int task = outcomes.getTaskRowList().indexOf(row);
        same(columns.hasTasks() ? columns.taskId()[row] : 0, task < 0 ? 0 : outcomes.getTaskId(task), which);
        int trace = outcomes.getTraceRowList().indexOf(row);
        byte[] id = new byte[16];
        if (trace >= 0) {
            outcomes.getTraceId().copyTo(id, 16 * trace, 0, 16);
        }
        java.nio.ByteBuffer halves = java.nio.ByteBuffer.wrap(id);
        same(columns.hasTraces() ? columns.traceHigh()[row] : 0, halves.getLong(), which);
        same(columns.hasTraces() ? columns.traceLow()[row] : 0, halves.getLong(), which);
    }

    private static int id(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    /** Cheaper than an assertion object for each number of a hundred thousand batches. */
    private static void same(long actual, long expected, String which) {
        if (actual != expected) {
            throw new AssertionError(which + ": expected " + expected + " but was " + actual);
        }
    }
}
