/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.List;

/** A small chart of one line. Stateless. */
public final class Sparkline {
    private static final String UNICODE = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.-:=+*#";

    private Sparkline() {}

    /**
     * The newest values that fit, oldest first, one a column, at the right end; a value that is not a number shows as a
     * space. Heights go from 0 to the greatest of them, which is at least {@code leastTop}, so that noise near zero stays low.
     */
    public static String of(List<Double> values, int width, double leastTop, boolean unicode) {
        String heights = unicode ? UNICODE : ASCII;
        List<Double> shown = values.subList(Math.max(0, values.size() - width), values.size());
        double top = leastTop;
        for (double value : shown) {
            top = Double.isNaN(value) ? top : Math.max(top, value);
        }
        StringBuilder line = new StringBuilder(" ".repeat(Math.max(0, width - shown.size())));
        for (double value : shown) {
            if (Double.isNaN(value)) {
                line.append(' ');
            } else {
                int height = top <= 0 ? 0 : (int) Math.round(Math.max(0, value) / top * (heights.length() - 1));
                line.append(heights.charAt(height));
            }
        }
        return line.toString();
    }

    /** A bar that is full at 1 and empty at 0 or below. */
    public static String bar(double share, int width, boolean unicode) {
        int full = (int) Math.round(width * Math.max(0, Math.min(1, share)));
        // neither quite full nor quite empty unless it is
        full = share < 1 ? Math.min(full, width - 1) : full;
        full = share > 0 ? Math.max(full, 1) : full;
        return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : "-").repeat(width - full);
    }
}
