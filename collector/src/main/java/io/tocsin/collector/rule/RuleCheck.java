/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
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
    private static final Parameter<Duration> LENGTH = Parameter.duration("length", "a length of time");

    private final DetectorCatalog catalog;
    private final RuleDefaults defaults;

    public RuleCheck(DetectorCatalog catalog, RuleDefaults defaults) {
        this.catalog = catalog;
        this.defaults = defaults;
    }

    /** With nothing that holds for all rules. */
    public RuleCheck(DetectorCatalog catalog) {
        this(catalog, RuleDefaults.NONE);
    }

    /** What holds for rules that do not say it themselves. */
    public RuleDefaults defaults() {
        return defaults;
    }

    /** The rule with what holds for all rules where it says nothing itself. */
    public Rule complete(Rule rule) {
        return catalog.find(rule.detector())
                .map(detector -> defaults.complete(rule, detector))
                .orElse(rule);
    }

    /** What is wrong, each as {@link RuleProblem#toString()} writes it; empty when the rule is sound. */
    public List<String> problems(Rule rule) {
        return check(rule).stream().map(RuleProblem::toString).toList();
    }

    /** Empty when the rule is sound. */
    public List<RuleProblem> check(Rule rule) {
        List<RuleProblem> problems = new ArrayList<>();
        if (!NAME.matcher(rule.name()).matches()) {
            add(problems, "name", "must be 1 to 64 of a-z, 0-9 and '-', was \"" + rule.name() + "\"");
        }
        if (rule.stepMillis() < 1_000 || rule.stepMillis() % 1_000 != 0 || rule.stepMillis() > 3_600_000) {
            add(problems, "step", "must be whole seconds from 1s to 1h, was " + length(rule.stepMillis()));
        }
        requireNotNegative(problems, "for", rule.forMillis());
        requireNotNegative(problems, "keep_firing_for", rule.keepFiringMillis());
        requireNotNegative(problems, "cooldown", rule.cooldownMillis());
        if (!(rule.clearBelow() > 0 && rule.clearBelow() <= 1)) {
            add(problems, "clear_below", "must be above 0 and at most 1, was " + rule.clearBelow());
        }
        if (!(rule.sensitivity() > 0 && rule.sensitivity() <= 1_000)) {
            add(problems, "sensitivity", "must be above 0 and at most 1000, was " + rule.sensitivity());
        }
        if (defaults.isOff(rule) && !rule.disabled()) {
            String flag = RuleStage.of(rule.detector()).flag();
            add(problems, "detector", "\"" + rule.detector() + "\" does not run while " + flag + " is false");
        }
        attributeNames(problems, "group_by", rule.groupBy());
        attributeNames(problems, "member_by", rule.memberBy());
        catalog.find(rule.detector())
                .ifPresentOrElse(
                        factory -> againstDetector(problems, rule, factory),
                        () -> add(problems, "detector", unknownDetector(rule.detector())));
        return problems;
    }

    private String unknownDetector(String name) {
        String nearest = Spelling.nearest(name, catalog.names())
                .map(near -> "did you mean " + near + "? ")
                .orElse("there are " + String.join(", ", catalog.names()) + "; ");
        return ("\"" + name + "\" is not known; " + nearest + catalog.origin()).replaceFirst("[; ]+$", "");
    }

    private static void add(List<RuleProblem> problems, String field, String what) {
        problems.add(new RuleProblem(field, what));
    }

    private static String length(long millis) {
        return millis < 0 ? millis + "ms" : LENGTH.format(Duration.ofMillis(millis));
    }

    private static void requireNotNegative(List<RuleProblem> problems, String field, long millis) {
        if (millis < 0) {
            add(problems, field, "must be 0 or more, was " + length(millis));
        }
    }

    private static void attributeNames(List<RuleProblem> problems, String field, List<String> names) {
        if (names.size() > MAX_ATTRIBUTES || new HashSet<>(names).size() < names.size() || names.contains("")) {
            add(problems, field, "must be at most " + MAX_ATTRIBUTES + " different attribute names, was " + names);
        }
    }

    private static void againstDetector(List<RuleProblem> problems, Rule rule, DetectorFactory factory) {
        List<String> known = factory.inputs().stream().map(Input::name).toList();
        Set<String> bound = new HashSet<>();
        for (RuleInput input : rule.inputs()) {
            String name = input.input().isEmpty() && known.size() == 1 ? known.get(0) : input.input();
            if (!known.contains(name)) {
                add(
                        problems,
                        "inputs",
                        "must be those of detector " + factory.name() + ", " + known + ", was \"" + name + "\"");
            } else if (!bound.add(name)) {
                add(problems, "inputs", "must be different, gives " + name + " twice");
            }
        }
        for (String name : known) {
            if (!bound.contains(name)) {
                add(
                        problems,
                        "inputs",
                        "must have a selector for " + name + ", an input of detector " + factory.name());
            }
        }
        if (!rule.memberBy().isEmpty() && factory.inputs().stream().noneMatch(Input::isPerMember)) {
            add(
                    problems,
                    "member_by",
                    "must be empty, detector " + factory.name() + " does not tell members apart, was "
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
        for (String problem : parameters.problems()) {
            // each begins with the field's name
            int space = problem.indexOf(' ');
            add(problems, problem.substring(0, space), problem.substring(space + 1));
        }
    }
}
