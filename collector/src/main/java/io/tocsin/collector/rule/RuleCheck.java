/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Says everything that is wrong with a rule, each problem naming field, value and what is allowed. Thread-safe. */
public final class RuleCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int MAX_ATTRIBUTES = 8;

    private final DetectorCatalog catalog;

    public RuleCheck(DetectorCatalog catalog) {
        this.catalog = catalog;
    }

    /** Empty when the rule is sound. */
    public List<String> problems(Rule rule) {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(rule.name()).matches()) {
            problems.add("name must be 1 to 64 of a-z, 0-9 and '-', was \"" + rule.name() + "\"");
        }
        if (rule.stepMillis() < 1_000 || rule.stepMillis() % 1_000 != 0 || rule.stepMillis() > 3_600_000) {
            problems.add("step must be whole seconds from 1s to 1h, was " + Duration.ofMillis(rule.stepMillis()));
        }
        requireNotNegative(problems, "for", rule.forMillis());
        requireNotNegative(problems, "keep_firing_for", rule.keepFiringMillis());
        requireNotNegative(problems, "cooldown", rule.cooldownMillis());
        if (!(rule.clearBelow() > 0 && rule.clearBelow() <= 1)) {
            problems.add("clear_below must be above 0 and at most 1, was " + rule.clearBelow());
        }
        if (!(rule.sensitivity() > 0 && rule.sensitivity() <= 1_000)) {
            problems.add("sensitivity must be above 0 and at most 1000, was " + rule.sensitivity());
        }
        attributeNames(problems, "group_by", rule.groupBy());
        attributeNames(problems, "member_by", rule.memberBy());
        catalog.find(rule.detector())
                .ifPresentOrElse(
                        factory -> againstDetector(problems, rule, factory),
                        () -> problems.add(
                                "detector \"" + rule.detector() + "\" is not known, there are " + catalog.names()));
        return problems;
    }

    private static void requireNotNegative(List<String> problems, String field, long millis) {
        if (millis < 0) {
            problems.add(field + " must be 0 or more, was " + Duration.ofMillis(millis));
        }
    }

    private static void attributeNames(List<String> problems, String field, List<String> names) {
        if (names.size() > MAX_ATTRIBUTES || new HashSet<>(names).size() < names.size() || names.contains("")) {
            problems.add(field + " must be at most " + MAX_ATTRIBUTES + " different attribute names, was " + names);
        }
    }

    private static void againstDetector(List<String> problems, Rule rule, DetectorFactory factory) {
        List<String> known = factory.inputs().stream().map(Input::name).toList();
        Set<String> bound = new HashSet<>();
        for (RuleInput input : rule.inputs()) {
            String name = input.input().isEmpty() && known.size() == 1 ? known.get(0) : input.input();
            if (!known.contains(name)) {
                problems.add("input \"" + name + "\" is not one of detector " + factory.name() + ", it has " + known);
            } else if (!bound.add(name)) {
                problems.add("input " + name + " is given twice");
            }
        }
        for (String name : known) {
            if (!bound.contains(name)) {
                problems.add("input " + name + " of detector " + factory.name() + " has no selector");
            }
        }
        if (!rule.memberBy().isEmpty() && factory.inputs().stream().noneMatch(Input::isPerMember)) {
            problems.add("member_by must be empty, detector " + factory.name() + " does not tell members apart, was "
                    + rule.memberBy());
        }
        RuleParameters parameters = RuleParameters.read(rule.parameters(), factory.parameters());
        if (parameters.problems().isEmpty()) {
            try {
                factory.create(parameters).close();
            } catch (RuntimeException | LinkageError e) {
                parameters.problems().add("detector " + factory.name() + " could not be created: " + e);
            }
        }
        problems.addAll(parameters.problems());
    }
}
