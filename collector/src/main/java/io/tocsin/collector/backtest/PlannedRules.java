/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a plan's rules in place of those that entries set. A rule that the journal sets too begins where the journal first sets it, so that an unchanged
 * rule judges exactly as it did; any other begins {@value #OTHERS_AFTER_MILLIS} ms after its tenant's first entry. Not thread-safe.
 */
final class PlannedRules {
    /** A collector that starts sets all declared rules within this time. */
    private static final long OTHERS_AFTER_MILLIS = 1_000;

    private static final class Waiting {
        final SortedMap<String, Rule> rules;
        /** Engine time; 0 before the first tick. */
        long sinceMillis;

        Waiting(SortedMap<String, Rule> rules, long sinceMillis) {
            this.rules = new TreeMap<>(rules);
            this.sinceMillis = sinceMillis;
        }
    }

    private record RuleKey(String tenant, String name) {}

    private final RulePlan plan;
    private final Set<String> begun = new HashSet<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    /** Of rules that the journal has set. */
    private final Map<RuleKey, Origin> origins = new HashMap<>();

    private long engineMillis;

    PlannedRules(RulePlan plan) {
        this.plan = plan;
    }

    /**
     * The entries begin in the middle. A rule that is planned as it is goes on with what it knows.
     *
     * @param build that ran then
     * @param inForce by tenant, the rules at that point
     * @param to takes what makes them the planned ones
     */
    void resume(String build, Map<String, List<Rule>> inForce, Consumer<Entry> to) {
        plan.alerting().ifPresent(alerting -> to.accept(new Entry.Started(build, Map.of(), alerting)));
        inForce.forEach((tenant, rules) -> {
            if (plan.covers(tenant)) {
                resume(tenant, rules, to);
            }
        });
    }

    private void resume(String tenant, List<Rule> inForce, Consumer<Entry> to) {
        Waiting others = new Waiting(plan.inForce(), engineMillis);
        for (Rule rule : inForce) {
            origins.put(new RuleKey(tenant, rule.name()), rule.origin());
            Rule planned = others.rules.remove(rule.name());
            if (planned == null && (isPlanned(rule.name()) || !plan.others().run(rule.origin()))) {
                to.accept(new Entry.RuleRemoved(tenant, rule.name()));
            } else if (planned != null && !planned.equals(rule)) {
                to.accept(new Entry.RuleSet(tenant, planned));
            }
        }
        begun.add(tenant);
        waiting.put(tenant, others);
    }

    /** Hands on the entry, or what takes its place. */
    void next(Entry entry, Consumer<Entry> to) {
        if (entry instanceof Entry.Tick tick) {
            beginDue(tick.engineMillis(), to);
            engineMillis = tick.engineMillis();
            to.accept(entry);
            return;
        }
        String tenant = tenantOf(entry);
        if (tenant != null && plan.covers(tenant) && begun.add(tenant)) {
            waiting.put(tenant, new Waiting(plan.inForce(), engineMillis));
        }
        if (entry instanceof Entry.RuleSet set && plan.covers(set.tenant())) {
            set(set, to);
        } else if (entry instanceof Entry.RuleRemoved removed && plan.covers(removed.tenant())) {
            removed(removed, to);
        } else if (entry instanceof Entry.Started started) {
            to.accept(plan.alerting()
                    .<Entry>map(alerting -> new Entry.Started(started.build(), started.detectors(), alerting))
                    .orElse(started));
        } else {
            to.accept(entry);
        }
    }

    private void set(Entry.RuleSet set, Consumer<Entry> to) {
        String name = set.rule().name();
        origins.put(new RuleKey(set.tenant(), name), set.rule().origin());
        Waiting own = waiting.get(set.tenant());
        Rule planned = own == null ? null : own.rules.remove(name);
        if (planned != null) {
            to.accept(new Entry.RuleSet(set.tenant(), planned));
        } else if (!isPlanned(name) && plan.others().run(set.rule().origin())) {
            to.accept(set);
        }
    }

    private void removed(Entry.RuleRemoved removed, Consumer<Entry> to) {
        Origin origin = origins.get(new RuleKey(removed.tenant(), removed.name()));
        if (!isPlanned(removed.name()) && (origin == null || plan.others().run(origin))) {
            to.accept(removed);
        }
    }

    private boolean isPlanned(String name) {
        return plan.inForce().containsKey(name) || plan.removed().contains(name);
    }

    private void beginDue(long nowMillis, Consumer<Entry> to) {
        waiting.entrySet().removeIf(one -> {
            Waiting own = one.getValue();
            if (own.sinceMillis == 0) {
                own.sinceMillis = nowMillis;
            }
            boolean due = nowMillis - own.sinceMillis >= OTHERS_AFTER_MILLIS;
            if (due) {
                own.rules.values().forEach(rule -> to.accept(new Entry.RuleSet(one.getKey(), rule)));
            }
            return due;
        });
    }

    private static @Nullable String tenantOf(Entry entry) {
        if (entry instanceof Entry.Batch batch) {
            return batch.scope().tenant();
        } else if (entry instanceof Entry.Definitions definitions) {
            return definitions.scope().tenant();
        } else if (entry instanceof Entry.LivenessChanged changed) {
            return changed.producer().tenant();
        } else if (entry instanceof Entry.RuleSet set) {
            return set.tenant();
        }
        return null;
    }
}
