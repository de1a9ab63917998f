/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** All keys, and how to read the screen. Stateless. */
final class HelpPage {
    private static final int KEYS = 20;

    private HelpPage() {}

    static List<AttributedString> of(Board board, Look look, int columns) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Row.of(look, Tone.HEADING, "KEYS", columns));
        String updown = look.sign("↑ ↓", "up down");
        key(lines, look, columns, updown + " j k", "select an alert; also PgUp PgDn Home End");
        key(lines, look, columns, "e or Enter", "explain it: evidence, since when, examples, what to do");
        key(lines, look, columns, "a", "acknowledge it: others see that you take care");
        if (board.menu().isPresent()) {
            key(lines, look, columns, "i", "inject an incident of your choice");
        }
        key(lines, look, columns, "f", "show only alerts from low, medium, high, critical on; then all");
        key(lines, look, columns, "p or Space", "pause the screen to read it; all goes on behind it");
        key(lines, look, columns, "l", "the whole log");
        key(lines, look, columns, "Ctrl-L", "draw the screen anew");
        key(lines, look, columns, "Esc", "back to the board");
        key(lines, look, columns, "q or Ctrl-C", board.demo().isPresent() ? "end the demo and see its score" : "quit");
        lines.add(Row.empty());
        lines.add(Row.of(look, Tone.HEADING, "HOW TO READ IT", columns));
        key(lines, look, columns, "CRITICAL HIGH", "in capitals: fires, and nobody has acknowledged it");
        key(lines, look, columns, "acked, pending", "somebody takes care; bad, but not for long enough yet");
        key(lines, look, columns, "FOR", "since it fires; resolved: how long it was bad");
        key(lines, look, columns, look.sign("●", "!"), "before an agent or SLO: an alert about it fires");
        key(lines, look, columns, "BURN 14x 5m", "over 5 minutes the budget went 14 times too fast");
        key(lines, look, columns, "rate errors latency", "charts from 0, oldest left, each with its own top");
        return lines;
    }

    private static void key(List<AttributedString> lines, Look look, int columns, String key, String does) {
        lines.add(new Row(look)
                .add(Tone.STRONG, "  " + key)
                .padTo(KEYS + 2)
                .add(Tone.PLAIN, " " + does)
                .cut(columns));
    }
}
