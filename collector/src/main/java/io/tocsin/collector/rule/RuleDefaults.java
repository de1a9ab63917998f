/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.detectors.DetectorFactory;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds for every rule that does not say it itself. Immutable.
 *
 * @param sloStepMillis step of rules that keep an objective
 * @param windowSize closed windows in the baseline; empty: what the detector takes
 * @param off rules of these do not run
 */
public record RuleDefaults(long sloStepMillis, OptionalLong windowSize, Set<RuleStage> off) {
    public static final RuleDefaults NONE = new RuleDefaults(Rule.DEFAULT_STEP_MILLIS, OptionalLong.empty(), Set.of());

    /** Of the parameter that means it, in every detector that has it. */
    private static final String WINDOW_SIZE = "window-size";

    public RuleDefaults {
        off = Set.copyOf(off);
    }

    /** The step of a rule that sets none. */
    public long stepMillis(String detector) {
        return RuleStage.of(detector) == RuleStage.SLO ? sloStepMillis : Rule.DEFAULT_STEP_MILLIS;
    }

    /** Whether the stage of a rule is switched off. */
    public boolean isOff(Rule rule) {
        return off.contains(RuleStage.of(rule.detector()));
    }

    /** The rule with those parameters that it leaves out. */
    Rule complete(Rule rule, DetectorFactory detector) {
        boolean takesIt = windowSize.isPresent()
                && !rule.parameters().containsKey(WINDOW_SIZE)
                && detector.parameters().stream().anyMatch(p -> p.name().equals(WINDOW_SIZE));
        if (!takesIt) {
            return rule;
        }
        Map<String, String> parameters = new TreeMap<>(rule.parameters());
        parameters.put(WINDOW_SIZE, Long.toString(windowSize.getAsLong()));
        return rule.withParameters(parameters);
    }
}
