/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import java.util.List;
import org.jline.utils.AttributedString;

/** The first lines of a pane. Stateless. */
final class Heading {
    private Heading() {}

    /** Above the headings of columns: a title and what is to be said; with little room the title stands in the same line. */
    static List<AttributedString> of(Look look, Room room, String title, String said, AttributedString columns) {
        if (!room.compact()) {
            return List.of(of(look, title, said, room.columns()), columns);
        }
        AttributedString rest =
                columns.columnSubSequence(Math.min(title.length(), columns.columnLength()), columns.columnLength());
        return List.of(new Row(look).add(Tone.HEADING, title).add(rest).cut(room.columns()));
    }

    /** A title, what is to be said of it, and a line to the end. */
    static AttributedString of(Look look, String title, String said, int columns) {
        Row row = new Row(look).add(Tone.HEADING, title);
        if (!said.isEmpty()) {
            row.add(Tone.DIM, "  " + said);
        }
        int room = columns - row.width() - 1;
        if (room > 0) {
            row.add(Tone.DIM, " " + look.sign("┄", "-").repeat(room));
        }
        return row.cut(columns);
    }
}
