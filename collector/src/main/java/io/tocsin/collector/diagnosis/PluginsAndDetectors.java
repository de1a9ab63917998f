/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;

/** Whether plugins were loaded and their detectors do not throw. */
final class PluginsAndDetectors implements Check {
    private static final String NAME = "plugins";

    @Override
    public List<Diagnosis> look(Observed observed) {
        List<Diagnosis> found = new ArrayList<>();
        for (Plugin plugin : observed.plugins()) {
            if (!plugin.problem().isEmpty()) {
                found.add(
                        Diagnosis.trouble(
                                NAME,
                                "plugin " + Words.quoted(plugin.name()) + " was not loaded: " + plugin.problem(),
                                "put the right jar into its folder and start the collector again; rules that need its detectors do not run until then"));
            }
        }
        for (RuleView view : observed.rules()) {
            found.addAll(rule(view));
        }
        if (found.isEmpty()) {
            long detectors = observed.plugins().stream()
                    .mapToLong(plugin -> plugin.detectors().size())
                    .sum();
            found.add(Diagnosis.ok(NAME, "all of " + Words.count(detectors, "detector") + " are loaded, none threw"));
        }
        return found;
    }

    private static List<Diagnosis> rule(RuleView view) {
        String detector = "detector " + Words.quoted(view.rule().detector()) + " of rule "
                + Words.quoted(view.rule().name());
        if (view.setAside() > 0) {
            return List.of(
                    Diagnosis.trouble(
                            NAME,
                            detector + ": " + view.problem(),
                            "its groups are not judged any more: the collector's log has the stack trace for its author; ChangeRule with the same rule, or a restart, starts it afresh"));
        }
        if (view.failures() > 0) {
            String last = view.problem().isEmpty() ? "" : "; " + view.problem();
            return List.of(Diagnosis.notice(
                    NAME,
                    detector + " threw " + view.failures() + (view.failures() == 1 ? " time" : " times") + last,
                    "the judgements of those calls are lost: the collector's log has the stack trace for its author"));
        }
        if (!view.problem().isEmpty() && !SloUpdates.keepsSlo(view.rule())) {
            return List.of(Diagnosis.trouble(
                    NAME,
                    "rule " + Words.quoted(view.rule().name()) + " does not run: " + view.problem(),
                    "change the rule, or bring its detector"));
        }
        return List.of();
    }
}
