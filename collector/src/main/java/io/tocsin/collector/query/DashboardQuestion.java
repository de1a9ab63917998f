/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Duration;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.partition.Partition;
import io.tocsin.v1.TimeRange;

/**
 * What a dashboard shows. Equal for a watch and a single call that ask the same. Immutable.
 *
 * @param range as asked, without the position that is waited for
 * @param top entries of each list
 */
record DashboardQuestion(TimeRange range, int top) {
    static final int MAX_TOP = 100;
    static final int USUAL_TOP = 10;
    private static final long MIN_WINDOW_MILLIS = 60_000L;
    private static final long MAX_WINDOW_MILLIS = 24 * 3_600_000L;

    /** Throws INVALID_ARGUMENT. */
    static DashboardQuestion of(TimeRange range, int top) {
        return new DashboardQuestion(range.toBuilder().clearMinPosition().build(), top("top", top));
    }

    /** Of a watch; throws INVALID_ARGUMENT. */
    static DashboardQuestion watched(boolean hasWindow, Duration window, int top) {
        long millis = hasWindow ? CallTimes.millis("window", window) : 0;
        if (hasWindow && (millis < MIN_WINDOW_MILLIS || millis > MAX_WINDOW_MILLIS)) {
            throw CallErrors.invalid("window", "must be 1 m to 24 h, was " + millis / 1e3 + " s");
        }
        TimeRange range = hasWindow ? TimeRange.newBuilder().setLast(window).build() : TimeRange.getDefaultInstance();
        return new DashboardQuestion(range, top("top", top));
    }

    /** As asked, 10 for 0; throws INVALID_ARGUMENT. */
    static int top(String field, int asked) {
        if (asked < 0 || asked > MAX_TOP) {
            throw CallErrors.invalid(field, "must be 1 to " + MAX_TOP + ", or 0 for " + USUAL_TOP + ", was " + asked);
        }
        return asked == 0 ? USUAL_TOP : asked;
    }

    /** Throws INVALID_ARGUMENT. */
    QueryRange rangeOf(Partition partition, long nowMillis) {
        return QueryRange.of(range, partition, nowMillis);
    }
}
