/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.List;
import java.util.Locale;

/** Lengths, counts and lists as people say them. Stateless. */
final class Words {
    private static final int MOST = 5;

    private Words() {}

    /** {@code 40 s}, {@code 3 min}, {@code 2 h}, {@code 4 d}. */
    static String length(long millis) {
        long seconds = Math.round(Math.abs((double) millis) / 1_000);
        if (seconds < 120) {
            return seconds < 10 && millis % 1_000 != 0
                    ? String.format(Locale.ROOT, "%.1f s", Math.abs((double) millis) / 1_000)
                    : seconds + " s";
        }
        if (seconds < 7_200) {
            return Math.round(seconds / 60.0) + " min";
        }
        return seconds < 172_800 ? Math.round(seconds / 3_600.0) + " h" : Math.round(seconds / 86_400.0) + " d";
    }

    /** As a rule has it, rounded up to something round: {@code 30s}, {@code 2m}. */
    static String setting(long millis) {
        long seconds = Math.max(10, (millis + 9_999) / 10_000 * 10);
        return seconds <= 90 ? seconds + "s" : (seconds + 59) / 60 + "m";
    }

    /** {@code 1 record}, {@code 1,234 records}. */
    static String count(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }

    /** {@code a, b and 3 more}. */
    static String list(List<String> words) {
        return String.join(", ", words.subList(0, Math.min(MOST, words.size())))
                + (words.size() > MOST ? " and " + (words.size() - MOST) + " more" : "");
    }

    static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
