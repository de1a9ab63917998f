/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the alerts did against the incidents. An alert finds an incident if it begins to fire between the injection and a
 * grace after its end, and is about its place or about the whole system. One that finds none is a false alarm; so is one
 * about another place, even while an incident goes on. An alert that was already firing finds nothing. Immutable.
 *
 * @param <I> what is known of an incident
 * @param judged one for each incident, in their order
 * @param falseAlarms in order of time
 */
public record Scorecard<I extends Labelled>(List<Judged<I>> judged, List<FiredAlert> falseAlarms) {
    public Scorecard {
        judged = List.copyOf(judged);
        falseAlarms = List.copyOf(falseAlarms);
    }

    /** Compares alerts with incidents; neither needs an order. */
    public static <I extends Labelled> Scorecard<I> of(List<I> incidents, List<FiredAlert> alerts, long graceMillis) {
        Map<I, FiredAlert> found = new HashMap<>();
        List<FiredAlert> falseAlarms = new ArrayList<>();
        List<FiredAlert> byTime = new ArrayList<>(alerts);
        byTime.sort(Comparator.comparingLong(FiredAlert::firedAtMillis));
        for (FiredAlert alert : byTime) {
            incidentOf(alert, incidents, graceMillis)
                    .ifPresentOrElse(i -> found.putIfAbsent(i, alert), () -> falseAlarms.add(alert));
        }
        return new Scorecard<>(
                incidents.stream()
                        .map(i -> new Judged<>(i, Optional.ofNullable(found.get(i))))
                        .toList(),
                falseAlarms);
    }

    /** The incident that this alert is about: the latest that fits. */
    public static <I extends Labelled> Optional<I> incidentOf(FiredAlert alert, List<I> incidents, long graceMillis) {
        return incidents.stream()
                .filter(i -> alert.firedAtMillis() >= i.startMillis()
                        && alert.firedAtMillis() <= i.endMillis() + graceMillis
                        && i.isSubjectOf(alert))
                .max(Comparator.comparingLong(Labelled::startMillis));
    }

    /** How many incidents were not found. */
    public long missed() {
        return judged.stream().filter(j -> j.foundBy().isEmpty()).count();
    }
}
