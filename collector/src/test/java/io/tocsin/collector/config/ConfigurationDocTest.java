/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.RuleCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/configuration.md to the declarations: its table is theirs, its examples are read. */
class ConfigurationDocTest {
    /** Tests run in the module's folder. */
    private static final Path DOC = Path.of("..", "docs", "configuration.md");

    /** Tells to rewrite what is generated. */
    private static final String WRITE = "tocsin.docs.write";

    private static final Pattern TABLE = Pattern.compile("\\| Key \\| Default .*?(\n\n|\\z)", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theTableOfSettingsIsThatOfTheDeclarations() throws IOException {
        String settings = settingsTable();
        if (Boolean.getBoolean(WRITE)) {
            String written =
                    TABLE.matcher(Files.readString(DOC)).replaceFirst(Matcher.quoteReplacement(settings) + "$1");
            Files.writeString(DOC, written.stripTrailing() + "\n");
        }

        assertThat(Files.readString(DOC))
                .as("docs/configuration.md is not what the declarations say: run this test with -D" + WRITE + "=true")
                .contains(settings);
    }

    @Test
    void theExamplesAreSoundAndNameEveryKeyOfARuleAndOfAnSlo() throws IOException {
        List<String> examples = examples();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        try (Plugins plugins = Plugins.load(folder.resolve("no-plugins"), "0")) {
            for (String example : examples) {
                Path file = Files.writeString(folder.resolve("example.yaml"), example);
                CollectorSettings settings = CollectorSettings.load(Optional.of(file), Map.of(), Map.of());

                assertThatCode(() -> settings.soundRules(new RuleCheck(plugins.catalog())))
                        .doesNotThrowAnyException();
            }
        }
        List<String> keys = new ArrayList<>(RuleReader.KEYS);
        keys.addAll(SloReader.KEYS);
        for (String key : keys) {
            assertThat(examples)
                    .anyMatch(
                            e -> Pattern.compile("^ {4,6}(- |# )?" + key + ":", Pattern.MULTILINE)
                                    .matcher(e)
                                    .find(),
                            key);
        }
    }

    @Test
    void theProfilesAreWhatTheTableSays() throws IOException {
        String doc = Files.readString(DOC);

        for (Profile profile : Profile.values()) {
            String row = doc.lines()
                    .filter(line -> line.startsWith("| `" + profile.word() + "`"))
                    .findFirst()
                    .orElseThrow();
            profile.defaults().forEach((key, text) -> assertThat(row).contains("`" + key + "` " + text));
            assertThat(row.split("`monitoring", -1)).hasSize(profile.defaults().size() + 1);
        }
    }

    private static String settingsTable() {
        StringBuilder table = new StringBuilder("| Key | Default | Must be | Says |\n|---|---|---|---|\n");
        for (Setting setting : Setting.all()) {
            table.append("| `%s`<br>`%s` | %s | %s | %s |%n"
                    .formatted(
                            setting.key(),
                            Variables.nameOf(setting.key()),
                            setting.defaultText().map(d -> "`" + d + "`").orElse("–"),
                            setting.allowed(),
                            setting.help()));
        }
        return table.toString();
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        var matcher = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOC));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }
}
