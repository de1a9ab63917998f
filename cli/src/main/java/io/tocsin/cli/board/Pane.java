/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Heights.Need;
import io.tocsin.cli.terminal.Look;
import java.util.List;
import org.jline.utils.AttributedString;

/** A part of the board. A pure function of what it is given. */
interface Pane {
    /** How many of so many lines it needs, its heading among them. */
    Need need(Board board, Room all);

    /** Its lines, within its room. */
    List<AttributedString> lines(Board board, Look look, Room room);
}
