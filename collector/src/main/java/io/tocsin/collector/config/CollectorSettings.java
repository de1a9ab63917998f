/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.SettingSources.Written;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleDefaults;
import io.tocsin.collector.rule.RuleStage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything a collector is told before it starts. Immutable.
 *
 * @param config every setting, checked
 * @param values the same as they were written, by key, with who wrote them
 * @param notices what is sound but has no effect, for people
 * @param ruleDefaults what holds for rules that do not say it themselves
 * @param declared rules and SLOs, ours and the file's, with their places
 * @param notifications whom to tell
 */
public record CollectorSettings(
        CollectorConfig config,
        List<SettingValue> values,
        List<String> notices,
        RuleDefaults ruleDefaults,
        DeclaredRules declared,
        NotifySettings notifications) {
    private static final Logger LOG = System.getLogger(CollectorSettings.class.getName());
    private static final String PROFILE_KEY = CollectorConfig.PREFIX + ".profile";

    public CollectorSettings {
        values = List.copyOf(values);
        notices = List.copyOf(notices);
    }

    /** With this process's environment; see {@link #load(Optional, Map, Map)}. */
    public static CollectorSettings load(Optional<Path> file, Map<String, String> commandLine) {
        Variables.misspelt(System.getenv().keySet()).forEach(told -> LOG.log(Level.WARNING, told));
        return load(file, commandLine, System.getenv());
    }

    /**
     * Reads settings; the command line wins over the environment, the environment over the file, the file over the profile and our defaults.
     *
     * @param file YAML or JSON: all under {@code monitoring}, or under {@code "%production"} and {@code monitoring}
     * @param commandLine by key, such as "monitoring.grpc.port"
     * @param environment variables such as MONITORING_GRPC_PORT; those that are empty or not ours are left alone
     * @throws ConfigException with all problems; those of rules alone wait for {@link #soundRules}
     */
    public static CollectorSettings load(
            Optional<Path> file, Map<String, String> commandLine, Map<String, String> environment) {
        Problems problems = new Problems();
        SecretReader secrets = new SecretReader(environment);
        SettingCheck check = new SettingCheck(secrets, problems);
        ConfigFile fromFile =
                file.map(f -> ConfigFile.read(f, secrets, problems)).orElse(ConfigFile.NONE);
        SettingSources sources = new SettingSources(commandLine, Variables.ours(Setting.all(), environment), fromFile);
        check.keys(commandLine.keySet());

        // a profile that is not known is told with the other settings
        Profile profile = sources.beforeProfiles(PROFILE_KEY)
                .flatMap(written -> Profile.find(written.text()))
                .orElse(Profile.DEVELOPMENT);
        Map<String, Written> standing = sources.under(profile);
        check.others(fromFile, standing);
        Map<String, String> sound = new TreeMap<>();
        Map<String, SettingValue> values = new TreeMap<>();
        for (Setting setting : Setting.all()) {
            Optional<Written> written = Optional.ofNullable(standing.get(setting.key()));
            written.filter(w -> check.standing(setting, w)).ifPresent(w -> sound.put(setting.key(), w.text()));
            SettingOrigin origin = written.map(Written::origin).orElse(SettingOrigin.DEFAULT);
            Optional<String> text = written.map(Written::text).or(setting::defaultText);
            values.put(setting.key(), SettingValue.of(setting, text, origin));
        }
        CollectorConfig config = SettingSources.mapped(sound, secrets);
        new CrossChecks(config, values, problems).run();
        NotifySettings notifications = new NotifyReader(config, values, secrets, problems).read(fromFile, profile);

        RuleDefaults defaults = ruleDefaults(config);
        DeclaredRules declared = (config.defaultRules() ? ConfigFile.defaultRules() : DeclaredRules.NONE)
                .replacedBy(fromFile.forAll().rules())
                .replacedBy(fromFile.of(profile).rules());
        if (!problems.areNone()) {
            throw withProblemsOfRules(problems, config, declared, defaults);
        }
        List<String> notices = new ArrayList<>(declared.notices(defaults));
        Unused.notices(config, values, notices);
        Unused.notices(notifications, notices);
        return new CollectorSettings(
                config, List.copyOf(values.values()), notices, defaults, declared.governedBy(defaults), notifications);
    }

    /** Names of all channels, in the order of the file. */
    public List<String> channels() {
        return notifications.channels().stream().map(ChannelSettings::name).toList();
    }

    /** The rules by name, of which not all need be sound. */
    public List<Rule> rules() {
        return declared.rules().stream()
                .sorted(Comparator.comparing(Rule::name))
                .toList();
    }

    /**
     * The rules by name, each sound by itself and for its detector, with what holds for all of them.
     *
     * @throws ConfigException with all problems of all rules
     */
    public List<Rule> soundRules(RuleCheck check) {
        Problems problems = new Problems();
        declared.addProblems(Optional.of(check), problems);
        problems.throwIfAny();
        return rules().stream().map(check::complete).toList();
    }

    /** All at once: who mends settings first and rules then has started in vain twice. */
    private static ConfigException withProblemsOfRules(
            Problems problems, CollectorConfig config, DeclaredRules declared, RuleDefaults defaults) {
        boolean knowsPlugins = !problems.areAbout(CollectorConfig.PREFIX + ".plugins.dir");
        DeclaredRules governed = declared.governedBy(defaults);
        if (!knowsPlugins) {
            governed.addProblems(Optional.empty(), problems);
            return problems.exception();
        }
        try (Plugins plugins = Plugins.load(config.plugins().dir(), "")) {
            governed.addProblems(Optional.of(new RuleCheck(plugins.catalog(), defaults)), problems);
        } catch (IllegalArgumentException e) {
            problems.add(
                    CollectorConfig.PREFIX + ".plugins.dir",
                    "cannot be loaded: " + e.getMessage(),
                    config.plugins().dir().toString());
        }
        return problems.exception();
    }

    private static RuleDefaults ruleDefaults(CollectorConfig config) {
        Set<RuleStage> off = EnumSet.noneOf(RuleStage.class);
        if (!config.slo().enabled()) {
            off.add(RuleStage.SLO);
        }
        if (!config.anomalyDetection().enabled()) {
            off.add(RuleStage.ANOMALY);
        }
        OptionalLong windowSize = config.anomalyDetection().windowSize().isPresent()
                ? OptionalLong.of(config.anomalyDetection().windowSize().getAsInt())
                : OptionalLong.empty();
        return new RuleDefaults(config.slo().evaluationInterval().toMillis(), windowSize, off);
    }
}
