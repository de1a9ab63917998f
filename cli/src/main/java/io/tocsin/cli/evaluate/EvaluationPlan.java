/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentScript;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is simulated: recordings of equal length in pairs, one with incidents and one without. Immutable.
 *
 * @param fleet the orchestrator
 * @param sections the recordings, in the order in which they are made
 */
record EvaluationPlan(Fleet fleet, List<Section> sections) {
    /** Monday, 5 January 2026, 00:00 UTC; sections begin at different times of that day. */
    private static final long EPOCH_MILLIS = 1_767_571_200_000L;

    private static final double LONGEST_SECTION_HOURS = 10;
    private static final long HOUR_MILLIS = 3_600_000;
    /** So long the load is usual before the first incident: time to learn. */
    private static final long LEAD_IN_MILLIS = 900_000;

    private static final long SHORTEST_INCIDENT_MILLIS = 60_000;
    private static final long LONGEST_INCIDENT_MILLIS = 90_000;
    private static final long REST_MILLIS = 240_000;
    private static final double PROMISED_SHARE = 0.7;

    EvaluationPlan {
        sections = List.copyOf(sections);
    }

    /**
     * One recording.
     *
     * @param number from 1
     * @param seed of its load
     * @param startMillis where it begins, since 1970 UTC
     * @param endMillis where it ends
     * @param incidents in order; none in every other section
     */
    record Section(int number, long seed, long startMillis, long endMillis, List<Incident> incidents) {
        double hours() {
            return (endMillis - startMillis) / (double) HOUR_MILLIS;
        }
    }

    /**
     * Plans {@code incidents} in one half of {@code hours}.
     *
     * @throws IllegalArgumentException they do not fit; the message says how many would
     */
    static EvaluationPlan of(Fleet fleet, int incidents, double hours, long seed) {
        int pairs = (int) Math.ceil(hours / 2 / LONGEST_SECTION_HOURS);
        long sectionMillis = (long) (hours / 2 / pairs * HOUR_MILLIS) / 1_000 * 1_000;
        IncidentScript script = new IncidentScript(
                fleet, SHORTEST_INCIDENT_MILLIS, LONGEST_INCIDENT_MILLIS, REST_MILLIS, PROMISED_SHARE, true);
        long span = sectionMillis - LEAD_IN_MILLIS;
        int most = (incidents + pairs - 1) / pairs;
        if (!script.fits(most, span)) {
            long fitting = (span - REST_MILLIS) / (LONGEST_INCIDENT_MILLIS + REST_MILLIS) * pairs;
            throw new IllegalArgumentException("--incidents must be at most " + Math.max(0, fitting) + " in "
                    + Math.round(hours) + " hours, was " + incidents);
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Section> sections = new ArrayList<>();
        int left = incidents;
        for (int pair = 0; pair < pairs; pair++) {
            int here = left / (pairs - pair);
            left -= here;
            for (boolean withIncidents : new boolean[] {true, false}) {
                long start = EPOCH_MILLIS + random.nextLong(24) * HOUR_MILLIS;
                long end = start + sectionMillis;
                long scriptSeed = random.nextLong();
                List<Incident> drawn =
                        withIncidents ? script.draw(scriptSeed, start + LEAD_IN_MILLIS, end, here) : List.of();
                sections.add(new Section(sections.size() + 1, random.nextLong(), start, end, drawn));
            }
        }
        return new EvaluationPlan(fleet, sections);
    }

    double hours() {
        return sections.stream().mapToDouble(Section::hours).sum();
    }

    int incidents() {
        return sections.stream().mapToInt(s -> s.incidents().size()).sum();
    }
}
