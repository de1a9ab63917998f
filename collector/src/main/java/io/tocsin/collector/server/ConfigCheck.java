/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleStage;
import java.util.List;

/**
 * What a collector would run, found without starting one.
 *
 * @param slos that would run
 * @param rules that would run and keep no SLO
 * @param plugins that were loaded, by name
 * @param pluginProblems of those that were not
 */
public record ConfigCheck(
        int slos,
        int slosNotRunning,
        int rules,
        int rulesNotRunning,
        List<String> plugins,
        List<String> pluginProblems) {
    public ConfigCheck {
        plugins = List.copyOf(plugins);
        pluginProblems = List.copyOf(pluginProblems);
    }

    /**
     * Checks all that a start would, but ports.
     *
     * @throws CollectorStartException if plugins bring the same detector twice
     * @throws io.tocsin.collector.config.ConfigException with all problems of rules
     */
    public static ConfigCheck of(CollectorSettings settings) throws CollectorStartException {
        try (Plugins loaded = Plugins.load(settings.config().plugins().dir(), BuildVersion.read())) {
            List<Rule> rules = settings.soundRules(new RuleCheck(loaded.catalog(), settings.ruleDefaults()));
            List<Plugin> plugins = loaded.catalog().plugins().stream()
                    .filter(plugin -> !plugin.name().equals(Plugin.BUILT_IN))
                    .toList();
            return new ConfigCheck(
                    count(rules, true, true),
                    count(rules, true, false),
                    count(rules, false, true),
                    count(rules, false, false),
                    plugins.stream()
                            .filter(plugin -> plugin.problem().isEmpty())
                            .map(Plugin::name)
                            .toList(),
                    plugins.stream()
                            .filter(plugin -> !plugin.problem().isEmpty())
                            .map(plugin -> "plugin " + plugin.name() + " is not loaded: " + plugin.problem())
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new CollectorStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static int count(List<Rule> rules, boolean slos, boolean running) {
        return (int) rules.stream()
                .filter(rule -> slos == (RuleStage.of(rule.detector()) == RuleStage.SLO))
                .filter(rule -> running == !rule.disabled())
                .count();
    }
}
