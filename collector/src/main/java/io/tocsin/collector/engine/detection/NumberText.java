/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import java.util.Locale;
import java.util.Map;

/** Numbers for people. Only for texts: what programs read are the numbers themselves. */
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
            default -> digits(value) + " " + unit.replace("{", "").replace("}", ""); // UCUM's annotations: "{token}"
        };
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", value);
    }

    /** Puts values for names in braces. A name that was not given stays as it is: promise 17 is the plugin's. */
    static String fill(String template, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = template.substring(open + 1, close);
            filled.append(template, at, open).append(values.getOrDefault(name, "{" + name + "}"));
            at = close + 1;
        }
        return filled.append(template.substring(at)).toString();
    }
}
