/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.cli.view.AlertText;
import org.jline.utils.AttributedString;

/** The last line: what one may press now, or what the last key did. Stateless. */
final class BottomLine {
    private BottomLine() {}

    static AttributedString of(Board board, Look look, int columns) {
        if (board.overlay() instanceof Overlay.Confirm confirm) {
            String what = board.alert(confirm.alertId())
                    .map(a -> AlertText.rule(a) + " " + AlertText.subject(a))
                    .orElse("the alert");
            return Row.of(look, Tone.ALARM, " acknowledge " + what + "?  y: yes   any other key: no ", columns);
        }
        if (!board.notice().isEmpty()) {
            return Row.of(look, Tone.STRONG, board.notice(), columns);
        }
        Row row = new Row(look);
        if (board.overlay() instanceof Overlay.None) {
            key(row, look.sign("↑↓", "j k"), "select");
            key(row, "e", "explain");
            key(row, "a", "ack");
            if (board.menu().isPresent()) {
                key(row, "i", "inject");
            }
            key(row, "f", "filter");
            key(row, "p", board.frozenSinceMillis().isPresent() ? "go on" : "pause");
            key(row, "l", "log");
            key(row, "?", "help");
            key(row, "q", "quit");
        } else if (board.overlay() instanceof Overlay.Inject) {
            key(row, look.sign("↑↓", "j k") + " or 1-6", "what");
            key(row, look.sign("←→", "left right"), "size");
            key(row, "Tab", "where");
            key(row, "Enter", "inject");
            key(row, "Esc", "leave");
        } else {
            key(row, look.sign("↑↓", "j k"), "scroll");
            if (board.overlay() instanceof Overlay.Explain) {
                key(row, "a", "ack");
            }
            key(row, "Esc", "back");
            key(row, "q", "quit");
        }
        return row.cut(columns);
    }

    private static void key(Row row, String key, String does) {
        row.add(Tone.STRONG, row.width() == 0 ? key : "  " + key).add(Tone.DIM, " " + does);
    }
}
