/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.NamedTables.NamedTable;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleDefaults;
import io.tocsin.collector.rule.RuleProblem;
import io.tocsin.collector.rule.RuleStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules and SLOs of a file and where each stands, so that what only a detector knows is told in the same words as what the file
 * itself shows. Not thread-safe.
 *
 * @param problems what the file itself shows
 */
record DeclaredRules(List<Declared> declared, Problems problems) {
    static final DeclaredRules NONE = new DeclaredRules(List.of(), new Problems());

    private static final String PARAMETERS = "parameters.";

    /**
     * One rule.
     *
     * @param isSlo it stands among the SLOs, where parameters are keys like any other
     */
    record Declared(Rule rule, NamedTable table, boolean isSlo) {
        Declared with(Rule other) {
            return new Declared(other, table, isSlo);
        }

        String where(String key) {
            return table.file() + " line " + lineOf(key);
        }

        /** What is wrong with a field, in the words of the file. */
        private String key(RuleProblem problem) {
            String key = problem.field().replace('_', '-');
            return isSlo && key.startsWith(PARAMETERS) ? key.substring(PARAMETERS.length()) : key;
        }

        private int lineOf(String key) {
            for (String k = key; ; k = k.substring(0, k.lastIndexOf('.'))) {
                Integer line = table.lines().get(k);
                if (line != null) {
                    return line;
                }
                if (k.indexOf('.') < 0) {
                    return table.line();
                }
            }
        }
    }

    List<Rule> rules() {
        return declared.stream().map(Declared::rule).toList();
    }

    /** With {@code stronger} in place of those of the same name. */
    DeclaredRules replacedBy(DeclaredRules stronger) {
        Set<String> replaced = stronger.rules().stream().map(Rule::name).collect(Collectors.toSet());
        List<Declared> merged = new ArrayList<>(declared);
        merged.removeIf(weaker -> replaced.contains(weaker.rule().name()));
        merged.addAll(stronger.declared);
        Problems all = new Problems();
        all.addAll(problems);
        all.addAll(stronger.problems);
        return new DeclaredRules(List.copyOf(merged), all);
    }

    /** With what holds for all rules where they do not say it themselves, and without those whose stage is switched off. */
    DeclaredRules governedBy(RuleDefaults defaults) {
        return new DeclaredRules(
                declared.stream().map(one -> governed(one, defaults)).toList(), problems);
    }

    private static Declared governed(Declared one, RuleDefaults defaults) {
        Rule rule = one.rule();
        if (!one.table().lines().containsKey("step")) {
            rule = rule.withStep(defaults.stepMillis(rule.detector()));
        }
        return one.with(defaults.isOff(rule) ? rule.switchedOff() : rule);
    }

    /** What to tell who has declared rules that do not run. */
    List<String> notices(RuleDefaults defaults) {
        return declared.stream()
                .filter(one -> one.rule().origin() == Origin.FILE && defaults.isOff(one.rule()))
                .map(one -> one.table().path() + " does not run, "
                        + RuleStage.of(one.rule().detector()).flag() + " is false ("
                        + one.where("detector") + ")")
                .toList();
    }

    /** Adds what the file shows to be wrong, and what {@code check} finds where that has not been told by it. */
    void addProblems(Optional<RuleCheck> check, Problems into) {
        into.addAll(problems);
        check.ifPresent(c -> declared.forEach(one -> check(one, c, into)));
    }

    private static void check(Declared declared, RuleCheck check, Problems into) {
        for (RuleProblem problem : check.check(declared.rule())) {
            String key = declared.key(problem);
            String path = declared.table().path() + "." + key;
            boolean told = into.areAbout(path)
                    || (key.equals("inputs") && into.areAbout(declared.table().path() + ".select"));
            if (!told) {
                into.add(path, problem.what(), declared.where(key));
            }
        }
    }

    /** Adds SLOs that have the name of a rule: alerts and views know both by name alone. */
    static void refuseSharedNames(List<Declared> rules, List<Declared> slos, Problems problems) {
        Set<String> names = new HashSet<>();
        rules.forEach(rule -> names.add(rule.rule().name()));
        for (Declared slo : slos) {
            String name = slo.rule().name();
            if (!name.isEmpty() && names.contains(name)) {
                problems.add(
                        slo.table().path() + ".name",
                        "must be another than that of a rule under " + RuleReader.PATH + ", which has it too",
                        slo.where("name"));
            }
        }
    }
}
