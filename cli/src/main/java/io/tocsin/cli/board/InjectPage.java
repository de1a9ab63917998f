/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** What is to go wrong: kinds by lines, sizes by columns, and where. Stateless. */
final class InjectPage {
    private static final int NAME = 22;
    private static final int SIZE = 16;

    private InjectPage() {}

    static List<AttributedString> of(InjectMenu menu, InjectMenu.Choice choice, Look look, int columns) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Heading.of(look, "INJECT AN INCIDENT", menu.lasts(), columns));
        for (int i = 0; i < menu.kinds().size(); i++) {
            InjectMenu.Kind kind = menu.kinds().get(i);
            boolean here = i == choice.kind();
            Row row = new Row(look)
                    .add(Tone.STRONG, here ? look.sign(" ▶ ", " > ") : "   ")
                    .add(here ? Tone.STRONG : Tone.PLAIN, i + 1 + " " + kind.name())
                    .padTo(NAME);
            for (int size = 0; size < kind.sizes().size(); size++) {
                boolean chosen = here && size == choice.size();
                String text = kind.sizes().get(size);
                row.add(chosen ? Tone.STRONG : Tone.DIM, chosen ? "[" + text + "]" : " " + text + " ");
                row.padTo(NAME + SIZE * (size + 1));
            }
            lines.add(row.cut(columns));
        }
        Row where = new Row(look).add(Tone.PLAIN, "   where").padTo(NAME);
        List<Integer> allowed = menu.kinds().get(choice.kind()).places();
        for (int place : allowed) {
            boolean chosen = place == choice.place();
            String text = menu.places().get(place);
            where.add(chosen ? Tone.STRONG : Tone.DIM, chosen ? "[" + text + "]" : " " + text + " ");
        }
        lines.add(where.cut(columns));
        return lines;
    }
}
