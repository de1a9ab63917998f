/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.RecordingStatus;
import io.tocsin.v1.TimeRange;
import java.util.Optional;

/**
 * The time that a query is about. Immutable.
 *
 * @param fromMillis the first millisecond that counts
 * @param toMillis the first that does not
 */
record QueryRange(long fromMillis, long toMillis) {
    private static final long DEFAULT_LENGTH_MILLIS = 15 * 60_000L;

    /** As the request says, or as the page before had it; throws INVALID_ARGUMENT if it ends before it starts. */
    static QueryRange of(TimeRange range, Partition partition, Page page, long nowMillis) {
        return of(range, partition, page, nowMillis, DEFAULT_LENGTH_MILLIS);
    }

    /** As the request says, or as the page before had it, {@code usualLengthMillis} long if neither says how long; likewise. */
    static QueryRange of(TimeRange range, Partition partition, Page page, long nowMillis, long usualLengthMillis) {
        if (page.place().isPresent()) {
            Page.Place place = page.place().get();
            return new QueryRange(place.fromMillis(), place.toMillis());
        }
        return of(range, partition, nowMillis, usualLengthMillis);
    }

    /** As the request says; likewise. */
    static QueryRange of(TimeRange range, Partition partition, long nowMillis) {
        return of(range, partition, nowMillis, DEFAULT_LENGTH_MILLIS);
    }

    /** As the request says, {@code usualLengthMillis} long if it does not say how long; likewise. */
    static QueryRange of(TimeRange range, Partition partition, long nowMillis, long usualLengthMillis) {
        Optional<RecordingStatus> recording = partition.recording();
        long to = range.hasEndTime()
                ? CallTimes.millis("range.end_time", range.getEndTime())
                : recording
                        .map(r -> r.records() == 0 ? 0 : r.lastRecordMillis() + 1)
                        .orElse(nowMillis + 1); // what ended just now is meant too
        long from = from(range, recording, to, usualLengthMillis);
        if (to < from) {
            throw CallErrors.invalid(
                    range.hasEndTime() ? "range.end_time" : "range.start_time",
                    "must be such that the range does not end before it starts, was " + CallTimes.show(from) + " to "
                            + CallTimes.show(to));
        }
        return new QueryRange(from, to);
    }

    private static long from(
            TimeRange range, Optional<RecordingStatus> recording, long toMillis, long usualLengthMillis) {
        if (range.hasLast()) {
            return Math.max(0, toMillis - lastMillis(range));
        }
        return range.hasStartTime()
                ? CallTimes.millis("range.start_time", range.getStartTime())
                : recording
                        .map(r -> Math.min(toMillis, r.firstRecordMillis()))
                        .orElse(Math.max(0, toMillis - usualLengthMillis));
    }

    /** The length that the range gives instead of a start; throws INVALID_ARGUMENT if it gives both, or none to speak of. */
    static long lastMillis(TimeRange range) {
        long lengthMillis = CallTimes.millis("range.last", range.getLast());
        if (range.hasStartTime()) {
            throw CallErrors.invalid("range.last", "must not be given together with start_time");
        }
        if (lengthMillis == 0) {
            throw CallErrors.invalid("range.last", "must be 1 ms or more, was 0 ms");
        }
        return lengthMillis;
    }

    /** Grown at both ends to whole steps. */
    QueryRange widened(long stepMillis) {
        return new QueryRange(floor(fromMillis, stepMillis), ceil(toMillis, stepMillis));
    }

    static long floor(long millis, long stepMillis) {
        return Math.floorDiv(millis, stepMillis) * stepMillis;
    }

    static long ceil(long millis, long stepMillis) {
        return Math.floorDiv(millis + stepMillis - 1, stepMillis) * stepMillis;
    }

    long lengthMillis() {
        return toMillis - fromMillis;
    }
}
