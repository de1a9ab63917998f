/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Intervals;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What all sections came to. Immutable.
 *
 * @param judged every incident
 * @param falseAlarms of all sections
 * @param hours simulated
 * @param records pushed
 */
record Evaluation(List<Judged<Incident>> judged, List<FiredAlert> falseAlarms, double hours, long records) {
    private static final double ALLOWED_PER_TEN_HOURS = 1;

    Evaluation {
        judged = List.copyOf(judged);
        falseAlarms = List.copyOf(falseAlarms);
    }

    /**
     * Incidents of a kind, together. One instance that fails is told apart: the promise is about a whole agent type, and
     * an instance alone may have fewer than ten outcomes a second.
     *
     * @param name for people and programs
     * @param promised whether none of at least the promised size may be missed
     * @param kind whose sizes these are
     * @param which what belongs to it
     */
    record Row(String name, boolean promised, IncidentKind kind, Predicate<Incident> which) {}

    /** Sizes as a share of the promised size, from {@code from} to below {@code to}. */
    record Bucket(double from, double to) {
        boolean holds(Incident incident) {
            double share = incident.size() / incident.kind().promisedSize();
            return share >= from && share < to;
        }
    }

    static final List<Bucket> BUCKETS = List.of(
            new Bucket(0, 0.25),
            new Bucket(0.25, 0.5),
            new Bucket(0.5, 0.75),
            new Bucket(0.75, 1),
            new Bucket(1, 1.25),
            new Bucket(1.25, Double.POSITIVE_INFINITY));

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (IncidentKind kind : IncidentKind.values()) {
            rows.add(new Row(
                    kind.text(),
                    true,
                    kind,
                    i -> i.kind() == kind && i.place().instance().isEmpty()));
        }
        rows.add(new Row(
                "agent-failing (one instance)",
                false,
                IncidentKind.AGENT_FAILING,
                i -> !i.place().instance().isEmpty()));
        return rows;
    }

    /** The incidents of a row for which {@code more} holds. */
    List<Judged<Incident>> of(Row row, Predicate<Incident> more) {
        return judged.stream()
                .filter(j -> row.which().test(j.incident()) && more.test(j.incident()))
                .toList();
    }

    /** Promised and not found. */
    List<Judged<Incident>> missed() {
        List<Judged<Incident>> missed = new ArrayList<>();
        for (Row row : rows()) {
            if (row.promised()) {
                of(row, Incident::promised).stream()
                        .filter(j -> j.foundBy().isEmpty())
                        .forEach(missed::add);
            }
        }
        return missed;
    }

    /** False alarms in ten hours that the true rate exceeds with 5 % chance at most. */
    double falseAlarmsPerTenHoursUpper95() {
        return Intervals.poissonUpper95(falseAlarms.size()) / hours * 10;
    }

    /** Whether the promise was kept. */
    boolean good() {
        return missed().isEmpty() && falseAlarmsPerTenHoursUpper95() <= ALLOWED_PER_TEN_HOURS;
    }

    /** Delays of what was found, in milliseconds, ascending. */
    static long[] delays(List<Judged<Incident>> judged) {
        return judged.stream()
                .flatMap(j -> j.delayMillis().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /** The value at rank ⌈q·n⌉ of ascending values, of which there must be one or more. */
    static long quantile(long[] ascending, double q) {
        return ascending[Math.max(0, (int) Math.ceil(q * ascending.length) - 1)];
    }
}
