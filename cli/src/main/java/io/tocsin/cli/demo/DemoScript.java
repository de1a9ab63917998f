/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The incidents of a demo: drawn at its start, and more as a person asks for them. They never overlap: one that is asked for begins when
 * the one that goes on is over, and those that would come too soon after it come later. Confined to one thread; times are milliseconds
 * since 1970 UTC.
 */
final class DemoScript {
    /** So long after its end an incident may still be found without being missed. */
    static final long PATIENCE_MILLIS = 6_000;

    private static final long BEGIN_AFTER_MILLIS = 300;
    private static final long BREATH_MILLIS = 1_000;

    private final List<Incident> incidents;
    private final long earliestMillis;
    private final List<Integer> byHand = new ArrayList<>();

    /** Nothing goes wrong before {@code earliestMillis}: the detectors learn. */
    DemoScript(List<Incident> drawn, long earliestMillis) {
        this.incidents = new ArrayList<>(drawn);
        this.earliestMillis = earliestMillis;
    }

    /** All, by time. */
    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    /** Whether a person asked for it. */
    boolean byHand(Incident incident) {
        return byHand.contains(incident.number());
    }

    /** Adds an incident as soon as may be. */
    Incident inject(IncidentKind kind, double size, Place place, long lastsMillis, long nowMillis) {
        long start = Math.max(nowMillis + BEGIN_AFTER_MILLIS, earliestMillis);
        for (Incident incident : incidents) {
            if (incident.startMillis() <= start && incident.endMillis() + BREATH_MILLIS > start) {
                start = incident.endMillis() + BREATH_MILLIS;
            }
        }
        int number = incidents.stream().mapToInt(Incident::number).max().orElse(0) + 1;
        Incident injected = new Incident(number, kind, size, place, start, start + lastsMillis);
        byHand.add(number);
        incidents.add(injected);
        incidents.sort(Comparator.comparingLong(Incident::startMillis));
        makeRoomAfter(injected);
        return injected;
    }

    // what was still to come keeps its order and its rest
    private void makeRoomAfter(Incident injected) {
        long freeMillis = injected.endMillis() + PATIENCE_MILLIS;
        for (int i = incidents.indexOf(injected) + 1; i < incidents.size(); i++) {
            Incident next = incidents.get(i);
            long later = Math.max(0, freeMillis - next.startMillis());
            if (later == 0) {
                return;
            }
            Incident moved = new Incident(
                    next.number(),
                    next.kind(),
                    next.size(),
                    next.place(),
                    next.startMillis() + later,
                    next.endMillis() + later);
            incidents.set(i, moved);
            freeMillis = moved.endMillis() + PATIENCE_MILLIS;
        }
    }

    /** When the last incident is over and has had its time to be found; {@code endMillis} if that is later. */
    long end(long endMillis) {
        return incidents.stream()
                .mapToLong(i -> i.endMillis() + PATIENCE_MILLIS)
                .reduce(endMillis, Math::max);
    }

    /**
     * Compares what fired with what was done. An incident that had not had its time when the demo ended, and was not found, counts for
     * nothing.
     */
    Scorecard<Incident> score(List<FiredAlert> fired, long graceMillis, long endedMillis) {
        Scorecard<Incident> all = Scorecard.of(incidents, fired, graceMillis);
        return new Scorecard<>(
                all.judged().stream()
                        .filter(j ->
                                j.foundBy().isPresent() || j.incident().endMillis() + PATIENCE_MILLIS <= endedMillis)
                        .toList(),
                all.falseAlarms());
    }
}
