/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

/** Times since a test began, as a person writes them. Stateless. */
final class Offsets {
    private Offsets() {}

    /** {@code 0s}, {@code 90ms}, {@code 10m15s}, {@code 1h30m}. */
    static String text(long millis) {
        StringBuilder text = new StringBuilder();
        add(text, millis / 3_600_000, "h");
        add(text, millis / 60_000 % 60, "m");
        add(text, millis / 1_000 % 60, "s");
        add(text, millis % 1_000, "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void add(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
