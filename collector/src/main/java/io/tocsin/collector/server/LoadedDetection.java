/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.backtest.RulePlan;
import io.tocsin.collector.backtest.Side;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import java.util.List;

/**
 * What a collector of certain settings would detect with, loaded without starting one. Closing it closes its plugins: their detectors must not run any
 * more.
 */
public final class LoadedDetection implements AutoCloseable {
    private final CollectorSettings settings;
    private final Plugins plugins;
    private final List<Rule> rules;

    private LoadedDetection(CollectorSettings settings, Plugins plugins, List<Rule> rules) {
        this.settings = settings;
        this.plugins = plugins;
        this.rules = List.copyOf(rules);
    }

    /**
     * Loads detectors and checks the rules.
     *
     * @throws CollectorStartException if plugins bring the same detector twice
     * @throws io.tocsin.collector.config.ConfigException with all problems of rules
     */
    public static LoadedDetection of(CollectorSettings settings) throws CollectorStartException {
        Plugins plugins;
        try {
            plugins = Plugins.load(settings.config().plugins().dir(), BuildVersion.read());
        } catch (IllegalArgumentException e) {
            throw new CollectorStartException(String.valueOf(e.getMessage()), e);
        }
        try {
            return new LoadedDetection(
                    settings, plugins, settings.soundRules(new RuleCheck(plugins.catalog(), settings.ruleDefaults())));
        } catch (RuntimeException e) {
            plugins.close();
            throw e;
        }
    }

    /** Its bounds and detectors, with the rules of a plan. */
    public Side side(RulePlan plan) {
        return new Side(StageSettings.of(settings).partitions().engine(), plugins.catalog(), plan);
    }

    /** Those that are declared, by name, those that do not run too. */
    public List<Rule> rules() {
        return rules;
    }

    /** As if they had been declared all along. */
    public RulePlan plan() {
        return RulePlan.declared(rules, settings.config().alerting().enabled());
    }

    public DetectorCatalog catalog() {
        return plugins.catalog();
    }

    @Override
    public void close() {
        plugins.close();
    }
}
