/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.SendTrace;
import io.tocsin.client.TracedBatch;
import io.tocsin.client.internal.queue.RecordHeader;
import io.tocsin.client.internal.queue.RecordSink;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.util.HashSet;
import java.util.Set;

/**
 * Sorts records into the sections of a batch. In a batch outcomes come before starts, so a completion that meets its own
 * start is kept for the next batch: whoever reads batches in order sees a task begin before it ends. Confined to the
 * sender's thread.
 */
final class BatchAssembler implements RecordSink {
    private final BatchColumns columns = new BatchColumns();
    private final BatchEncoder encoder = new BatchEncoder();
    private final RecordList starts = new RecordList();
    private final RecordList measurements = new RecordList();
    private final RecordList carried = new RecordList();
    private final Set<Long> begunHere = new HashSet<>();
    private final TracesOfBatch traces = new TracesOfBatch();
    private final String producer;
    private final GuardedTracing tracing;

    BatchAssembler(String producer, GuardedTracing tracing) {
        this.producer = producer;
        this.tracing = tracing;
    }

    @Override
    public void accept(
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        switch (RecordHeader.kind(header)) {
            case RecordHeader.OUTCOME -> {
                if (taskId != 0 && begunHere.contains(taskId)) {
                    carried.accept(header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow);
                } else {
                    addOutcome(header, timeMillis, value, taskId, traceHigh, traceLow);
                }
            }
            case RecordHeader.START -> {
                begunHere.add(taskId);
                starts.accept(header, timeMillis, value, taskId, deadlineMillis, 0, 0);
            }
            default -> measurements.accept(header, timeMillis, value, taskId, deadlineMillis, 0, 0);
        }
    }

    private void addOutcome(
            long header, long timeMillis, double latencySeconds, long taskId, long traceHigh, long traceLow) {
        traces.add(traceHigh, traceLow);
        columns.addOutcome(
                RecordHeader.series(header),
                timeMillis,
                latencySeconds,
                RecordHeader.failed(header),
                RecordHeader.errorType(header),
                taskId,
                traceHigh,
                traceLow);
    }

    /** Records held, those for the next batch included. */
    int held() {
        return rows() + carried.size();
    }

    /** Rows that the next batch will have. */
    int rows() {
        return columns.outcomes() + starts.size() + measurements.size();
    }

    /** Makes a batch of the rows; those carried over are the first rows of the next. */
    SentBatch seal(long sequence) {
        int rows = rows();
        starts.forEach((header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow) ->
                columns.addStart(RecordHeader.series(header), timeMillis, taskId, deadlineMillis));
        measurements.forEach((header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow) ->
                columns.addMeasurement(RecordHeader.series(header), timeMillis, value));
        columns.sequence(sequence);
        SendTrace trace = traces.areNone()
                ? SendTrace.NONE
                : tracing.batchMade(new TracedBatch(producer, sequence, rows, traces.records(), traces.ids()));
        if (trace != SendTrace.NONE) {
            columns.traceContext(tracing.contextOf(trace));
        }
        byte[] bytes = encoder.encode(columns);
        columns.clear();
        traces.clear();
        starts.clear();
        measurements.clear();
        begunHere.clear();
        carried.forEach((header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow) ->
                addOutcome(header, timeMillis, value, taskId, traceHigh, traceLow));
        carried.clear();
        return new SentBatch(sequence, bytes, rows, trace);
    }
}
