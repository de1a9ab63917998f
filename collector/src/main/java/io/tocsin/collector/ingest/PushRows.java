/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.ingest.IdMeanings.Problem;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.v1.MeasurementRow;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.PushRequest;
import io.tocsin.wire.BatchColumns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The rows of one push, checked; become columns once their series have numbers. A rejected row keeps its place, empty. Not thread-safe. */
final class PushRows {
    private static final int FIRST_ID = 0;

    private final PushRequest request;
    private final TimeLimits limits;
    private final @Nullable SeriesKey[] keys;
    private final @Nullable PushedOutcome[] outcomes;
    private final Rejections rejections = new Rejections();
    private final BatchColumns columns = new BatchColumns();
    private long earliestMillis = Long.MAX_VALUE;
    private long latestMillis = Long.MIN_VALUE;

    PushRows(PushRequest request, TimeLimits limits) {
        this.request = request;
        this.limits = limits;
        this.keys = new @Nullable SeriesKey[request.getOutcomesCount() + request.getMeasurementsCount()];
        this.outcomes = new @Nullable PushedOutcome[request.getOutcomesCount()];
        for (int row = 0; row < outcomes.length; row++) {
            readOutcome(row, request.getOutcomes(row));
        }
        for (int row = outcomes.length; row < keys.length; row++) {
            readMeasurement(row, request.getMeasurements(row - outcomes.length));
        }
    }

    private void readOutcome(int row, OutcomeRow outcome) {
        SeriesReading reading = SeriesReading.of(outcome.getName(), SeriesKind.OUTCOME, outcome.getAttributesMap());
        PushedOutcome read = PushedOutcome.of(outcome, limits);
        Optional<Problem> problem = reading.problem().or(read::problem);
        if (problem.isPresent()) {
            reject(row, problem.get());
        } else {
            keys[row] = reading.key();
            outcomes[row] = read;
            span(read.endMillis());
        }
    }

    private void readMeasurement(int row, MeasurementRow measurement) {
        Optional<SeriesKind> kind = SeriesReading.kind(measurement.getKind()).filter(k -> k != SeriesKind.OUTCOME);
        if (kind.isEmpty()) {
            reject(
                    row,
                    new Problem(
                            Reason.WRONG_KIND,
                            "kind must be SERIES_KIND_GAUGE or SERIES_KIND_COUNTER, was "
                                    + measurement.getKindValue()));
            return;
        }
        SeriesReading reading = SeriesReading.of(measurement.getName(), kind.get(), measurement.getAttributesMap());
        double value = measurement.getValue();
        Optional<Problem> problem = reading.problem();
        if (!Double.isFinite(value) || (kind.get() == SeriesKind.COUNTER && value < 0)) {
            problem = problem.or(() -> Optional.of(new Problem(
                    Reason.BAD_VALUE,
                    "value must be finite" + (kind.get() == SeriesKind.COUNTER ? " and 0 or more" : "") + ", was "
                            + value)));
        }
        problem = problem.or(() -> PushedOutcome.timeProblem(measurement.hasTime(), measurement.getTime(), limits));
        if (problem.isPresent()) {
            reject(row, problem.get());
        } else {
            keys[row] = reading.key();
            span(millisOf(measurement));
        }
    }

    private long millisOf(MeasurementRow measurement) {
        return PushedOutcome.millis(measurement.hasTime(), measurement.getTime(), limits);
    }

    private void reject(int row, Problem problem) {
        rejections.add(row, problem.reason(), problem::message);
    }

    private void span(long millis) {
        earliestMillis = Math.min(earliestMillis, millis);
        latestMillis = Math.max(latestMillis, millis);
    }

    /** In order of rows. */
    Set<SeriesKey> series() {
        Set<SeriesKey> all = new LinkedHashSet<>();
        for (@Nullable SeriesKey key : keys) {
            if (key != null) {
                all.add(key);
            }
        }
        return all;
    }

    /** Other than "", in order of rows. */
    Set<String> errorTypes() {
        Set<String> all = new LinkedHashSet<>();
        for (@Nullable PushedOutcome outcome : outcomes) {
            if (outcome != null && !outcome.errorType().isEmpty()) {
                all.add(outcome.errorType());
            }
        }
        return all;
    }

    /** Fills the columns. */
    void number(ToIntFunction<SeriesKey> seriesIds, ToIntFunction<String> errorTypeIds) {
        columns.clear();
        for (int row = 0; row < outcomes.length; row++) {
            SeriesKey key = keys[row];
            PushedOutcome outcome = outcomes[row];
            if (key == null || outcome == null) {
                columns.addOutcome(FIRST_ID, limits.nowMillis(), 0, false, 0, 0, 0, 0);
            } else {
                columns.addOutcome(
                        seriesIds.applyAsInt(key),
                        outcome.endMillis(),
                        outcome.latencySeconds(),
                        outcome.failed(),
                        outcome.errorType().isEmpty() ? 0 : errorTypeIds.applyAsInt(outcome.errorType()),
                        0,
                        outcome.traceHigh(),
                        outcome.traceLow());
            }
        }
        for (int row = outcomes.length; row < keys.length; row++) {
            SeriesKey key = keys[row];
            MeasurementRow measurement = request.getMeasurements(row - outcomes.length);
            if (key == null) {
                columns.addMeasurement(FIRST_ID, limits.nowMillis(), 0);
            } else {
                columns.addMeasurement(seriesIds.applyAsInt(key), millisOf(measurement), measurement.getValue());
            }
        }
    }

    BatchColumns columns() {
        return columns;
    }

    List<RejectedRecord> rejections() {
        return rejections.records();
    }

    /** Among rows taken; 0 if there are none. */
    long earliestMillis() {
        return earliestMillis == Long.MAX_VALUE ? 0 : earliestMillis;
    }

    /** Among rows taken; 0 if there are none. */
    long latestMillis() {
        return latestMillis == Long.MIN_VALUE ? 0 : latestMillis;
    }
}
