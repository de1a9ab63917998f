/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether every SLO runs and has data. */
final class SloUpdates implements Check {
    private static final String NAME = "slo-updates";
    private static final String DETECTOR = "slo";
    private static final long BEHIND_MILLIS = 10_000;
    /** As long as a lost producer makes silence unknown. */
    private static final long LOST_COUNTS_MILLIS = 600_000;

    static boolean keepsSlo(Rule rule) {
        return rule.detector().equals(DETECTOR);
    }

    @Override
    public List<Diagnosis> look(Observed observed) {
        List<Diagnosis> found = new ArrayList<>();
        found.addAll(engine(observed));
        List<RuleView> slos =
                observed.rules().stream().filter(view -> keepsSlo(view.rule())).toList();
        if (observed.series().isEmpty() && !slos.isEmpty()) {
            found.add(Diagnosis.notice(
                    NAME,
                    "none of " + Words.count(slos.size(), "SLO") + " has data, since there is no series at all",
                    "see what arriving-data says"));
        }
        for (RuleView slo : slos) {
            found.addAll(slo(slo, observed));
        }
        found.addAll(frozen(observed, slos));
        if (found.isEmpty()) {
            found.add(Diagnosis.ok(
                    NAME,
                    slos.isEmpty() ? "there are no SLOs" : "all of " + Words.count(slos.size(), "SLO") + " have data"));
        }
        return found;
    }

    private static List<Diagnosis> engine(Observed observed) {
        String problem = observed.status().problem();
        if (!problem.isEmpty()) {
            return List.of(Diagnosis.trouble(
                    NAME,
                    "nothing is judged any more: " + problem,
                    "start the collector again, and report the stack trace in its log; what it shows is as of then"));
        }
        long lagMillis = observed.status().lagMillis();
        return lagMillis <= BEHIND_MILLIS
                ? List.of()
                : List.of(
                        Diagnosis.trouble(
                                NAME,
                                "the engine is " + Words.length(lagMillis) + " behind",
                                "see what holds it up: a detector that hangs (the thread tocsin-engine-0 in jstack), or more data than this machine has processors for"));
    }

    private static List<Diagnosis> slo(RuleView view, Observed observed) {
        Rule rule = view.rule();
        String slo = "SLO " + Words.quoted(rule.name());
        if (rule.disabled()) {
            return List.of(Diagnosis.notice(
                    NAME, slo + " is disabled", "set disabled to false in its rule, if it is to be kept"));
        }
        if (!view.problem().isEmpty()) {
            return List.of(Diagnosis.trouble(
                    NAME, slo + " does not run: " + view.problem(), "change its rule by what the problem says"));
        }
        if (observed.series().isEmpty()) {
            return List.of();
        }
        for (RuleInput input : rule.inputs()) {
            Optional<MissingSeries> missing = MissingSeries.of(input.selector(), observed.series());
            if (missing.isPresent()) {
                String seen = slo + " has no data: " + missing.get().seen();
                // ours come with each collector, whether or not it is sent what they watch
                return List.of(
                        rule.origin() == Origin.BUILT_IN
                                ? Diagnosis.notice(NAME, seen, missing.get().remedy() + ", or disable the SLO")
                                : Diagnosis.trouble(NAME, seen, missing.get().remedy()));
            }
        }
        return List.of();
    }

    private static List<Diagnosis> frozen(Observed observed, List<RuleView> slos) {
        List<String> lost = observed.producers().stream()
                .filter(p -> p.standing() == Standing.LOST
                        && p.accepted() > 0
                        && observed.nowMillis() - p.heardMillis() < LOST_COUNTS_MILLIS)
                .map(ProducerView::name)
                .map(Words::quoted)
                .toList();
        return lost.isEmpty() || slos.isEmpty()
                ? List.of()
                : List.of(Diagnosis.notice(
                        NAME,
                        "lost less than 10 min ago: producer " + Words.list(lost)
                                + "; SLOs and rules whose data came from there alone stay as they were, since silence is unknown",
                        "bring it back, or wait: 10 min after it was heard last it no longer counts"));
    }
}
