/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.terminal.KeyName;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Size;
import io.tocsin.v1.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardLoopTest {
    private final RecordedScreen screen = new RecordedScreen();
    private final BoardState state = BoardSamples.state(true);
    private long now = BoardSamples.NOW;
    private BoardCollector collector;
    private CollectorConnection connection;
    private BoardLoop loop;

    @BeforeEach
    void start() throws IOException {
        collector = new BoardCollector();
        connection = new CollectorConnection(BoardSamples.TARGET, collector.channels());
        loop = new BoardLoop(
                screen,
                Look.simplest(),
                state,
                connection,
                Scope.getDefaultInstance(),
                () -> Instant.ofEpochMilli(now));
    }

    @AfterEach
    void stop() {
        loop.close();
        connection.close();
        collector.close();
    }

    @Test
    void drawsFourTimesASecondAtMostUnlessAKeyIsPressed() {
        for (int i = 0; i < 100; i++) {
            loop.beat(10);
            now += 10;
        }
        assertThat(screen.shown).hasSize(4);

        screen.keys.add(KeyPress.of('j'));
        loop.beat(10);
        assertThat(screen.shown.size()).isBetween(5, 6);
    }

    @Test
    void anotherSizeIsDrawnAtOnce() {
        loop.beat(10);
        screen.size = new Size(160, 48);
        loop.beat(10);

        assertThat(screen.shown).hasSize(2);
        assertThat(screen.shown.get(1)).hasSize(48);
    }

    @Test
    void acknowledgesAndSaysAsWhom() {
        screen.keys.add(KeyPress.of('a'));
        screen.keys.add(KeyPress.of('y'));
        loop.beat(10);
        loop.beat(10);
        loop.beat(10);

        assertThat(collector.acknowledged).hasSize(1);
        assertThat(collector.acknowledged.get(0).getId()).isEqualTo("a2");
        assertThat(state.board(now).notice()).startsWith("acknowledged as ");
    }

    @Test
    void theProcessesLogGoesToTheBoardInsteadOfOverIt() {
        Logger.getLogger("some.library").warning("the pipe burst");
        loop.beat(10);

        assertThat(state.board(now).log()).extracting(LogLine::text).contains("the pipe burst");
    }

    @Test
    void quits() {
        assertThat(loop.quit()).isFalse();
        screen.keys.add(KeyPress.of(KeyName.INTERRUPT));
        loop.beat(10);

        assertThat(loop.quit()).isTrue();
        loop.close();
        assertThat(screen.closed).isTrue();
    }
}
