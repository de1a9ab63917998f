/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.ingest.IdMeanings.Problem;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.wire.BatchColumns;

/**
 * Looks at every record of a batch and says which are not taken, why, and what times the others span. A bad record costs
 * itself alone. Reused; not thread-safe.
 */
final class BatchCheck {
    /** A year: a deadline beyond it is a mistake, and sums with it might overflow. */
    static final long MAX_DEADLINE_MILLIS = 366L * 24 * 3_600 * 1_000;

    private Rejections rejections = new Rejections();
    private long earliestMillis;
    private long latestMillis;

    void check(BatchColumns batch, ProducerNames names, TimeLimits limits, long offsetMillis) {
        rejections = new Rejections();
        earliestMillis = Long.MAX_VALUE;
        latestMillis = Long.MIN_VALUE;
        int measurementsFrom = batch.outcomes() + batch.starts();
        for (int row = 0; row < batch.outcomes(); row++) {
            if (takesSeries(batch, row, names.series(), true)
                    && takesLatency(batch, row)
                    && takesErrorType(batch, row, names.errorTypes())) {
                takeTime(batch, row, limits, offsetMillis);
            }
        }
        for (int row = batch.outcomes(); row < measurementsFrom; row++) {
            if (takesSeries(batch, row, names.series(), true) && takesDeadline(batch, row)) {
                takeTime(batch, row, limits, offsetMillis);
            }
        }
        for (int row = measurementsFrom; row < batch.rows(); row++) {
            if (takesSeries(batch, row, names.series(), false) && takesValue(batch, row, names.series())) {
                takeTime(batch, row, limits, offsetMillis);
            }
        }
    }

    Rejections rejections() {
        return rejections;
    }

    /** Corrected, among records taken; 0 if there are none. */
    long earliestMillis() {
        return earliestMillis == Long.MAX_VALUE ? 0 : earliestMillis;
    }

    /** Corrected, among records taken; 0 if there are none. */
    long latestMillis() {
        return latestMillis == Long.MIN_VALUE ? 0 : latestMillis;
    }

    private boolean takesSeries(BatchColumns batch, int row, IdMeanings series, boolean outcome) {
        int id = batch.series()[row];
        byte kind = series.kind(id);
        if (outcome ? kind == IdMeanings.OUTCOME : kind == IdMeanings.GAUGE || kind == IdMeanings.COUNTER) {
            return true;
        }
        if (kind == IdMeanings.UNKNOWN) {
            rejections.add(
                    row,
                    Reason.UNKNOWN_SERIES,
                    () -> "series id " + id + " is not defined; ids are 0 to " + ProducerNames.MAX_SERIES_ID);
        } else if (kind == IdMeanings.BAD) {
            Problem problem = series.problem(id);
            rejections.add(row, problem.reason(), problem::message);
        } else {
            rejections.add(
                    row,
                    Reason.WRONG_KIND,
                    () -> "series id " + id + " is of kind " + word(kind) + ", but the column takes "
                            + (outcome ? "OUTCOME" : "GAUGE and COUNTER"));
        }
        return false;
    }

    private boolean takesLatency(BatchColumns batch, int row) {
        double latency = batch.value()[row];
        if (latency >= 0 && latency < Double.POSITIVE_INFINITY) {
            return true;
        }
        rejections.add(
                row, Reason.BAD_VALUE, () -> "latency must be a finite number of seconds, 0 or more, was " + latency);
        return false;
    }

    private boolean takesErrorType(BatchColumns batch, int row, IdMeanings errorTypes) {
        if (!batch.hasErrorTypes() || batch.errorType()[row] == 0) {
            return true;
        }
        int id = batch.errorType()[row];
        byte kind = errorTypes.kind(id);
        if (kind == IdMeanings.ERROR_TYPE) {
            return true;
        }
        if (kind == IdMeanings.BAD) {
            Problem problem = errorTypes.problem(id);
            rejections.add(row, problem.reason(), problem::message);
        } else {
            rejections.add(
                    row,
                    Reason.UNKNOWN_ERROR_TYPE,
                    () -> "error type id " + id + " is not defined; ids are 1 to " + ProducerNames.MAX_ERROR_TYPE_ID);
        }
        return false;
    }

    private boolean takesDeadline(BatchColumns batch, int row) {
        long deadline = batch.deadlineMillis()[row];
        if (deadline <= MAX_DEADLINE_MILLIS) {
            return true;
        }
        rejections.add(
                row,
                Reason.BAD_VALUE,
                () -> "deadline must be at most " + MAX_DEADLINE_MILLIS + " ms (366 days) after the start, was "
                        + deadline + " ms");
        return false;
    }

    private boolean takesValue(BatchColumns batch, int row, IdMeanings series) {
        double value = batch.value()[row];
        boolean counter = series.kind(batch.series()[row]) == IdMeanings.COUNTER;
        if (Double.isFinite(value) && (value >= 0 || !counter)) {
            return true;
        }
        rejections.add(
                row,
                Reason.BAD_VALUE,
                () -> (counter
                                ? "increment of a counter must be finite and 0 or more, was "
                                : "value must be finite, was ")
                        + value);
        return false;
    }

    private void takeTime(BatchColumns batch, int row, TimeLimits limits, long offsetMillis) {
        long millis = TimeLimits.corrected(batch.timeMillis()[row], offsetMillis);
        if (limits.contains(millis)) {
            earliestMillis = Math.min(earliestMillis, millis);
            latestMillis = Math.max(latestMillis, millis);
        } else {
            rejections.add(row, limits.reason(millis), () -> limits.problem(millis));
        }
    }

    private static String word(byte kind) {
        return switch (kind) {
            case IdMeanings.OUTCOME -> "OUTCOME";
            case IdMeanings.GAUGE -> "GAUGE";
            default -> "COUNTER";
        };
    }
}
