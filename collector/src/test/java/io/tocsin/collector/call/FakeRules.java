/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.engine.detection.RuleViews;
import io.tocsin.collector.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Rules and what their detectors tell, as a test says. Thread-safe. */
public final class FakeRules implements RuleViews {
    private final Map<String, TreeMap<String, RuleView>> rules = new ConcurrentHashMap<>();
    private final Map<String, List<GroupView>> groups = new ConcurrentHashMap<>();

    public void set(String tenant, Rule rule) {
        set(tenant, new RuleView(rule, "", 0, 0, 0));
    }

    public synchronized void set(String tenant, RuleView view) {
        rules.computeIfAbsent(tenant, t -> new TreeMap<>()).put(view.rule().name(), view);
    }

    public synchronized void remove(String tenant, String name) {
        rules.getOrDefault(tenant, new TreeMap<>()).remove(name);
    }

    public synchronized void tell(String tenant, GroupView group) {
        groups.computeIfAbsent(tenant, t -> new ArrayList<>()).add(group);
    }

    @Override
    public synchronized List<RuleView> rules(String tenant) {
        return List.copyOf(rules.getOrDefault(tenant, new TreeMap<>()).values());
    }

    @Override
    public synchronized List<GroupView> groups(String tenant) {
        return List.copyOf(groups.getOrDefault(tenant, List.of()));
    }
}
