/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.console.Words;
import io.tocsin.cli.terminal.Cell;
import io.tocsin.cli.terminal.Column;
import io.tocsin.cli.terminal.Grid;
import io.tocsin.cli.terminal.Heights.Need;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** The demo's incidents: what was done, and whether it was found. Empty without a demo. Immutable. */
final class ScriptPane implements Pane {
    private static final int LEAST = 3;
    private static final int MOST_AT_ONCE = 20;

    @Override
    public Need need(Board board, Room all) {
        return board.demo()
                .map(d -> new Need(
                        LEAST,
                        all.headings() + Math.min(MOST_AT_ONCE, d.script().size())))
                .orElse(new Need(0, 0));
    }

    @Override
    public List<AttributedString> lines(Board board, Look look, Room room) {
        int columns = room.columns();
        Optional<DemoStatus> demo = board.demo();
        if (demo.isEmpty()) {
            return List.of();
        }
        List<ScriptLine> script = demo.get().script();
        String said = "seed " + demo.get().seed() + "; i injects one";
        if (script.isEmpty()) {
            return List.of(
                    Heading.of(look, "INCIDENTS", said, columns),
                    Row.of(look, Tone.DIM, "  none in so short a time", columns));
        }
        boolean compact = room.compact();
        Grid grid = new Grid(
                look,
                List.of(
                        Column.number(compact ? "" : "AT", 5, 8),
                        Column.text(compact ? "" : "INCIDENT", 18, 44, 9),
                        Column.text("PLACE", 6, 20, 7),
                        Column.growing("VERDICT", 12, 200, 1, 10)));
        for (ScriptLine line : around(board.nowMillis(), script, Math.max(1, room.rows() - room.headings()))) {
            grid.add(cells(board.nowMillis(), demo.get(), line));
        }
        List<AttributedString> rendered = grid.render(columns);
        List<AttributedString> lines = new ArrayList<>(Heading.of(look, room, "INCIDENTS", said, rendered.get(0)));
        lines.addAll(rendered.subList(1, rendered.size()));
        return lines;
    }

    // what happened last, and the next one
    private static List<ScriptLine> around(long nowMillis, List<ScriptLine> script, int room) {
        int begun =
                (int) script.stream().filter(l -> l.startMillis() <= nowMillis).count();
        int from = Math.max(0, Math.min(begun + 1 - room, script.size() - room));
        return script.subList(from, Math.min(script.size(), from + room));
    }

    private static List<Cell> cells(long nowMillis, DemoStatus demo, ScriptLine line) {
        boolean begun = line.startMillis() <= nowMillis;
        Tone tone = begun ? Tone.PLAIN : Tone.DIM;
        return List.of(
                Cell.of(tone, Times.elapsed(line.startMillis() - demo.startMillis())),
                Cell.of(tone, line.number() + " " + line.what() + (line.byHand() ? " (yours)" : "")),
                Cell.of(tone, line.where()),
                verdict(nowMillis, demo, line));
    }

    private static Cell verdict(long nowMillis, DemoStatus demo, ScriptLine line) {
        if (line.startMillis() > nowMillis) {
            return Cell.of(Tone.DIM, "begins in " + Times.age(line.startMillis() - nowMillis + 999));
        }
        boolean running = nowMillis < line.endMillis();
        String going = running ? ", " + Times.age(line.endMillis() - nowMillis + 999) + " to go" : "";
        if (line.foundBy().isPresent()) {
            String delay =
                    line.delayMillis().map(m -> Words.seconds(m / 1_000.0)).orElse("");
            return Cell.of(
                    Tone.GOOD,
                    "found after " + delay + going + ", " + line.foundBy().get());
        }
        if (running) {
            return Cell.of(Tone.WARN, "not found yet" + going);
        }
        return nowMillis < line.endMillis() + demo.graceMillis()
                ? Cell.of(Tone.WARN, "over, not found yet")
                : Cell.of(Tone.BAD, "MISSED");
    }
}
