/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.util.Locale;

/** Numbers as the collector shows them to people; copied from it, as the testkit does not depend on it. */
final class NumberText {
    private NumberText() {}

    /** With the unit by UCUM; three significant digits, seconds below one as milliseconds, shares ("1") as per cent. */
    static String show(double value, String unit) {
        if (Double.isNaN(value)) {
            return "nothing";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "anything" : "nothing";
        }
        return switch (unit) {
            case "s" -> Math.abs(value) < 1 ? digits(value * 1_000) + " ms" : digits(value) + " s";
            case "1" -> digits(value * 100) + " %";
            case "" -> digits(value);
            case "1/s" -> digits(value) + "/s";
            default -> digits(value) + " " + unit.replace("{", "").replace("}", ""); // annotations: "{token}"
        };
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", value);
    }
}
