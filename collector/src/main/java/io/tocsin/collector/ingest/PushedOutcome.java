/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.protobuf.Timestamp;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.ingest.IdMeanings.Problem;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.v1.OutcomeRow;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of a push, read.
 *
 * @param errorType "" for none; "cancelled" and not failed for what its caller gave up
 * @param problem empty if the row is sound; else the rest means nothing
 */
record PushedOutcome(
        long endMillis,
        double latencySeconds,
        boolean failed,
        String errorType,
        long traceHigh,
        long traceLow,
        Optional<Problem> problem) {
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");

    static PushedOutcome of(OutcomeRow row, TimeLimits limits) {
        Optional<Problem> problem = timeProblem(row.hasEndTime(), row.getEndTime(), limits)
                .or(() -> latencyProblem(row))
                .or(() -> statusProblem(row))
                .or(() -> errorTypeProblem(row))
                .or(() -> traceProblem(row));
        if (problem.isPresent()) {
            return new PushedOutcome(0, 0, false, "", 0, 0, problem);
        }
        boolean traced = !row.getTraceId().isEmpty();
        return new PushedOutcome(
                millis(row.hasEndTime(), row.getEndTime(), limits),
                row.getLatency().getSeconds() + row.getLatency().getNanos() / 1e9,
                failed(row),
                errorType(row),
                traced ? Long.parseUnsignedLong(row.getTraceId().substring(0, 16), 16) : 0,
                traced ? Long.parseUnsignedLong(row.getTraceId().substring(16), 16) : 0,
                Optional.empty());
    }

    private static boolean failed(OutcomeRow row) {
        return switch (row.getStatus()) {
            case OUTCOME_STATUS_ERROR, OUTCOME_STATUS_TIMED_OUT -> true;
            case OUTCOME_STATUS_UNSPECIFIED, OUTCOME_STATUS_OK, OUTCOME_STATUS_CANCELLED, UNRECOGNIZED -> false;
        };
    }

    private static String errorType(OutcomeRow row) {
        return switch (row.getStatus()) {
            case OUTCOME_STATUS_ERROR -> row.getErrorType();
            case OUTCOME_STATUS_TIMED_OUT -> row.getErrorType().isEmpty() ? "timeout" : row.getErrorType();
            case OUTCOME_STATUS_CANCELLED -> "cancelled";
            case OUTCOME_STATUS_UNSPECIFIED, OUTCOME_STATUS_OK, UNRECOGNIZED -> "";
        };
    }

    /** The given time; the collector's present if none is. Of a sound time only. */
    static long millis(boolean given, Timestamp time, TimeLimits limits) {
        return given ? CallTimes.millis(time) : limits.nowMillis();
    }

    static Optional<Problem> timeProblem(boolean given, Timestamp time, TimeLimits limits) {
        if (!given) {
            return Optional.empty();
        }
        if (!CallTimes.isValid(time)) {
            Reason reason = time.getSeconds() < 0 ? Reason.TOO_OLD : Reason.BAD_VALUE;
            return Optional.of(new Problem(
                    reason,
                    "time must be from 1970 to 9999, was " + time.getSeconds() + " s " + time.getNanos() + " ns"));
        }
        long millis = CallTimes.millis(time);
        return limits.contains(millis)
                ? Optional.empty()
                : Optional.of(new Problem(limits.reason(millis), limits.problem(millis)));
    }

    private static Optional<Problem> latencyProblem(OutcomeRow row) {
        return CallTimes.isValid(row.getLatency())
                ? Optional.empty()
                : bad("latency must be 0 s or more, was " + row.getLatency().getSeconds() + " s "
                        + row.getLatency().getNanos() + " ns");
    }

    private static Optional<Problem> statusProblem(OutcomeRow row) {
        return row.getStatus() != io.tocsin.v1.OutcomeStatus.UNRECOGNIZED
                ? Optional.empty()
                : bad("status must be OK, ERROR, CANCELLED or TIMED_OUT, was " + row.getStatusValue());
    }

    private static Optional<Problem> errorTypeProblem(OutcomeRow row) {
        return row.getErrorType().isEmpty()
                ? Optional.empty()
                : NameRules.errorType(row.getErrorType()).map(p -> new Problem(Reason.BAD_NAME, p));
    }

    private static Optional<Problem> traceProblem(OutcomeRow row) {
        return row.getTraceId().isEmpty() || TRACE_ID.matcher(row.getTraceId()).matches()
                ? Optional.empty()
                : bad("trace_id must be 32 hexadecimal digits, was \"" + NameRules.shortened(row.getTraceId()) + "\"");
    }

    private static Optional<Problem> bad(String problem) {
        return Optional.of(new Problem(Reason.BAD_VALUE, problem));
    }
}
