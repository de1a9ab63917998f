/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Lines in columns that fit a width exactly. Where there is no room for all columns, those that matter least are left out; then texts
 * are cut, numbers never. Confined to one thread.
 */
public final class Grid {
    private static final int GAP = 1;

    private final Look look;
    private final List<Column> columns;
    private final List<List<Cell>> lines = new ArrayList<>();

    /** Has no lines yet. */
    public Grid(Look look, List<Column> columns) {
        this.look = look;
        this.columns = List.copyOf(columns);
    }

    /** Adds a line, one cell a column. */
    public void add(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("line must have " + columns.size() + " cells, had " + cells.size());
        }
        lines.add(List.copyOf(cells));
    }

    /** The headings, then the lines. */
    public List<AttributedString> render(int width) {
        int[] widths = widths(width);
        List<AttributedString> rendered = new ArrayList<>();
        List<Cell> headings =
                columns.stream().map(c -> Cell.of(Tone.DIM, c.heading())).toList();
        rendered.add(line(headings, widths, width));
        lines.forEach(cells -> rendered.add(line(cells, widths, width)));
        return rendered;
    }

    // -1: left out
    private int[] widths(int width) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int wanted = lines.stream()
                    .mapToInt(l -> l.get(column).columns())
                    .reduce(columns.get(i).heading().length(), Math::max);
            Column c = columns.get(i);
            boolean least = c.share() > 0 || c.right() || c.least() == c.most();
            widths[i] = Math.min(least ? Math.max(c.least(), wanted) : wanted, c.most());
        }
        while (least(widths) > width && leaveOut(widths)) {
            // one after the other
        }
        for (int over = total(widths) - width; over > 0 && shrinkWidest(widths); over--) {
            // by one column each time
        }
        grow(widths, width - total(widths));
        return widths;
    }

    private boolean leaveOut(int[] widths) {
        int out = -1;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] >= 0
                    && (out < 0 || columns.get(i).keep() < columns.get(out).keep())) {
                out = i;
            }
        }
        if (out < 0) {
            return false;
        }
        widths[out] = -1;
        return true;
    }

    private int least(int[] widths) {
        int[] least = widths.clone();
        for (int i = 0; i < least.length; i++) {
            if (least[i] >= 0 && !columns.get(i).right()) {
                least[i] = Math.min(least[i], columns.get(i).least());
            }
        }
        return total(least);
    }

    private static int total(int[] widths) {
        int total = -GAP;
        for (int width : widths) {
            total += width < 0 ? 0 : width + GAP;
        }
        return total;
    }

    private boolean shrinkWidest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean may = !columns.get(i).right() && widths[i] > columns.get(i).least();
            if (may && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest >= 0) {
            widths[widest]--;
        }
        return widest >= 0;
    }

    private void grow(int[] widths, int room) {
        int left = room;
        boolean grown = true;
        while (left > 0 && grown) {
            grown = false;
            for (int i = 0; i < widths.length && left > 0; i++) {
                Column column = columns.get(i);
                int more = Math.min(column.share(), Math.min(left, column.most() - widths[i]));
                if (widths[i] >= 0 && more > 0) {
                    widths[i] += more;
                    left -= more;
                    grown = true;
                }
            }
        }
    }

    private AttributedString line(List<Cell> cells, int[] widths, int width) {
        Row row = new Row(look);
        int end = -GAP;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] < 0) {
                continue;
            }
            int begin = end + GAP;
            end = begin + widths[i];
            AttributedString text =
                    look.text(cells.get(i).tone(), cells.get(i).text().apply(widths[i]));
            AttributedString cut = Row.cut(look, text, widths[i]);
            row.padTo(columns.get(i).right() ? end - cut.columnLength() : begin).add(cut);
        }
        return row.cut(width);
    }
}
