/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as a user writes them: in a file, in variables, on the command line. */
final class WrittenSettings {
    private final Path folder;
    private final Map<String, String> commandLine = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private Optional<Path> file = Optional.empty();

    WrittenSettings(Path folder) {
        this.folder = folder;
    }

    WrittenSettings file(String text) {
        try {
            file = Optional.of(Files.writeString(folder.resolve("tocsin.yaml"), text));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WrittenSettings variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    WrittenSettings commandLine(String key, String value) {
        commandLine.put(key, value);
        return this;
    }

    CollectorSettings load() {
        return CollectorSettings.load(file, commandLine, variables);
    }

    /** With the detectors that come with the build. */
    List<Rule> rules() {
        CollectorSettings settings = load();
        try (Plugins plugins = Plugins.load(folder.resolve("no-plugins"), "0")) {
            return settings.soundRules(new RuleCheck(plugins.catalog(), settings.ruleDefaults()));
        }
    }

    Rule rule(String name) {
        return rules().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<String> problems() {
        return catchThrowableOfType(ConfigException.class, this::rules).problems();
    }
}
