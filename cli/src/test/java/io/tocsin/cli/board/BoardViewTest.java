/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.terminal.KeyName;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Screens are compared with files; {@code -Dtocsin.golden.write=true} writes them anew, to be looked at before they are kept. */
class BoardViewTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/tocsin/cli/board");
    private static final Look UNICODE = new Look(false, true);
    private static final long NOW = BoardSamples.NOW;

    @ParameterizedTest
    @CsvSource({"80,24", "160,48"})
    void theDemosBoardLooksAsKept(int columns, int rows) throws IOException {
        same("demo", BoardSamples.state(true).board(NOW), new Size(columns, rows), UNICODE);
    }

    @ParameterizedTest
    @CsvSource({"80,24", "160,48"})
    void theDashboardLooksAsKept(int columns, int rows) throws IOException {
        same("dashboard", BoardSamples.state(false).board(NOW), new Size(columns, rows), UNICODE);
    }

    @Test
    void withoutUnicodeTheSameIsSaidInAscii() throws IOException {
        List<String> lines = same("ascii", BoardSamples.state(true).board(NOW), new Size(80, 24), Look.simplest());

        assertThat(String.join("", lines).chars()).allMatch(c -> c >= ' ' && c <= '~');
    }

    @ParameterizedTest
    @CsvSource({"80,24", "160,48"})
    void anAlertIsExplainedAsKept(int columns, int rows) throws IOException {
        BoardState state = BoardSamples.state(false);
        state.press(KeyPress.of(KeyName.DOWN), NOW);
        state.press(KeyPress.of('e'), NOW);

        same("explain", state.board(NOW), new Size(columns, rows), UNICODE);
    }

    @Test
    void theMenuOfIncidentsLooksAsKept() throws IOException {
        BoardState state = BoardSamples.state(true);
        state.press(KeyPress.of('i'), NOW);

        same("inject", state.board(NOW), new Size(80, 24), UNICODE);
    }

    @Test
    void helpLooksAsKept() throws IOException {
        BoardState state = BoardSamples.state(true);
        state.press(KeyPress.of('?'), NOW);

        same("help", state.board(NOW), new Size(80, 24), UNICODE);
    }

    @Test
    void aLostConnectionIsSaidOnTopWithTheAgeOfWhatIsShown() {
        BoardState state = BoardSamples.state(false);
        state.link(new Link(Link.State.LOST, NOW + 2_000, NOW + 17_000, "nothing listens there any more"));

        List<String> lines = render(state.board(NOW + 14_000), new Size(160, 48), UNICODE);

        assertThat(lines.get(1))
                .contains("CONNECTION LOST 12 s ago, trying again in 3 s; below is 14 s old (nothing listens there");
        assertThat(lines).anyMatch(l -> l.contains("HIGH") && l.contains(" 9 s "));
    }

    @Test
    void aPausedScreenSaysSoAndStandsStill() {
        BoardState state = BoardSamples.state(false);
        state.press(KeyPress.of('p'), NOW);
        state.dashboard(io.tocsin.v1.Dashboard.getDefaultInstance(), NOW + 5_000);

        List<String> lines = render(state.board(NOW + 5_000), new Size(80, 24), UNICODE);

        assertThat(lines.get(1)).contains("SCREEN PAUSED since 03:12:45");
        assertThat(lines).anyMatch(l -> l.contains("researcher"));
    }

    @Test
    void everySizeGetsExactlyItsLinesAndNoneIsWider() {
        for (int columns = 1; columns <= 240; columns += 7) {
            for (int rows = 1; rows <= 70; rows += 3) {
                List<AttributedString> lines =
                        BoardView.render(BoardSamples.state(true).board(NOW), new Size(columns, rows), UNICODE);
                assertThat(lines).hasSize(rows);
                for (AttributedString line : lines) {
                    assertThat(line.columnLength())
                            .as("%d x %d: %s", columns, rows, line)
                            .isLessThanOrEqualTo(columns);
                }
            }
        }
    }

    @Test
    void colourSaysNothingThatWordsDoNot() {
        Size size = new Size(160, 48);
        Board board = BoardSamples.state(true).board(NOW);

        assertThat(render(board, size, new Look(true, true))).isEqualTo(render(board, size, new Look(false, true)));
    }

    private static List<String> same(String name, Board board, Size size, Look look) throws IOException {
        List<String> lines = render(board, size, look);
        assertThat(lines).hasSize(size.rows());
        Path file = GOLDEN.resolve(name + "-" + size.columns() + "x" + size.rows() + ".txt");
        if (Boolean.getBoolean("tocsin.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, lines.stream().collect(Collectors.joining("\n", "", "\n")));
        }
        assertThat(String.join("\n", lines) + "\n").isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
        return lines;
    }

    private static List<String> render(Board board, Size size, Look look) {
        return BoardView.render(board, size, look).stream()
                .map(line -> line.toString().stripTrailing())
                .toList();
    }
}
