/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tocsin.collector.rule.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything a collector is told before it starts. Immutable.
 *
 * @param config every setting, checked
 * @param rules ours and the file's, by name; checked as far as one can without knowing the detectors
 */
public record CollectorSettings(CollectorConfig config, List<Rule> rules) {
    private static final int OVERRIDES_ORDINAL = 400;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 100;
    /** Above smallrye's own converters. */
    private static final int CONVERTER_PRIORITY = 1_000;

    public CollectorSettings {
        rules = List.copyOf(rules);
    }

    /** With this process's environment; see {@link #load(Optional, Map, Map)}. */
    public static CollectorSettings load(Optional<Path> file, Map<String, String> overrides) {
        return load(file, overrides, System.getenv());
    }

    /**
     * Reads settings; overrides win over the environment, the environment over the file, the file over our defaults.
     *
     * @param file YAML or JSON: all under {@code monitoring}
     * @param overrides by key, such as "monitoring.grpc.port"
     * @param environment variables such as MONITORING_GRPC_PORT; those that are empty or not ours are left alone
     * @throws ConfigException with all problems
     */
    public static CollectorSettings load(
            Optional<Path> file, Map<String, String> overrides, Map<String, String> environment) {
        Problems problems = new Problems();
        List<Setting> settings = Setting.all();
        ConfigFile fromFile = file.map(f -> ConfigFile.read(f, problems)).orElseGet(ConfigFile::none);
        Map<String, String> variables = ours(settings, environment);
        List<String> known = settings.stream().map(Setting::key).toList();
        for (String key : overrides.keySet()) {
            if (!known.contains(key)) {
                problems.unknown(key, known, "command line");
            }
        }
        for (Setting setting : settings) {
            String key = setting.key();
            if (overrides.containsKey(key)) {
                check(setting, overrides.getOrDefault(key, ""), "command line", problems);
            } else if (variables.containsKey(variable(key))) {
                String where = "environment variable " + variable(key);
                check(setting, variables.getOrDefault(variable(key), ""), where, problems);
            } else if (fromFile.settings().containsKey(key)) {
                String where = fromFile.name() + " line " + fromFile.lines().get(key);
                check(setting, fromFile.settings().getOrDefault(key, ""), where, problems);
            }
        }
        problems.throwIfAny();
        CollectorConfig config = mapping(overrides, variables, fromFile);
        checkTogether(config, problems);
        problems.throwIfAny();
        return new CollectorSettings(config, merged(config.defaultRules(), fromFile.rules()));
    }

    private static void check(Setting setting, String text, String where, Problems problems) {
        setting.problem().apply(text).ifPresent(what -> problems.add(setting.key(), what, where));
    }

    private static Map<String, String> ours(Collection<Setting> settings, Map<String, String> environment) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String value = environment.get(variable(setting.key()));
            if (value != null && !value.isEmpty()) {
                ours.put(variable(setting.key()), value);
            }
        }
        return ours;
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static CollectorConfig mapping(
            Map<String, String> overrides, Map<String, String> variables, ConfigFile file) {
        SmallRyeConfig read = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(overrides, "command line", OVERRIDES_ORDINAL),
                        new EnvConfigSource(variables, ENVIRONMENT_ORDINAL),
                        new PropertiesConfigSource(file.settings(), file.name(), FILE_ORDINAL))
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withMapping(CollectorConfig.class)
                .build();
        return read.getConfigMapping(CollectorConfig.class);
    }

    private static void checkTogether(CollectorConfig config, Problems problems) {
        if (config.windows().sealAfter().compareTo(config.windows().allowance()) <= 0) {
            problems.add(
                    "monitoring.windows.seal-after",
                    "must be longer than monitoring.windows.allowance ("
                            + config.windows().allowance().toMillis() + "ms), was "
                            + config.windows().sealAfter().toMillis() + "ms",
                    "all sources");
        }
        if (config.ingest().maxBatchBytes() > config.journal().maxWaitingBytes()) {
            problems.add(
                    "monitoring.journal.max-waiting-bytes",
                    "must hold at least one batch, monitoring.ingest.max-batch-bytes ("
                            + config.ingest().maxBatchBytes() + "), was "
                            + config.journal().maxWaitingBytes(),
                    "all sources");
        }
    }

    /** A rule of the file takes the place of ours of the same name. */
    private static List<Rule> merged(boolean withDefaults, List<Rule> fromFile) {
        Map<String, Rule> byName = withDefaults
                ? ConfigFile.defaultRules().stream()
                        .collect(Collectors.toMap(Rule::name, r -> r, (a, b) -> b, TreeMap::new))
                : new TreeMap<>();
        fromFile.forEach(rule -> byName.put(rule.name(), rule));
        return List.copyOf(byName.values());
    }
}
