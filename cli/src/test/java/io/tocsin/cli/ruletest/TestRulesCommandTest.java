/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ChannelFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRulesCommandTest {
    @TempDir
    Path folder;

    private final CommandRunner tocsin = new CommandRunner(ChannelFactory.tcp());

    @BeforeEach
    void rules() throws IOException {
        write("tocsin.yaml", """
                monitoring:
                  default-rules: false
                  rules:
                    - name: deep
                      detector: threshold
                      select: {metric: queue}
                      group-by: [agent]
                      parameters: {statistic: max, above: 100}
                      severity: high
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String withQueueUpFrom1mTo2m(String expected) {
        return """
                config: tocsin.yaml
                tests:
                  - name: deep for a minute
                    series:
                      - metric: queue
                        attributes: {agent: a}
                        gauge:
                          - {for: 1m, every: 1s, value: 1}
                          - {for: 1m, every: 1s, value: 200}
                          - {for: 1m, every: 1s, value: 1}
                """ + expected.indent(4);
    }

    private int run(Path file, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "test-rules";
        args[1] = file.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return tocsin.run(args);
    }

    @Test
    void alertsAsExpectedPass() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("""
                alerts:
                  - {rule: deep, group: {agent: a}, severity: high, fires: 1m10s..1m15s, resolves: 2m10s..2m15s}
                firing:
                  - {at: 1m, alerts: []}
                  - at: 1m30s
                    alerts: [{rule: deep}]
                """));

        assertThat(run(file)).as(tocsin.err()).isZero();
        assertThat(tocsin.out())
                .contains("ok      " + file + ": deep for a minute")
                .contains("1 passed, 0 failed");
    }

    @Test
    void whatIsOtherThanExpectedIsTold() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("""
                alerts:
                  - {rule: deep, group: {agent: a}, severity: low, fires: 30s..40s, resolves: 5m}
                  - {rule: deep, group: {agent: b}, fires: 1m..2m}
                firing:
                  - {at: 1m30s, alerts: []}
                """));

        assertThat(run(file, "--junit", folder.resolve("x.xml").toString())).isEqualTo(1);
        assertThat(tocsin.lines())
                .containsSubsequence(
                        "FAILED  " + file + ": deep for a minute",
                        "        - deep {agent=a} should fire from 30s to 40s, fired at 1m11s",
                        "        - deep {agent=a} should be low, was high",
                        "        - deep {agent=a} should resolve at 5m, resolved at 2m11s",
                        "        - deep {agent=b} should fire from 1m to 2m, did not",
                        "        - deep/threshold {agent=a} should not be firing at 1m30s, was, since 1m11s",
                        "        what fired:",
                        "          1m11s high deep/threshold {agent=a}, resolved at 2m11s",
                        "0 passed, 1 failed, in 0 ms");
        assertThat(folder.resolve("x.xml")).content().contains("should fire from 30s to 40s, fired at 1m11s");
    }

    @Test
    void anAlertThatNobodyExpectsFailsTheTest() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("alerts: []"));

        assertThat(run(file)).isEqualTo(1);
        assertThat(tocsin.out()).contains("- deep/threshold {agent=a} should not fire, fired at 1m11s (high): ");
    }

    @Test
    void aRuleThatThereIsNotIsAMistake() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("alerts: [{rule: depe, fires: 1m}]"));

        assertThat(run(file)).isEqualTo(3);
        assertThat(tocsin.err()).contains("no rule depe runs; there are deep");
    }

    @Test
    void aTestThatExpectsNothingIsAMistake() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("seed: 5"));

        assertThat(run(file)).isEqualTo(3);
        assertThat(tocsin.err()).contains("must say what it expects, as alerts or firing");
    }

    @Test
    void tooManyEventsAreRefused() throws IOException {
        Path file = write("t.yaml", """
                tests:
                  - name: many
                    series:
                      - {metric: m, outcomes: [{for: 10d, every: 1ms}]}
                    alerts: []
                """);

        assertThat(run(file)).isEqualTo(3);
        assertThat(tocsin.err()).contains("line 2", "must have at most 10000000 events, has 864000000");
    }

    @Test
    void theExampleOfTheHelpPasses() throws IOException {
        assertThat(tocsin.run("test-rules", "--help")).isZero();
        String help = tocsin.out();
        int begin = help.indexOf("  tests:\n");
        Path file = write("t.yaml", help.substring(begin, help.indexOf("\nExit code 1", begin)));

        assertThat(run(file)).as(tocsin.out() + tocsin.err()).isZero();
    }

    @Test
    void anotherConfigurationTakesThePlaceOfTheFiles() throws IOException {
        Path file = write("t.yaml", withQueueUpFrom1mTo2m("alerts: []"));
        Path other = write("other.yaml", "monitoring: {default-rules: false}\n");

        assertThat(run(file, "--config", other.toString())).isZero();
    }
}
