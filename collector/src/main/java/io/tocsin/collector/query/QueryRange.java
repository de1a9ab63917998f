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
        if (page.place().isPresent()) {
            Page.Place place = page.place().get();
            return new QueryRange(place.fromMillis(), place.toMillis());
        }
        Optional<RecordingStatus> recording = partition.recording();
        long to = range.hasEndTime()
                ? CallTimes.millis("range.end_time", range.getEndTime())
                : recording
                        .map(r -> r.records() == 0 ? 0 : r.lastRecordMillis() + 1)
                        .orElse(nowMillis + 1); // what ended just now is meant too
        long from = range.hasStartTime()
                ? CallTimes.millis("range.start_time", range.getStartTime())
                : recording
                        .map(r -> Math.min(to, r.firstRecordMillis()))
                        .orElse(Math.max(0, to - DEFAULT_LENGTH_MILLIS));
        if (to < from) {
            throw CallErrors.invalid(
                    range.hasEndTime() ? "range.end_time" : "range.start_time",
                    "must be such that the range does not end before it starts, was " + CallTimes.show(from) + " to "
                            + CallTimes.show(to));
        }
        return new QueryRange(from, to);
    }

    /** Grown at both ends to whole steps. */
    QueryRange widened(long stepMillis) {
        long end = Math.floorDiv(toMillis + stepMillis - 1, stepMillis) * stepMillis;
        return new QueryRange(Math.floorDiv(fromMillis, stepMillis) * stepMillis, end);
    }

    long lengthMillis() {
        return toMillis - fromMillis;
    }
}
