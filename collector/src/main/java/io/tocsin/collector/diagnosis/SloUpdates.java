/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        found.addAll(builtIn(slos, observed));
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
        return missing(rule, observed)
                .filter(missing -> rule.origin() != Origin.BUILT_IN)
                .map(missing ->
                        List.of(Diagnosis.trouble(NAME, slo + " has no data: " + missing.seen(), missing.remedy())))
                .orElse(List.of());
    }

    private static Optional<MissingSeries> missing(Rule rule, Observed observed) {
        return rule.inputs().stream()
                .flatMap(input -> MissingSeries.of(input.selector(), observed.series()).stream())
                .findFirst();
    }

    /** Ours come with each collector, whether or not it is sent what they watch: one finding for all that miss the same. */
    private static List<Diagnosis> builtIn(List<RuleView> slos, Observed observed) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (RuleView view : slos) {
            Rule rule = view.rule();
            if (rule.origin() == Origin.BUILT_IN
                    && !rule.disabled()
                    && view.problem().isEmpty()
                    && !observed.series().isEmpty()) {
                missing(rule, observed)
                        .ifPresent(missing -> byReason.computeIfAbsent(missing.seen(), reason -> new ArrayList<>())
                                .add(Words.quoted(rule.name())));
            }
        }
        List<Diagnosis> found = new ArrayList<>();
        byReason.forEach(
                (reason, names) -> found.add(
                        Diagnosis.notice(
                                NAME,
                                "built-in SLO " + Words.list(names) + " has no data: " + reason,
                                "record that, if your services have it (docs/metrics.md has the names); nothing else is wrong if they do not")));
        return found;
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
