/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.MapBackedConfigValueConfigSource;
import io.smallrye.config.ProfileConfigSourceInterceptor;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tocsin.collector.config.Yaml.Text;
import io.tocsin.collector.security.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All who may give a setting its value: the command line before the environment, that before the file, and there the section of the profile
 * before the rest, then what the profile brings. Which of them wins is SmallRye Config's to say. Immutable.
 *
 * @param commandLine by key
 * @param variables by name, ours alone
 */
record SettingSources(Map<String, String> commandLine, Map<String, String> variables, ConfigFile file) {
    private static final int COMMAND_LINE_ORDINAL = 400;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 200;
    private static final int PROFILE_ORDINAL = 100;
    /** Above smallrye's own converters. */
    private static final int CONVERTER_PRIORITY = 1_000;

    /** The text that stands, and who has written it; empty: nobody has, it has its default. */
    record Written(String text, SettingOrigin origin) {}

    /** The file's lines, which SmallRye hands through with the values. */
    private static final class FileSource extends MapBackedConfigValueConfigSource {
        private static final long serialVersionUID = 1;

        FileSource(ConfigFile file) {
            super(file.name(), values(file), FILE_ORDINAL);
        }

        private static Map<String, ConfigValue> values(ConfigFile file) {
            Map<String, ConfigValue> values = new LinkedHashMap<>();
            add("", file, file.forAll(), values);
            file.byProfile().forEach((profile, section) -> add("%" + profile.word() + ".", file, section, values));
            return values;
        }

        private static void add(String prefix, ConfigFile file, FileSection section, Map<String, ConfigValue> into) {
            section.settings().forEach((key, text) -> into.put(prefix + key, value(prefix + key, file, text)));
        }

        private static ConfigValue value(String name, ConfigFile file, Text text) {
            return ConfigValue.builder()
                    .withName(name)
                    .withValue(text.text())
                    .withRawValue(text.text())
                    .withConfigSourceName(file.name())
                    .withConfigSourceOrdinal(FILE_ORDINAL)
                    .withLineNumber(text.line())
                    .build();
        }
    }

    /** The setting that names the profile stands before any profile. */
    Optional<Written> beforeProfiles(String key) {
        return written(key, builder().build(), Optional.empty());
    }

    /** What is written of each key, where anybody or the profile has. */
    Map<String, Written> under(Profile profile) {
        SmallRyeConfig read = builder()
                .withInterceptors(new ProfileConfigSourceInterceptor(profile.word()))
                .withSources(new PropertiesConfigSource(
                        profile.defaults(), SettingOrigin.profile(profile).words(), PROFILE_ORDINAL))
                .build();
        Map<String, Written> written = new TreeMap<>();
        for (Setting setting : Setting.all()) {
            written(setting.key(), read, Optional.of(profile)).ifPresent(w -> written.put(setting.key(), w));
        }
        return written;
    }

    private SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(
                                commandLine, SettingOrigin.COMMAND_LINE.words(), COMMAND_LINE_ORDINAL),
                        new EnvConfigSource(variables, ENVIRONMENT_ORDINAL),
                        new FileSource(file));
    }

    private Optional<Written> written(String key, SmallRyeConfig read, Optional<Profile> profile) {
        ConfigValue value = read.getConfigValue(key);
        if (value.getValue() == null) {
            return Optional.empty();
        }
        SettingOrigin origin = switch (value.getConfigSourceOrdinal()) {
            case COMMAND_LINE_ORDINAL -> SettingOrigin.COMMAND_LINE;
            case ENVIRONMENT_ORDINAL -> SettingOrigin.variable(Variables.nameOf(key));
            case FILE_ORDINAL ->
                SettingOrigin.line(
                        file.name(), value.getLineNumber(), value.getProfile() == null ? Optional.empty() : profile);
            default -> profile.map(SettingOrigin::profile).orElse(SettingOrigin.DEFAULT);
        };
        return Optional.of(new Written(value.getValue(), origin));
    }

    /** Texts that are sound, as what they are; what is not among them has its default. */
    static CollectorConfig mapped(Map<String, String> texts, SecretReader secrets) {
        SmallRyeConfig read = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(texts, "what stands", COMMAND_LINE_ORDINAL))
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withConverter(Secret.class, CONVERTER_PRIORITY, secrets)
                .withMapping(CollectorConfig.class)
                .build();
        return read.getConfigMapping(CollectorConfig.class);
    }
}
