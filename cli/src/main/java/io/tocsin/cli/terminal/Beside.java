/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Blocks of lines on one screen. Stateless. */
public final class Beside {
    private Beside() {}

    /** Exactly so many lines: cut, or filled up with empty ones. */
    public static List<AttributedString> exactly(List<AttributedString> lines, int rows) {
        List<AttributedString> exact = new ArrayList<>(lines.subList(0, Math.min(rows, lines.size())));
        while (exact.size() < rows) {
            exact.add(AttributedString.EMPTY);
        }
        return exact;
    }

    /** Two blocks of equally many lines beside each other, with a line between them. */
    public static List<AttributedString> join(
            Look look, List<AttributedString> left, int leftWidth, List<AttributedString> right, int rightWidth) {
        List<AttributedString> joined = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            joined.add(new Row(look)
                    .add(Row.cut(look, left.get(i), leftWidth))
                    .padTo(leftWidth)
                    .add(Tone.DIM, look.sign(" ┆ ", " | "))
                    .add(Row.cut(look, right.get(i), rightWidth))
                    .cut(leftWidth + 3 + rightWidth));
        }
        return joined;
    }
}
