/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import com.google.gson.JsonObject;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.Table;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.SettingValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code config show}. */
@Command(
        name = "show",
        description = {
            "Lists the settings that somebody has set, and who: command line, variable, line of the file, or profile.",
            "Secrets are hidden; where one is read from is shown. Rules and SLOs are not listed: see check-config."
        },
        footer = {
            "",
            "Examples:",
            "  tocsin config show --config tocsin.yaml",
            "  tocsin config show --effective --profile production",
            "  tocsin config show --effective --yaml > whole.yaml     a file to start from"
        })
public final class ConfigShowCommand implements Callable<Integer> {
    private static final int COLUMNS = 120;

    /** Of these, one. */
    private static final class Form {
        @Option(names = "--json", description = "One JSON object per line, for programs.")
        private boolean json;

        @Option(names = "--yaml", description = "As a configuration file that says the same; defaults are comments.")
        private boolean yaml;
    }

    private final Console console;

    @Option(names = "--config", paramLabel = "F", description = "YAML or JSON, as for serve.")
    private @Nullable Path file;

    @Option(names = "--effective", description = "Every setting, those that have their default too.")
    private boolean effective;

    @ArgGroup
    private Form form = new Form();

    @Mixin
    private SettingOptions options = new SettingOptions();

    /** Writes to {@code console}. */
    public ConfigShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CollectorSettings settings = options.load(file, Map.of());
        List<SettingValue> shown = settings.values().stream()
                .filter(value -> effective || !value.isDefault())
                .toList();
        if (form.json) {
            shown.forEach(value -> console.out().println(json(value)));
        } else if (form.yaml) {
            new SettingsYaml(shown).lines().forEach(console.out()::println);
        } else {
            table(shown, settings.values().size() - shown.size());
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private void table(List<SettingValue> shown, int others) {
        if (!shown.isEmpty()) {
            Table table = new Table("!KEY", "VALUE", "!FROM");
            shown.forEach(value -> table.add(
                    value.key(),
                    value.text().orElse("(not set)"),
                    value.origin().words()));
            table.print(console.out(), COLUMNS);
        }
        if (others > 0) {
            console.out()
                    .println(
                            (shown.isEmpty() ? "all " : "") + others + (shown.isEmpty() ? " settings" : " others")
                                    + " have their default; --effective lists them. Of rules, SLOs and channels check-config tells");
        }
    }

    private static String json(SettingValue value) {
        JsonObject object = new JsonObject();
        object.addProperty("key", value.key());
        object.addProperty("value", value.text().orElse(null));
        object.addProperty("hidden", value.isHidden());
        object.addProperty("source", value.origin().kind().word());
        object.addProperty("from", value.origin().words());
        return object.toString();
    }
}
