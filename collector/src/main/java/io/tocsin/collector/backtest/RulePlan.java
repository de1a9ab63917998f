/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rules run over a journal, in place of those that its entries set. Immutable.
 *
 * @param tenant whose rules are planned; empty: everyone's
 * @param inForce rules by name that run from the tenant's first entry to the end
 * @param removed names of rules that never run
 * @param others what becomes of all other rules that the journal sets
 * @param alerting whether alerts are made; empty: as the journal says
 */
public record RulePlan(
        Optional<String> tenant,
        SortedMap<String, Rule> inForce,
        Set<String> removed,
        Others others,
        Optional<Boolean> alerting) {

    /** Rules that the plan does not name. */
    public enum Others {
        /** They run as the journal says. */
        RUN,
        /** Those added by calls run as the journal says: they survive a restart with another file. */
        RUN_IF_ADDED_BY_CALLS,
        /** None of them runs. */
        NONE_RUNS;

        boolean run(Origin origin) {
            return this == RUN || (this == RUN_IF_ADDED_BY_CALLS && origin == Origin.API);
        }
    }

    public RulePlan {
        inForce = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inForce));
        removed = Set.copyOf(removed);
    }

    /** The journal's own entries decide. */
    public static RulePlan asWritten() {
        return new RulePlan(Optional.empty(), new TreeMap<>(), Set.of(), Others.RUN, Optional.empty());
    }

    /** As if every collector that wrote the journal had been started with these rules declared. */
    public static RulePlan declared(List<Rule> rules, boolean alerting) {
        return new RulePlan(
                Optional.empty(), byName(rules), Set.of(), Others.RUN_IF_ADDED_BY_CALLS, Optional.of(alerting));
    }

    /** One tenant's rules with some set or removed; all other tenants' as written. */
    public static RulePlan changed(String tenant, List<Rule> set, Set<String> removed, boolean onlyThese) {
        return new RulePlan(
                Optional.of(tenant), byName(set), removed, onlyThese ? Others.NONE_RUNS : Others.RUN, Optional.empty());
    }

    private static SortedMap<String, Rule> byName(List<Rule> rules) {
        return rules.stream().collect(Collectors.toMap(Rule::name, rule -> rule, (a, b) -> b, TreeMap::new));
    }

    boolean covers(String anyTenant) {
        return tenant.isEmpty() || tenant.get().equals(anyTenant);
    }
}
