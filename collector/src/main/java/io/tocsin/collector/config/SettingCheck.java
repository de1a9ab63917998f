/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.SettingSources.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what is wrong with each value that is written, also where another one stands. Stateless. */
final class SettingCheck {
    private static final String PLUGINS_DIR = CollectorConfig.PREFIX + ".plugins.dir";

    private final SecretReader secrets;
    private final Problems problems;

    SettingCheck(SecretReader secrets, Problems problems) {
        this.secrets = secrets;
        this.problems = problems;
    }

    /** Keys of the command line; the file's are looked at when it is read, and variables that are not known are not ours. */
    void keys(Iterable<String> commandLine) {
        List<String> known = Setting.all().stream().map(Setting::key).toList();
        for (String key : commandLine) {
            if (!known.contains(key)) {
                problems.add(key, UnknownKey.told(key, known), SettingOrigin.COMMAND_LINE.words());
            }
        }
    }

    /** Whether a value may stand. */
    boolean standing(Setting setting, Written written) {
        Optional<String> problem = setting.problem(written.text(), secrets);
        // without being told there need not be a folder; who tells one means it
        if (problem.isEmpty() && setting.key().equals(PLUGINS_DIR) && !Files.isDirectory(Path.of(written.text()))) {
            Path folder = Path.of(written.text()).toAbsolutePath();
            problem = Optional.of(
                    "must be a folder, " + folder + (Files.exists(folder) ? " is a file" : " does not exist"));
        }
        problem.ifPresent(
                what -> problems.add(setting.key(), what, written.origin().words()));
        return problem.isEmpty();
    }

    /** The file's values that do not stand: a secret of another profile need not be here. */
    void others(ConfigFile file, Map<String, Written> standing) {
        others(file, file.forAll(), Optional.empty(), standing);
        for (Profile profile : Profile.values()) {
            others(file, file.of(profile), Optional.of(profile), standing);
        }
    }

    private void others(
            ConfigFile file, FileSection section, Optional<Profile> profile, Map<String, Written> standing) {
        for (Setting setting : Setting.all()) {
            Yaml.Text text = section.settings().get(setting.key());
            if (text == null || setting.kind().isSecret()) {
                continue;
            }
            SettingOrigin origin = SettingOrigin.line(file.name(), text.line(), profile);
            Written stands = standing.get(setting.key());
            if (stands == null || !stands.origin().equals(origin)) {
                setting.problem(text.text(), secrets)
                        .ifPresent(what -> problems.add(setting.key(), what, origin.words()));
            }
        }
    }
}
