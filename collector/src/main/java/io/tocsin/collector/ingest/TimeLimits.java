/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.journal.RejectedRecord.Reason;

/**
 * Which record times are taken, after correction. Immutable.
 *
 * @param recording a recording's records may have any time from 1970 to 9999
 */
record TimeLimits(long earliestMillis, long latestMillis, long nowMillis, boolean recording) {
    static TimeLimits live(long nowMillis, IngestSettings settings) {
        return new TimeLimits(
                Math.max(0, nowMillis - settings.retention().toMillis()),
                nowMillis + settings.maxAhead().toMillis(),
                nowMillis,
                false);
    }

    static TimeLimits recording(long nowMillis) {
        return new TimeLimits(0, CallTimes.MAX_MILLIS, nowMillis, true);
    }

    boolean contains(long millis) {
        return millis >= earliestMillis && millis <= latestMillis;
    }

    /** Of a time that is not contained. */
    Reason reason(long millis) {
        return millis < earliestMillis ? Reason.TOO_OLD : Reason.TOO_FAR_AHEAD;
    }

    /** Of a time that is not contained. */
    String problem(long millis) {
        boolean old = millis < earliestMillis;
        return "time " + CallTimes.show(millis) + " is too " + (old ? "old" : "far ahead") + "; allowed is "
                + (old
                        ? CallTimes.show(earliestMillis) + " or later"
                        : CallTimes.show(latestMillis) + " or earlier, by the collector's clock, which is at "
                                + CallTimes.show(nowMillis));
    }

    /** The corrected time; of what would overflow, the nearest that there is. */
    static long corrected(long millis, long offsetMillis) {
        long sum = millis + offsetMillis;
        boolean overflowed = ((millis ^ sum) & (offsetMillis ^ sum)) < 0;
        return overflowed ? (millis < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
