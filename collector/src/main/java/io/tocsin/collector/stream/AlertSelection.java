/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.series.Matcher;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.AlertFilter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which alerts of one tenant a caller wants. Immutable. */
final class AlertSelection {
    private static final int MAX_RULES = 1_000;

    private final String tenant;
    private final Optional<Severity> minSeverity;
    private final Set<AlertState> states;
    private final Set<String> rules;
    private final List<Matcher> matchers;

    private AlertSelection(
            String tenant,
            Optional<Severity> minSeverity,
            Set<AlertState> states,
            Set<String> rules,
            List<Matcher> matchers) {
        this.tenant = tenant;
        this.minSeverity = minSeverity;
        this.states = states;
        this.rules = rules;
        this.matchers = matchers;
    }

    /** Throws INVALID_ARGUMENT. */
    static AlertSelection of(String tenant, AlertFilter filter) {
        Set<AlertState> states = EnumSet.noneOf(AlertState.class);
        for (int i = 0; i < filter.getStatesCount(); i++) {
            states.add(state("filter.states[" + i + "]", filter.getStates(i), filter.getStatesValue(i)));
        }
        if (filter.getRulesCount() > MAX_RULES) {
            throw CallErrors.invalid(
                    "filter.rules", "must be at most " + MAX_RULES + ", were " + filter.getRulesCount());
        }
        return new AlertSelection(
                tenant,
                ProtoAlerts.severity("filter.min_severity", filter.getMinSeverity(), filter.getMinSeverityValue()),
                states,
                Set.copyOf(filter.getRulesList()),
                ProtoSelectors.matchers("filter.matchers", filter.getMatchersList()));
    }

    private static AlertState state(String field, io.tocsin.v1.AlertState state, int number) {
        return switch (state) {
            case ALERT_STATE_PENDING -> AlertState.PENDING;
            case ALERT_STATE_FIRING -> AlertState.FIRING;
            case ALERT_STATE_ACKNOWLEDGED -> AlertState.ACKNOWLEDGED;
            case ALERT_STATE_RESOLVED -> AlertState.RESOLVED;
            case ALERT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw CallErrors.invalid(field, "must be PENDING, FIRING, ACKNOWLEDGED or RESOLVED, was " + number);
        };
    }

    boolean takes(Alert alert) {
        return alert.tenant().equals(tenant)
                && (minSeverity.isEmpty() || alert.severity().compareTo(minSeverity.get()) >= 0)
                && (states.isEmpty() || states.contains(alert.state()))
                && (rules.isEmpty() || rules.contains(alert.rule()))
                && matchers.stream().allMatch(m -> m.matches(valueOf(m.key(), alert)));
    }

    private static String valueOf(String key, Alert alert) {
        String value = alert.group().get(key);
        return value.isEmpty() ? alert.labels().get(key) : value;
    }
}
