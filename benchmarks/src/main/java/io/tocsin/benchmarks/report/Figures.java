/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import java.util.Locale;

/** Numbers as people read them: three digits, since further ones are noise. */
public final class Figures {
    private Figures() {}

    public static String text(double figure) {
        if (Double.isNaN(figure)) {
            return "–";
        }
        double size = Math.abs(figure);
        if (size >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", figure / 1e6);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", figure);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", figure);
    }
}
