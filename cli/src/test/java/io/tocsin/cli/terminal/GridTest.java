/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final Look LOOK = Look.simplest();

    private final Grid grid = new Grid(
            LOOK,
            List.of(Column.text("NAME", 6, 20, 9), Column.number("RATE", 4, 8), Column.growing("CHART", 5, 10, 1, 1)));

    @Test
    void numbersStandToTheRightAndWhatGrowsTakesTheRest() {
        grid.add(List.of(Cell.of("coder"), Cell.of("12.5/s"), Cell.drawn(Tone.PLAIN, "#"::repeat)));
        grid.add(List.of(Cell.of("summarizer"), Cell.of("3.0/s"), Cell.drawn(Tone.PLAIN, "#"::repeat)));

        assertThat(rendered(26))
                .containsExactly("NAME         RATE CHART", "coder      12.5/s ########", "summarizer  3.0/s ########");
    }

    @Test
    void withLessRoomTextIsCutAndThenWhatMattersLeastIsLeftOutButNoNumber() {
        grid.add(List.of(Cell.of("summarizer"), Cell.of("12.5/s"), Cell.drawn(Tone.PLAIN, "#"::repeat)));

        assertThat(rendered(20)).containsExactly("NAME      RATE CHART", "summar~ 12.5/s #####");
        assertThat(rendered(15)).containsExactly("NAME       RATE", "summari~ 12.5/s");
    }

    private List<String> rendered(int width) {
        return grid.render(width).stream()
                .map(l -> l.toString().stripTrailing())
                .toList();
    }
}
