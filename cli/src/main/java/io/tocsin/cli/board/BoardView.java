/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Beside;
import io.tocsin.cli.terminal.Heights;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Size;
import io.tocsin.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;

/**
 * The board as lines: a pure function of what is shown, the size of the screen and what it can show. What must be seen first is at the
 * top; wide screens have two columns, small ones leave out what matters least. Stateless.
 */
public final class BoardView {
    /** From here on two columns are easier to read than one. */
    private static final int TWO_COLUMNS_FROM = 124;

    private static final int COMPACT_BELOW = 30;

    private static final int BETWEEN = 3;
    private static final Pane ALERTS = new AlertsPane();
    private static final Pane AGENTS = new AgentsPane();
    private static final Pane BUDGETS = new BudgetsPane();
    private static final Pane SCRIPT = new ScriptPane();
    private static final Pane LOG = new LogPane();

    private BoardView() {}

    /** Exactly as many lines as the screen has, none wider. */
    public static List<AttributedString> render(Board board, Size size, Look look) {
        int columns = size.columns();
        List<AttributedString> lines = new ArrayList<>(TopLines.of(board, look, columns));
        int rows = Math.max(0, size.rows() - lines.size() - 1);
        lines.addAll(Beside.exactly(body(board, look, columns, rows), rows));
        // on the smallest screens the top matters more than the keys
        List<AttributedString> fitting = new ArrayList<>(Beside.exactly(lines, Math.max(1, size.rows() - 1)));
        if (size.rows() > 1) {
            fitting.add(BottomLine.of(board, look, columns));
        }
        return fitting;
    }

    /** The board as one plain page, as long as it is, for scripts and files. */
    public static List<AttributedString> page(Board board, int columns, Look look) {
        List<AttributedString> lines = new ArrayList<>(TopLines.of(board, look, columns));
        int endless = 2 + 2 * Math.max(100, board.alerts().size());
        for (Pane pane : List.of(ALERTS, AGENTS, BUDGETS)) {
            lines.add(Row.empty());
            lines.addAll(pane.lines(board, look, new Room(columns, endless, false)));
        }
        return lines;
    }

    private static List<AttributedString> body(Board board, Look look, int columns, int rows) {
        if (board.overlay() instanceof Overlay.Help) {
            return HelpPage.of(board, look, columns);
        }
        if (board.overlay() instanceof Overlay.Log log) {
            return log(board, look, columns, rows, log.back());
        }
        if (board.overlay() instanceof Overlay.Explain explain) {
            return explain(board, explain, look, columns, rows);
        }
        if (board.overlay() instanceof Overlay.Inject inject) {
            return inject(board, inject, look, columns, rows);
        }
        return panes(board, look, columns, rows);
    }

    private static List<AttributedString> panes(Board board, Look look, int columns, int rows) {
        if (columns < TWO_COLUMNS_FROM) {
            return stacked(board, look, columns, rows, List.of(ALERTS, AGENTS, BUDGETS, SCRIPT, LOG));
        }
        int left = (columns - BETWEEN) / 2;
        int right = columns - BETWEEN - left;
        return Beside.join(
                look,
                stacked(board, look, left, rows, List.of(ALERTS, LOG)),
                left,
                stacked(board, look, right, rows, List.of(AGENTS, BUDGETS, SCRIPT)),
                right);
    }

    private static List<AttributedString> stacked(Board board, Look look, int columns, int rows, List<Pane> panes) {
        boolean compact = rows < COMPACT_BELOW;
        Room all = new Room(columns, rows, compact);
        int[] heights =
                Heights.share(rows, panes.stream().map(p -> p.need(board, all)).toList());
        List<AttributedString> lines = new ArrayList<>();
        for (int i = 0; i < heights.length; i++) {
            if (heights[i] > 0) {
                Room room = new Room(columns, heights[i], compact);
                lines.addAll(Beside.exactly(panes.get(i).lines(board, look, room), heights[i]));
            }
        }
        return Beside.exactly(lines, rows);
    }

    private static List<AttributedString> log(Board board, Look look, int columns, int rows, int back) {
        AttributedString heading = Heading.of(look, "LOG", board.log().size() + " lines", columns);
        return Stream.concat(Stream.of(heading), LogPane.newest(board, look, columns, rows - 1, back).stream())
                .toList();
    }

    private static List<AttributedString> explain(
            Board board, Overlay.Explain explain, Look look, int columns, int rows) {
        return board.alert(explain.alertId())
                .map(alert -> {
                    List<AttributedString> page = ExplainPage.of(board, alert, look, columns);
                    int from = Math.max(0, Math.min(explain.scroll(), page.size() - rows));
                    return page.subList(from, page.size());
                })
                .orElse(List.of(Row.of(look, Tone.DIM, "this alert is no longer known here", columns)));
    }

    private static List<AttributedString> inject(Board board, Overlay.Inject inject, Look look, int columns, int rows) {
        if (board.menu().isEmpty()) {
            return List.of();
        }
        List<AttributedString> menu = InjectPage.of(board.menu().get(), inject.choice(), look, columns);
        int above = Math.max(0, rows - menu.size());
        return Stream.concat(panes(board, look, columns, above).stream(), menu.stream())
                .toList();
    }
}
