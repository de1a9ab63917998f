/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Watches what it selects with a detector. Immutable; checked by {@link RuleCheck}, since only that knows the detectors.
 *
 * @param groupBy one detector for each combination of these attributes
 * @param memberBy tells members of a group apart, for inputs that are per member
 * @param stepMillis length of its windows, whole seconds
 * @param parameters the detector's parameters as text, in order of names
 * @param forMillis how long it must be bad before it fires
 * @param keepFiringMillis how long it must be fine before it resolves
 * @param cooldownMillis how long the same problem stays quiet after it resolved
 * @param clearBelow fine is a score below this; above 0, at most 1
 * @param sensitivity factor on every score; above 0
 * @param severity of its alerts; empty: what the detector proposes
 */
public record Rule(
        String name,
        String detector,
        List<RuleInput> inputs,
        List<String> groupBy,
        List<String> memberBy,
        long stepMillis,
        Map<String, String> parameters,
        long forMillis,
        long keepFiringMillis,
        long cooldownMillis,
        double clearBelow,
        double sensitivity,
        Optional<Severity> severity,
        Attributes labels,
        boolean disabled,
        String description,
        Origin origin) {

    public static final long DEFAULT_STEP_MILLIS = 10_000;

    public Rule {
        inputs = List.copyOf(inputs);
        groupBy = List.copyOf(groupBy);
        memberBy = List.copyOf(memberBy);
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** A rule with defaults for all that a rule may leave out. */
    public static Rule of(String name, String detector, List<RuleInput> inputs, Origin origin) {
        return new Rule(
                name,
                detector,
                inputs,
                List.of(),
                List.of(),
                DEFAULT_STEP_MILLIS,
                Map.of(),
                0,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                origin);
    }

    /** The same with other parameters. */
    public Rule withParameters(Map<String, String> others) {
        return new Rule(
                name,
                detector,
                inputs,
                groupBy,
                memberBy,
                stepMillis,
                others,
                forMillis,
                keepFiringMillis,
                cooldownMillis,
                clearBelow,
                sensitivity,
                severity,
                labels,
                disabled,
                description,
                origin);
    }

    /** The same with windows of another length. */
    public Rule withStep(long millis) {
        return new Rule(
                name,
                detector,
                inputs,
                groupBy,
                memberBy,
                millis,
                parameters,
                forMillis,
                keepFiringMillis,
                cooldownMillis,
                clearBelow,
                sensitivity,
                severity,
                labels,
                disabled,
                description,
                origin);
    }

    /** The same, not running. */
    public Rule switchedOff() {
        return new Rule(
                name,
                detector,
                inputs,
                groupBy,
                memberBy,
                stepMillis,
                parameters,
                forMillis,
                keepFiringMillis,
                cooldownMillis,
                clearBelow,
                sensitivity,
                severity,
                labels,
                true,
                description,
                origin);
    }
}
