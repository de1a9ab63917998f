/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and ages as a person reads them at a glance. Stateless. */
final class Times {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private Times() {}

    /** Milliseconds since 1970 UTC. */
    static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }

    /** {@code 14:03:22}. */
    static String clock(long millis, ZoneId zone) {
        return CLOCK.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** {@code 14:03:22}, with the day where it is another one than at {@code nowMillis}. */
    static String moment(long millis, long nowMillis, ZoneId zone) {
        boolean today = Instant.ofEpochMilli(millis)
                .atZone(zone)
                .toLocalDate()
                .equals(Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate());
        return (today ? CLOCK : DAY_AND_CLOCK)
                .format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** {@code 12 s}, {@code 4 m 10 s}, {@code 3 h 05 m}, {@code 2 d 4 h}; two parts at most, never negative. */
    static String age(long millis) {
        long seconds = Math.max(0, millis) / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%d h %02d m", seconds / 3_600, seconds / 60 % 60);
        }
        return seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
    }

    /** {@code 01:02}: minutes and seconds. */
    static String elapsed(long millis) {
        long seconds = Math.max(0, millis) / 1_000;
        return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }
}
