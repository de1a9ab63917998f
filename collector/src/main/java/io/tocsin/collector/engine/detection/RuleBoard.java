/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the engine shows its rules. Thread-safe. */
public final class RuleBoard implements RuleViews {
    private volatile Map<String, List<RuleView>> rules = Map.of();
    private volatile Map<String, List<GroupView>> groups = Map.of();

    void showRules(Map<String, List<RuleView>> current) {
        rules = Map.copyOf(current);
    }

    void showGroups(Map<String, List<GroupView>> current) {
        groups = Map.copyOf(current);
    }

    /** Those that have rules. */
    public Set<String> tenants() {
        return rules.keySet();
    }

    @Override
    public List<RuleView> rules(String tenant) {
        return rules.getOrDefault(tenant, List.of());
    }

    @Override
    public List<GroupView> groups(String tenant) {
        return groups.getOrDefault(tenant, List.of());
    }
}
