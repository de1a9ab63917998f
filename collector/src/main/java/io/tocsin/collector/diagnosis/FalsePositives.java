/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether a rule's alerts of the last day look as if nobody needed them. */
final class FalsePositives implements Check {
    private static final String NAME = "false-positives";
    private static final long DAY_MILLIS = 86_400_000;
    /** So many alerts of a rule in a day are a lot. */
    private static final int MANY = 20;

    @Override
    public List<Diagnosis> look(Observed observed) {
        Map<String, List<Alert>> byRule = new TreeMap<>();
        boolean anyAcknowledged = false;
        for (Alert alert : observed.alerts()) {
            if (alert.firedMillis() > observed.nowMillis() - DAY_MILLIS) {
                byRule.computeIfAbsent(alert.rule(), r -> new ArrayList<>()).add(alert);
                anyAcknowledged |= alert.acknowledgement().isPresent();
            }
        }
        List<Diagnosis> found = new ArrayList<>();
        int fired = 0;
        for (Map.Entry<String, List<Alert>> rule : byRule.entrySet()) {
            fired += rule.getValue().size();
            found.addAll(rule(rule.getKey(), new RuleHistory(rule.getValue()), anyAcknowledged));
        }
        if (found.isEmpty()) {
            found.add(Diagnosis.ok(
                    NAME,
                    Words.count(fired, "alert") + " fired in the last day, of " + Words.count(byRule.size(), "rule")
                            + "; none looks needless"));
        }
        return found;
    }

    private static List<Diagnosis> rule(String name, RuleHistory history, boolean anyAcknowledged) {
        List<Diagnosis> found = new ArrayList<>();
        String rule = "rule " + Words.quoted(name) + " fired ";
        history.flapping()
                .ifPresent(
                        flapping -> found.add(
                                finding(
                                        history,
                                        rule + flapping.times() + " times for the same problem in a day; it came back "
                                                + Words.length(flapping.gapMillis())
                                                + " after it had resolved (median)",
                                        "keep-firing-for: " + Words.setting(flapping.gapMillis() * 2)
                                                + " makes that one alert; or clear-below: 0.8, if it hovers round its limit; or a cooldown, if once is enough to know")));
        if (found.isEmpty() && history.isShortLived()) {
            found.add(finding(
                    history,
                    rule + history.fired() + " times in a day, and " + history.brief() + " of "
                            + history.recovered() + " had recovered within "
                            + Words.length(RuleHistory.BRIEF_MILLIS) + " (median "
                            + Words.length(history.medianMillis())
                            + ")",
                    "for: " + Words.setting(history.medianMillis() * 3 / 2) + " keeps what passes by itself from firing"
                            + orSensitivity(history)));
        }
        if (found.isEmpty() && anyAcknowledged && history.isIgnored()) {
            found.add(finding(
                    history,
                    rule + history.fired() + " times in a day and nobody acknowledged one, though others were",
                    "if nobody needs to act on it, give it a lower severity or disable it" + orSensitivity(history)));
        }
        return found;
    }

    private static Diagnosis finding(RuleHistory history, String seen, String remedy) {
        return history.fired() >= MANY ? Diagnosis.trouble(NAME, seen, remedy) : Diagnosis.notice(NAME, seen, remedy);
    }

    private static String orSensitivity(RuleHistory history) {
        return history.barelyOver() == 0
                ? ""
                : "; sensitivity: 0.8 would have kept " + history.barelyOver() + " of " + history.fired()
                        + " quiet, whose scores were below 1.25";
    }

    /** Whether it recovered by itself, as opposed to a rule that changed. */
    static boolean recovered(Alert alert) {
        return alert.state() == AlertState.RESOLVED && alert.resolution().equals("recovered");
    }
}
