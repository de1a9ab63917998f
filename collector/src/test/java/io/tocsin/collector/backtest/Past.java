/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Entries of some minutes in which queues had this depth, and backtests over them. */
final class Past {
    static final long T0 = 1_700_000_040_000L;
    static final String TENANT = "default";
    static final DetectorCatalog BUILT_INS = new DetectorCatalog(List.of(new Plugin(
            Plugin.BUILT_IN,
            "test",
            "test",
            ServiceLoader.load(DetectorFactory.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList(),
            "")));

    final List<Entry> entries = new ArrayList<>();
    private final EntryBuilder builder = new EntryBuilder(TENANT, entries::add);
    private long nowMillis = T0;

    Past(Rule... rules) {
        builder.rules(List.of(rules));
        builder.liveness(Liveness.ALIVE, T0);
        builder.tick(T0);
    }

    static SeriesKey queue(String agent) {
        return new SeriesKey("queue", SeriesKind.GAUGE, Attributes.of("agent", agent));
    }

    /** Every second of these the queues are this deep. */
    Past seconds(int count, Map<String, Integer> depths) {
        for (int second = 0; second < count; second++) {
            new java.util.TreeMap<>(depths)
                    .forEach((agent, depth) -> builder.measurement(queue(agent), nowMillis, depth));
            nowMillis += 1_000;
            builder.tick(nowMillis);
        }
        return this;
    }

    Past then(Entry entry) {
        entries.add(entry);
        return this;
    }

    static Rule above(String name, int depth, Origin origin) {
        return Rule.of(name, "threshold", List.of(new RuleInput("", Selector.of("queue"))), origin)
                .withParameters(Map.of("statistic", "max", "above", Integer.toString(depth)));
    }

    static Rule perAgent(String name, int depth, Severity severity) {
        Rule rule = above(name, depth, Origin.FILE);
        return new Rule(
                name,
                rule.detector(),
                rule.inputs(),
                List.of("agent"),
                List.of(),
                rule.stepMillis(),
                rule.parameters(),
                0,
                0,
                0,
                1,
                1,
                Optional.of(severity),
                Attributes.NONE,
                false,
                "",
                Origin.FILE);
    }

    static Side side(RulePlan plan) {
        return new Side(EngineSettings.DEFAULTS, BUILT_INS, plan);
    }

    BacktestResult with(RulePlan plan) {
        return with(plan, Period.ALL, 1_000);
    }

    BacktestResult with(RulePlan plan, Period period, int maxEvents) {
        Backtest backtest =
                new Backtest(Optional.of(side(RulePlan.asWritten())), side(plan), period, Optional.empty(), maxEvents);
        try {
            return backtest.run(new ListSource(entries), (read, records, share, engineMillis) -> {});
        } catch (IOException e) {
            throw new AssertionError("a list cannot fail", e);
        }
    }
}
