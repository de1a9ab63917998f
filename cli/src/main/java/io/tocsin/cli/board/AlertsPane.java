/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Cell;
import io.tocsin.cli.terminal.Column;
import io.tocsin.cli.terminal.Grid;
import io.tocsin.cli.terminal.Heights.Need;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.cli.view.AlertText;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** Alerts, worst first, resolved ones last. With room, what was seen has a line of its own. Immutable. */
final class AlertsPane implements Pane {
    private static final int LEAST = 4;
    private static final int ALERTS_WHEN_COMPACT = 4;
    private static final int TWO_LINES_FROM = 14;
    private static final String INDENT = "    ";

    @Override
    public Need need(Board board, Room all) {
        // the same, however many there are: what jumps about cannot be read
        int wanted = all.compact() ? all.headings() + ALERTS_WHEN_COMPACT : all.rows() * 6 / 10;
        return new Need(LEAST, wanted);
    }

    @Override
    public List<AttributedString> lines(Board board, Look look, Room room) {
        int columns = room.columns();
        if (board.alerts().isEmpty()) {
            return List.of(
                    Heading.of(look, "ALERTS", said(board), columns), Row.of(look, Tone.GOOD, nothing(board), columns));
        }
        boolean twoLines = room.rows() >= TWO_LINES_FROM;
        int fit = (room.rows() - room.headings()) / (twoLines ? 2 : 1);
        List<Alert> shown = around(board, Math.max(1, fit));
        Grid grid = grid(look, twoLines, room.compact());
        shown.forEach(alert -> grid.add(cells(board, look, alert, twoLines)));
        List<AttributedString> rendered = grid.render(columns);
        List<AttributedString> lines =
                new ArrayList<>(Heading.of(look, room, title(board, room, shown), said(board), rendered.get(0)));
        for (int i = 0; i < shown.size(); i++) {
            lines.add(rendered.get(i + 1));
            if (twoLines) {
                lines.add(Row.of(look, Tone.DIM, INDENT + why(shown.get(i)), columns));
            }
        }
        return lines;
    }

    // where the line is too short to say it in words
    private static String title(Board board, Room room, List<Alert> shown) {
        int all = board.alerts().size();
        return room.compact() && shown.size() < all ? "ALERTS " + shown.size() + "/" + all : "ALERTS";
    }

    private static String said(Board board) {
        int first = board.alerts().indexOf(board.selectedAlert().orElse(Alert.getDefaultInstance())) + 1;
        String position = first > 0 ? first + " of " + board.alerts().size() : "";
        if (board.minSeverity().getNumber() <= Severity.SEVERITY_INFO_VALUE) {
            return position;
        }
        return position + (position.isEmpty() ? "" : ", ") + "only " + Says.severity(board.minSeverity())
                + " and worse (f), " + board.hiddenAlerts() + " hidden";
    }

    private static String nothing(Board board) {
        if (board.dashboard().isEmpty()) {
            return "  waiting for the collector";
        }
        return board.hiddenAlerts() > 0 ? "  none that the filter shows" : "  none";
    }

    // the selected one stays in sight
    private static List<Alert> around(Board board, int room) {
        List<Alert> all = board.alerts();
        int selected = Math.max(0, all.indexOf(board.selectedAlert().orElse(Alert.getDefaultInstance())));
        int from = Math.max(0, Math.min(selected - room + 1, all.size() - room));
        return all.subList(from, Math.min(all.size(), from + room));
    }

    private static Grid grid(Look look, boolean twoLines, boolean compact) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.fixed("", 1, 9),
                Column.fixed(compact ? "        " : "STATE", 8, 9),
                Column.number("FOR", 6, 7),
                Column.text("RULE", 20, 36, 9),
                Column.text("ABOUT", 10, 30, 8)));
        if (!twoLines) {
            columns.add(Column.growing("SEEN", 12, 400, 1, 1));
        }
        return new Grid(look, columns);
    }

    private static List<Cell> cells(Board board, Look look, Alert alert, boolean twoLines) {
        boolean selected = alert.getId().equals(board.selected());
        Tone tone = Says.tone(alert);
        Tone text =
                alert.getState() == AlertState.ALERT_STATE_RESOLVED ? Tone.DIM : selected ? Tone.STRONG : Tone.PLAIN;
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(Tone.STRONG, selected ? look.sign("▶", ">") : ""),
                Cell.of(tone, state(alert)),
                Cell.of(text, since(board, alert)),
                Cell.of(text, AlertText.rule(alert)),
                Cell.of(text, AlertText.subject(alert))));
        if (!twoLines) {
            cells.add(Cell.of(Tone.DIM, why(alert)));
        }
        return cells;
    }

    /** The severity of what fires, in capitals; the state of what does not. */
    private static String state(Alert alert) {
        return switch (alert.getState()) {
            case ALERT_STATE_FIRING -> Says.severity(alert.getSeverity()).toUpperCase(Locale.ROOT);
            case ALERT_STATE_ACKNOWLEDGED -> "acked";
            default -> Says.state(alert.getState());
        };
    }

    private static String since(Board board, Alert alert) {
        long now = board.collectorMillis();
        if (alert.hasResolvedAt()) {
            return Times.age(Times.millis(alert.getResolvedAt()) - Times.millis(alert.getStartsAt()));
        }
        return Times.age(now - Times.millis(alert.hasFiredAt() ? alert.getFiredAt() : alert.getStartsAt()));
    }

    private static String why(Alert alert) {
        String by =
                alert.hasAcknowledgement() ? "by " + alert.getAcknowledgement().getBy() + "; " : "";
        String end = alert.getResolution().isEmpty() ? "" : alert.getResolution() + "; ";
        return by + end + alert.getEvidence().getText();
    }
}
