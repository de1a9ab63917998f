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
public final class AlertSelection {
    private static final int MAX_NAMES = 1_000;

    private final String tenant;
    private final Optional<Severity> minSeverity;
    private final Set<AlertState> states;
    private final Set<String> rules;
    private final Set<String> detectors;
    private final List<Matcher> matchers;

    private AlertSelection(
            String tenant,
            Optional<Severity> minSeverity,
            Set<AlertState> states,
            Set<String> rules,
            Set<String> detectors,
            List<Matcher> matchers) {
        this.tenant = tenant;
        this.minSeverity = minSeverity;
        this.states = states;
        this.rules = rules;
        this.detectors = detectors;
        this.matchers = matchers;
    }

    /** Throws INVALID_ARGUMENT. */
    static AlertSelection of(String tenant, AlertFilter filter) {
        return of(tenant, filter, "filter.");
    }

    /**
     * Of a request that has the filter's fields as its own; throws INVALID_ARGUMENT.
     *
     * @param path before the names of fields in errors
     */
    public static AlertSelection of(String tenant, AlertFilter filter, String path) {
        Set<AlertState> states = EnumSet.noneOf(AlertState.class);
        for (int i = 0; i < filter.getStatesCount(); i++) {
            states.add(state(path + "states[" + i + "]", filter.getStates(i), filter.getStatesValue(i)));
        }
        requireFew(path + "rules", filter.getRulesCount());
        requireFew(path + "detectors", filter.getDetectorsCount());
        return new AlertSelection(
                tenant,
                ProtoAlerts.severity(path + "min_severity", filter.getMinSeverity(), filter.getMinSeverityValue()),
                states,
                Set.copyOf(filter.getRulesList()),
                Set.copyOf(filter.getDetectorsList()),
                ProtoSelectors.matchers(path + "matchers", filter.getMatchersList()));
    }

    private static void requireFew(String field, int count) {
        if (count > MAX_NAMES) {
            throw CallErrors.invalid(field, "must be at most " + MAX_NAMES + ", were " + count);
        }
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

    public boolean takes(Alert alert) {
        return alert.tenant().equals(tenant)
                && (minSeverity.isEmpty() || alert.severity().compareTo(minSeverity.get()) >= 0)
                && (states.isEmpty() || states.contains(alert.state()))
                && (rules.isEmpty() || rules.contains(alert.rule()))
                && (detectors.isEmpty() || detectors.contains(alert.detector()))
                && matchers.stream().allMatch(m -> m.matches(valueOf(m.key(), alert)));
    }

    private static String valueOf(String key, Alert alert) {
        String value = alert.group().get(key);
        return value.isEmpty() ? alert.labels().get(key) : value;
    }
}
