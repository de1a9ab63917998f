/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times on the wire and in milliseconds since 1970 UTC. What is finer than a millisecond is cut off. */
public final class CallTimes {
    /** The last millisecond of the year 9999, the greatest that a Timestamp may hold. */
    public static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final long MAX_DURATION_SECONDS = 315_576_000_000L;

    private CallTimes() {}

    public static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, 1_000))
                .setNanos((int) Math.floorMod(millis, 1_000L) * 1_000_000)
                .build();
    }

    public static Duration duration(long millis) {
        return Duration.newBuilder()
                .setSeconds(millis / 1_000)
                .setNanos((int) (millis % 1_000) * 1_000_000)
                .build();
    }

    /** Throws what {@link CallErrors#invalid} makes if it is no time from 1970 to 9999. */
    public static long millis(String field, Timestamp time) {
        if (!isValid(time)) {
            throw CallErrors.invalid(
                    field,
                    "must be a time from 1970 to 9999, was " + time.getSeconds() + " s " + time.getNanos() + " ns");
        }
        return millis(time);
    }

    /** Throws what {@link CallErrors#invalid} makes if it is no duration of 0 to about 10,000 years. */
    public static long millis(String field, Duration duration) {
        if (!isValid(duration)) {
            throw CallErrors.invalid(
                    field,
                    "must be a duration of 0 s or more, was " + duration.getSeconds() + " s " + duration.getNanos()
                            + " ns");
        }
        return duration.getSeconds() * 1_000 + duration.getNanos() / 1_000_000;
    }

    public static boolean isValid(Timestamp time) {
        return time.getSeconds() >= 0
                && time.getSeconds() <= MAX_MILLIS / 1_000
                && time.getNanos() >= 0
                && time.getNanos() < 1_000_000_000;
    }

    /** Whether it is 0 or more, and written as it should be. */
    public static boolean isValid(Duration duration) {
        return duration.getSeconds() >= 0
                && duration.getSeconds() <= MAX_DURATION_SECONDS
                && duration.getNanos() >= 0
                && duration.getNanos() < 1_000_000_000;
    }

    /** Of a valid time. */
    public static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }

    /** As people read it; the bare number when no calendar can show it. */
    public static String show(long millis) {
        return millis >= 0 && millis <= MAX_MILLIS
                ? Instant.ofEpochMilli(millis).toString()
                : millis + " ms since 1970";
    }
}
