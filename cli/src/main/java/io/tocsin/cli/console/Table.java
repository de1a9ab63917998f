/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of text in columns that fit a width. When they do not, the widest text columns are cut, with an ellipsis; numbers
 * and names never are. Confined to one thread.
 */
public final class Table {
    private static final int GAP = 2;
    private static final int LEAST_TEXT_WIDTH = 6;
    private static final String NOTE_INDENT = "    ";

    private final List<String> headings;
    private final boolean[] right;
    private final boolean[] whole;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<Integer, List<String>> notesByRow = new HashMap<>();

    /** Columns by heading; one that begins with {@code >} stands to the right, for numbers; one with {@code !} is never cut. */
    public Table(String... headings) {
        this.headings = new ArrayList<>();
        this.right = new boolean[headings.length];
        this.whole = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            whole[i] = right[i] || headings[i].startsWith("!");
            this.headings.add(whole[i] ? headings[i].substring(1) : headings[i]);
        }
    }

    /** Adds a row of as many cells as there are columns. */
    public void add(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("row must have " + headings.size() + " cells, had " + cells.length);
        }
        rows.add(List.of(cells));
    }

    /** A line of its own below the row added last and its other notes, indented, cut to the width; nothing if empty. */
    public void note(String text) {
        if (!text.isEmpty()) {
            notesByRow
                    .computeIfAbsent(rows.size() - 1, row -> new ArrayList<>(1))
                    .add(text);
        }
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints headings and rows, no line longer than {@code columns} as long as numbers and names leave room. */
    public void print(PrintWriter out, int columns) {
        int[] widths = widths(columns);
        out.println(line(headings, widths));
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), widths));
            for (String note : notesByRow.getOrDefault(i, List.of())) {
                out.println(NOTE_INDENT + cut(note, columns - NOTE_INDENT.length()));
            }
        }
        out.flush();
    }

    private int[] widths(int columns) {
        int[] widths = new int[right.length];
        int total = GAP * (right.length - 1);
        for (int i = 0; i < right.length; i++) {
            widths[i] = headings.get(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
            total += widths[i];
        }
        for (; total > columns; total--) {
            int widest = -1;
            for (int i = 0; i < right.length; i++) {
                boolean mayShrink = !whole[i] && widths[i] > LEAST_TEXT_WIDTH;
                if (mayShrink && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (i > 0) {
                line.append(" ".repeat(GAP));
            }
            String cell = cut(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(right[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
