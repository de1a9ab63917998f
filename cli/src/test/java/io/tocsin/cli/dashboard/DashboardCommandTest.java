/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.board.BoardCollector;
import io.tocsin.cli.board.RecordedScreen;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Dashboard;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardCommandTest {
    private BoardCollector collector;

    @BeforeEach
    void start() throws IOException {
        collector = new BoardCollector();
        collector.dashboard = Dashboard.newBuilder()
                .addAgents(AgentMetrics.newBuilder().setAgentType("coder").setRate(12.5))
                .build();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void withoutATerminalOnePlainPageIsPrinted() {
        CommandRunner tocsin = new CommandRunner(collector.channels());

        assertThat(tocsin.run("dashboard", "--window", "5m")).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out())
                .contains("ALERTS", "AGENTS", "coder", "12.5/s", "ERROR BUDGETS")
                .doesNotContain("\u001b");
        assertThat(tocsin.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(collector.gets.get(0).getRange().getLast().getSeconds()).isEqualTo(300);
    }

    @Test
    void jsonIsTheDashboardInOneLine() {
        CommandRunner tocsin = new CommandRunner(collector.channels());

        tocsin.run("dashboard", "--once", "--json", "--recording", "r1");

        assertThat(tocsin.lines()).hasSize(1);
        assertThat(tocsin.lines().get(0)).contains("\"agentType\":\"coder\"", "\"rate\":12.5");
        assertThat(collector.gets.get(0).getScope().getRecording()).isEqualTo("r1");
        assertThat(collector.gets.get(0).hasRange()).isFalse();
    }

    @Test
    void inATerminalItFollowsUntilSomebodyQuitsAndGivesTheScreenBack() {
        RecordedScreen screen = new RecordedScreen();
        screen.keys.add(KeyPress.of('?'));
        screen.keys.add(KeyPress.of('?'));
        screen.keys.add(KeyPress.of('q'));
        CommandRunner tocsin = new CommandRunner(collector.channels(), screen);

        assertThat(tocsin.run("dashboard")).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out()).isEmpty();
        assertThat(screen.closed).isTrue();
        assertThat(screen.shown).anyMatch(lines -> String.join("\n", lines).contains("HOW TO READ IT"));
        assertThat(screen.shown).anyMatch(lines -> String.join("\n", lines).contains("coder"));
    }

    @Test
    void aWindowOutOfBoundsIsRefused() {
        CommandRunner tocsin = new CommandRunner(collector.channels());

        assertThat(tocsin.run("dashboard", "--window", "30s")).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err()).contains("--window must be 1m to 24h, was 30s");
    }
}
