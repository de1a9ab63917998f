/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleProblem;
import java.util.List;
import java.util.Map;

/**
 * The rules of a file and where each stands, so that what only a detector knows is told in the same words as what the file
 * itself shows. Not thread-safe.
 *
 * @param problems what the file itself shows
 */
record DeclaredRules(List<Declared> declared, Problems problems) {
    static final DeclaredRules NONE = new DeclaredRules(List.of(), new Problems());

    /**
     * One rule.
     *
     * @param path as messages begin: "monitoring.rules[1] (name c)"
     * @param line of the rule
     * @param lines of its keys, and of keys within them: "parameters.above"
     */
    record Declared(Rule rule, String path, String file, int line, Map<String, Integer> lines) {}

    List<Rule> rules() {
        return declared.stream().map(Declared::rule).toList();
    }

    /** Adds what {@code check} finds wrong with a rule, except about what is already known to be wrong. */
    static void check(Declared declared, RuleCheck check, Problems into) {
        for (RuleProblem problem : check.check(declared.rule())) {
            String key = problem.field().replace('_', '-');
            String path = declared.path() + "." + key;
            boolean told = into.areAbout(path) || (key.equals("inputs") && into.areAbout(declared.path() + ".select"));
            if (!told) {
                into.add(path, problem.what(), declared.file() + " line " + lineOf(declared, key));
            }
        }
    }

    private static int lineOf(Declared declared, String key) {
        for (String k = key; ; k = k.substring(0, k.lastIndexOf('.'))) {
            Integer line = declared.lines().get(k);
            if (line != null) {
                return line;
            }
            if (k.indexOf('.') < 0) {
                return declared.line();
            }
        }
    }
}
