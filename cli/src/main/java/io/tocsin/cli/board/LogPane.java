/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Heights.Need;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** What happened last, newest at the bottom. Immutable. */
final class LogPane implements Pane {
    private static final int LEAST = 3;
    private static final int WANTED = 4;

    @Override
    public Need need(Board board, Room all) {
        return new Need(LEAST, WANTED);
    }

    @Override
    public List<AttributedString> lines(Board board, Look look, Room room) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Heading.of(look, "LOG", "", room.columns()));
        lines.addAll(newest(board, look, room.columns(), room.rows() - 1, 0));
        return lines;
    }

    /** The newest but {@code back}, so many lines at most. */
    static List<AttributedString> newest(Board board, Look look, int columns, int rows, int back) {
        List<LogLine> log = board.log();
        int until = Math.max(0, log.size() - back);
        return log.subList(Math.max(0, until - Math.max(0, rows)), until).stream()
                .map(line -> new Row(look)
                        .add(Tone.DIM, Times.clock(line.timeMillis(), board.zone()) + "  ")
                        .add(line.tone(), line.text())
                        .cut(columns))
                .toList();
    }
}
