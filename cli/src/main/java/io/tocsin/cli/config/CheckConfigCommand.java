/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.collector.server.ConfigCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code check-config}. */
@Command(
        name = "check-config",
        description = {
            "Says whether a collector would start with a configuration file, and what it would run, without starting one.",
            "Checks settings, rules and SLOs, against plugins too; variables (MONITORING_...) count as they would for serve."
        },
        footer = {
            "",
            "Exit code 0 if it is sound, 3 with every problem if it is not.",
            "Examples:",
            "  tocsin check-config tocsin.yaml",
            "  tocsin check-config tocsin.yaml --profile production"
        })
public final class CheckConfigCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON, as for serve --config.")
    private @Nullable Path file;

    @Mixin
    private SettingOptions options = new SettingOptions();

    /** Writes to {@code console}. */
    public CheckConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CollectorSettings settings = options.load(file, Map.of());
        ConfigCheck found = check(settings);
        long set =
                settings.values().stream().filter(value -> !value.isDefault()).count();
        console.out()
                .println(file + " is sound (profile "
                        + settings.config().profile().word() + ")");
        console.out()
                .println("  settings  " + set + " set, " + (settings.values().size() - set) + " by default");
        console.out().println("  SLOs      " + running(found.slos(), found.slosNotRunning()));
        console.out().println("  rules     " + running(found.rules(), found.rulesNotRunning()));
        console.out().println("  channels  " + listed(settings.channels()));
        console.out().println("  plugins   " + listed(found.plugins()));
        settings.notices().forEach(notice -> console.out().println("notice: " + notice));
        found.pluginProblems().forEach(problem -> console.out().println("notice: " + problem));
        console.out().flush();
        return ExitCode.OK;
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String running(int running, int not) {
        return running + (not == 0 ? "" : ", " + not + " that do not run");
    }

    private static ConfigCheck check(CollectorSettings settings) {
        try {
            return ConfigCheck.of(settings);
        } catch (ConfigException | CollectorStartException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
