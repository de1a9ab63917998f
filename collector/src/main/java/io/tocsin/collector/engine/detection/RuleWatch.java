/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.rule.RuleParameters;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule that runs: its detector's declarations, its groups. */
public final class RuleWatch {
    private final String tenant;
    private final Rule rule;
    private final DetectorFactory factory;
    private final List<Input> inputs;
    private final List<Selector> selectors;
    private final RuleParameters parameters;
    private final int maxGroups;
    private final Map<Attributes, Group> groups = new LinkedHashMap<>();
    /** Groups with increments since the last tick, in no order. */
    private final List<Group> tallied = new ArrayList<>();

    private long failures;
    private String lastFailure = "";

    /**
     * @throws IllegalArgumentException if the rule does not fit the detector; it was checked before, but perhaps against another version
     */
    RuleWatch(String tenant, Rule rule, DetectorFactory factory, int maxGroups) {
        this.tenant = tenant;
        this.rule = rule;
        this.factory = factory;
        this.inputs = List.copyOf(factory.inputs());
        this.selectors = inputs.stream()
                .map(input -> selectorOf(rule, input, inputs.size()))
                .toList();
        this.parameters = RuleParameters.read(rule.parameters(), factory.parameters());
        this.maxGroups = maxGroups;
        if (!parameters.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", parameters.problems()));
        }
        factory.create(parameters).close();
        if (!parameters.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", parameters.problems()));
        }
    }

    private static Selector selectorOf(Rule rule, Input input, int inputCount) {
        for (RuleInput bound : rule.inputs()) {
            if (bound.input().equals(input.name()) || (bound.input().isEmpty() && inputCount == 1)) {
                return bound.selector();
            }
        }
        throw new IllegalArgumentException("input " + input.name() + " has no selector");
    }

    public String tenant() {
        return tenant;
    }

    public Rule rule() {
        return rule;
    }

    List<Input> inputs() {
        return inputs;
    }

    boolean wants(Series series, int input) {
        Input.Kind kind = inputs.get(input).kind();
        boolean fits = series.key().kind() == SeriesKind.OUTCOME
                || kind == Input.Kind.MEASUREMENTS
                || kind == Input.Kind.RECORDS;
        return fits && selectors.get(input).matches(series.key());
    }

    Selector selector(int input) {
        return selectors.get(input);
    }

    /** Threshold of a tally, in seconds; infinite if the input declares none. */
    double threshold(int input) {
        return inputs.get(input).threshold().map(parameters::get).orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether it counts what is slow. */
    boolean hasThreshold() {
        for (int input = 0; input < inputs.size(); input++) {
            if (!Double.isInfinite(threshold(input))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it reads windows that ten seconds are no part of. */
    boolean needsSeconds() {
        return rule.stepMillis() % 10_000 != 0;
    }

    /** The group of these attributes, made if there is none; empty if there are as many as may be. */
    Optional<Group> group(Attributes attributes, Group.Host host) {
        Group known = groups.get(attributes);
        if (known != null) {
            return Optional.of(known);
        }
        if (groups.size() >= maxGroups) {
            host.counts().unwatchedGroups++;
            return Optional.empty();
        }
        Detector detector;
        try {
            detector = factory.create(parameters);
        } catch (Throwable thrown) { // promise 7: a plugin that cannot create costs its own groups alone
            host.counts().failures++;
            failures++;
            return Optional.empty();
        }
        Group created = new Group(this, attributes, detector, host);
        groups.put(attributes, created);
        return Optional.of(created);
    }

    void remove(Group group) {
        groups.remove(group.attributes());
        tallied.remove(group);
    }

    /** In order of creation. */
    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    boolean hasGroups() {
        return !groups.isEmpty();
    }

    void judge(long endMillis, long atMillis) {
        long startMillis = endMillis - rule.stepMillis();
        for (Group group : groups.values()) {
            group.judge(startMillis, endMillis, atMillis);
        }
    }

    void tallied(Group group) {
        tallied.add(group);
    }

    void handOverTallies(long nowMillis) {
        if (!tallied.isEmpty()) {
            // in order of creation, whatever order their records came in
            for (Group group : tallied.size() == 1 ? List.copyOf(tallied) : inOrder(tallied)) {
                group.handOverTallies(nowMillis);
            }
            tallied.clear();
        }
    }

    private List<Group> inOrder(List<Group> some) {
        java.util.Set<Group> wanted = new java.util.HashSet<>(some);
        return groups.values().stream().filter(wanted::contains).toList();
    }

    void failed(String what) {
        failures++;
        lastFailure = what;
    }

    RuleViews.RuleView view() {
        int setAside = (int) groups.values().stream().filter(Group::isSetAside).count();
        long failing = groups.values().stream().filter(Group::isFailing).count();
        String problem = "";
        if (setAside > 0) {
            problem = setAside + " of " + groups.size() + " detectors are set aside; last it threw in " + lastFailure;
        } else if (failing > 0) {
            problem = failing + " of " + groups.size() + " detectors throw; last in " + lastFailure;
        }
        return new RuleViews.RuleView(rule, problem, groups.size(), failures, setAside);
    }
}
