/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tocsin.collector.config.DeclaredRules.Declared;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.Spelling;
import io.tocsin.collector.security.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything a collector is told before it starts. Immutable.
 *
 * @param config every setting, checked
 * @param rules ours and the file's, by name; sound only once {@link #requireSoundRules} has said so
 * @param declared the same with their places
 */
public record CollectorSettings(CollectorConfig config, List<Rule> rules, DeclaredRules declared) {
    private static final Logger LOG = System.getLogger(CollectorSettings.class.getName());
    private static final String PLUGINS_DIR = CollectorConfig.PREFIX + ".plugins.dir";
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
        misspeltVariables(System.getenv().keySet()).forEach(told -> LOG.log(Level.WARNING, told));
        return load(file, overrides, System.getenv());
    }

    /**
     * Reads settings; overrides win over the environment, the environment over the file, the file over our defaults.
     *
     * @param file YAML or JSON: all under {@code monitoring}
     * @param overrides by key, such as "monitoring.grpc.port"
     * @param environment variables such as MONITORING_GRPC_PORT; those that are empty or not ours are left alone
     * @throws ConfigException with all problems; those of rules alone wait for {@link #requireSoundRules}
     */
    public static CollectorSettings load(
            Optional<Path> file, Map<String, String> overrides, Map<String, String> environment) {
        Problems problems = new Problems();
        SecretReader secrets = new SecretReader(environment);
        List<Setting> settings = Setting.all();
        ConfigFile fromFile =
                file.map(f -> ConfigFile.read(f, secrets, problems)).orElseGet(ConfigFile::none);
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
                check(setting, overrides.getOrDefault(key, ""), "command line", secrets, problems);
            } else if (variables.containsKey(variable(key))) {
                String where = "environment variable " + variable(key);
                check(setting, variables.getOrDefault(variable(key), ""), where, secrets, problems);
            } else if (fromFile.settings().containsKey(key)) {
                String where = fromFile.name() + " line " + fromFile.lines().get(key);
                check(setting, fromFile.settings().getOrDefault(key, ""), where, secrets, problems);
            }
        }
        throwIfAny(problems, fromFile);
        CollectorConfig config = mapping(overrides, variables, fromFile, secrets);
        checkTogether(config, problems);
        throwIfAny(problems, fromFile);
        DeclaredRules declared = merged(config.defaultRules(), fromFile.rules());
        List<Rule> byName = declared.rules().stream()
                .sorted(Comparator.comparing(Rule::name))
                .toList();
        return new CollectorSettings(config, byName, declared);
    }

    /**
     * Requires that every rule is sound, by itself and for its detector.
     *
     * @throws ConfigException with all problems of all rules
     */
    public void requireSoundRules(RuleCheck check) {
        Problems problems = new Problems();
        problems.addAll(declared.problems());
        declared.declared().forEach(rule -> DeclaredRules.check(rule, check, problems));
        problems.throwIfAny();
    }

    private static void throwIfAny(Problems problems, ConfigFile file) {
        if (problems.areNone()) {
            return;
        }
        problems.addAll(file.rules().problems());
        problems.throwIfAny();
    }

    private static void check(Setting setting, String text, String where, SecretReader secrets, Problems problems) {
        Optional<String> problem = setting.problem(text, secrets);
        problem.ifPresent(what -> problems.add(setting.key(), what, where));
        // without being told there need not be a folder; who tells one means it
        if (problem.isEmpty() && setting.key().equals(PLUGINS_DIR) && !Files.isDirectory(Path.of(text))) {
            Path folder = Path.of(text).toAbsolutePath();
            String what = Files.exists(folder) ? " is a file" : " does not exist";
            problems.add(setting.key(), "must be a folder, " + folder + what, where);
        }
    }

    /** What to tell of variables that look like ours and are none. */
    static List<String> misspeltVariables(Collection<String> variables) {
        String ours = variable(CollectorConfig.PREFIX) + "_";
        // by what follows the prefix, which is right in all of them and would make any two look near
        List<String> known = Setting.all().stream()
                .map(setting -> variable(setting.key()).substring(ours.length()))
                .toList();
        return variables.stream()
                .filter(v -> v.startsWith(ours))
                .map(v -> v.substring(ours.length()))
                .filter(v -> !known.contains(v))
                .sorted()
                .map(v -> "environment variable " + ours + v + " is not known and not used"
                        + Spelling.nearest(v, known)
                                .map(near -> "; did you mean " + ours + near + "?")
                                .orElse(""))
                .toList();
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

    /** The environment variable of a key. */
    static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static CollectorConfig mapping(
            Map<String, String> overrides, Map<String, String> variables, ConfigFile file, SecretReader secrets) {
        SmallRyeConfig read = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(overrides, "command line", OVERRIDES_ORDINAL),
                        new EnvConfigSource(variables, ENVIRONMENT_ORDINAL),
                        new PropertiesConfigSource(file.settings(), file.name(), FILE_ORDINAL))
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withConverter(Secret.class, CONVERTER_PRIORITY, secrets)
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
    private static DeclaredRules merged(boolean withDefaults, DeclaredRules fromFile) {
        Set<String> replaced = fromFile.rules().stream().map(Rule::name).collect(Collectors.toSet());
        List<Declared> merged =
                new ArrayList<>(withDefaults ? ConfigFile.defaultRules().declared() : List.of());
        merged.removeIf(ours -> replaced.contains(ours.rule().name()));
        merged.addAll(fromFile.declared());
        return new DeclaredRules(List.copyOf(merged), fromFile.problems());
    }
}
