/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.cli.config.SettingOptions;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JunitXml;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.collector.server.LoadedDetection;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test-rules}. */
@Command(
        name = "test-rules",
        description = {
            "Tests rules: made-up events go through the engine, with no collector and in no time, and the alerts are "
                    + "compared with those that the test expects.",
            ""
        },
        footer = {
            "",
            "A file of tests (docs/backtest.md has all of it):",
            "  config: tocsin.yaml             beside this file; absent: the default rules",
            "  tests:",
            "    - name: an outage of the planner is heard within 15 s",
            "      series:",
            "        - metric: gen_ai.invoke_agent.duration",
            "          attributes: {gen_ai.agent.name: planner}",
            "          outcomes:",
            "            - {for: 10m, every: 100ms, latency: 200ms..400ms, failing: 0.5%%}",
            "            - {for: 2m, every: 100ms, latency: 1s, failing: 80%%, error: timeout}",
            "      rules: [outage]",
            "      alerts:",
            "        - {rule: outage, severity: critical, fires: 10m..10m45s}",
            "",
            "Exit code 1: a test failed; 3: a file cannot be read, or a rule is not sound."
        })
public final class TestRulesCommand implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Tests, as YAML or JSON.")
    private List<Path> files = List.of();

    @Mixin
    private SettingOptions options = new SettingOptions();

    @Option(
            names = "--config",
            paramLabel = "F",
            description = "Whose rules are tested, in place of what the files name.")
    private @Nullable Path config;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML too.")
    private @Nullable Path junit;

    /** Tells by {@code clock} how long it took. */
    public TestRulesCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        JunitXml xml = new JunitXml("tocsin test-rules");
        int passed = 0;
        int failed = 0;
        long begunMillis = clock.millis();
        for (RuleTestFile file : files.stream().map(RuleTestReader::read).toList()) {
            for (RuleTestRun.Result result : run(file)) {
                print(file, result);
                xml.add(file.path().toString(), result.name(), text(result));
                passed += result.passed() ? 1 : 0;
                failed += result.passed() ? 0 : 1;
            }
        }
        if (junit != null) {
            xml.write(junit);
        }
        console.out().println(passed + " passed, " + failed + " failed, in " + (clock.millis() - begunMillis) + " ms");
        console.out().flush();
        return failed == 0 ? ExitCode.OK : ExitCode.BAD_RESULT;
    }

    private List<RuleTestRun.Result> run(RuleTestFile file) {
        CollectorSettings settings =
                options.load(config != null ? config : file.config().orElse(null), Map.of());
        List<RuleTestRun.Result> results = new ArrayList<>();
        try (LoadedDetection detection = LoadedDetection.of(settings)) {
            RuleTestRun run = new RuleTestRun(file, detection);
            run.requireRules();
            file.tests().forEach(test -> results.add(run.run(test)));
        } catch (CollectorStartException | ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        return results;
    }

    private void print(RuleTestFile file, RuleTestRun.Result result) {
        console.out().println((result.passed() ? "ok      " : "FAILED  ") + file.path() + ": " + result.name());
        if (!result.passed()) {
            text(result).forEach(line -> console.out().println("        " + line));
        }
    }

    /** Nothing if it passed. */
    private static List<String> text(RuleTestRun.Result result) {
        List<String> lines = new ArrayList<>();
        if (!result.passed()) {
            result.problems().forEach(problem -> lines.add("- " + problem));
            lines.add(result.fired().isEmpty() ? "nothing fired" : "what fired:");
            result.fired().forEach(line -> lines.add("  " + line));
        }
        return lines;
    }
}
