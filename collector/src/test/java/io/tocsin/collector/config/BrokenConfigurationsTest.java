/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.RuleCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole messages, as a newcomer meets them: {@code NAME.yaml} and beside it {@code NAME.txt}, rewritten with -Dtocsin.docs.write=true. */
class BrokenConfigurationsTest {
    /** Tests run in the module's folder. */
    private static final Path FOLDER = Path.of("src/test/resources/io/tocsin/collector/config/broken");

    private static final Path NO_PLUGINS = Path.of("no-plugins-here");

    @ParameterizedTest
    @MethodSource("files")
    void tellsAllOfItInOneMessage(Path file) throws IOException {
        Path golden = FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".txt"));
        String told = told(file)
                .replace(FOLDER + "/", "")
                .replace(NO_PLUGINS.toAbsolutePath().toString(), "plugins")
                .replace(Path.of("plugins").toAbsolutePath().toString(), "plugins");
        if (Boolean.getBoolean("tocsin.docs.write")) {
            Files.writeString(golden, told);
        }

        assertThat(told).isEqualTo(Files.readString(golden));
    }

    @Test
    void thereAreTenAtLeast() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(10);
    }

    private static String told(Path file) {
        ConfigException told = catchThrowableOfType(ConfigException.class, () -> {
            CollectorSettings settings = CollectorSettings.load(Optional.of(file), Map.of(), Map.of());
            try (Plugins plugins = Plugins.load(NO_PLUGINS, "0")) {
                settings.soundRules(new RuleCheck(plugins.catalog(), settings.ruleDefaults()));
            }
        });
        return told.getMessage() + "\n";
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }
}
