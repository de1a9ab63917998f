/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as a person reads them. Stateless. */
public final class Words {
    private Words() {}

    /** Seconds as {@code 85 ms}, {@code 1.32 s}, {@code 2 m 5 s}. */
    public static String seconds(double seconds) {
        if (seconds < 0.000_9995) {
            return String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
        }
        if (seconds < 0.9995) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        if (seconds < 100) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 6_000
                ? whole / 60 + " m " + whole % 60 + " s"
                : whole / 3_600 + " h " + whole % 3_600 / 60 + " m";
    }

    /** A share as {@code 0.3 %}, with enough digits to tell 99.95 % from 99.9 %. */
    public static String percent(double share) {
        double percent = share * 100;
        boolean plain = percent == Math.rint(percent) || Math.abs(percent) >= 1_000;
        boolean nearAnEnd = Math.abs(percent) < 0.1 || (percent > 99 && percent < 100);
        return String.format(Locale.ROOT, plain ? "%.0f %%" : nearAnEnd ? "%.3f %%" : "%.2f %%", percent);
    }

    /** A count with thousands apart: {@code 321,068}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A length as rules write it: {@code 30d}, {@code 5m}, {@code 90s}. */
    public static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
