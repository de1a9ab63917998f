/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The alerts of one rule that fired in the last day. */
final class RuleHistory {
    /** What recovers within this was over before anybody could have done something. */
    static final long BRIEF_MILLIS = 60_000;

    /** Less proves nothing. */
    private static final int ENOUGH = 5;

    private static final int TOO_OFTEN = 4;
    private static final int NEVER_ACKNOWLEDGED = 10;
    private static final long SOON_MILLIS = 600_000;

    /**
     * One problem that comes and goes.
     *
     * @param gapMillis median of how long after it resolved it fired again
     */
    record Flapping(int times, long gapMillis) {}

    private final List<Alert> alerts;
    private final List<Long> lengthsMillis;

    RuleHistory(List<Alert> alerts) {
        this.alerts = alerts;
        this.lengthsMillis = alerts.stream()
                .filter(FalsePositives::recovered)
                .map(alert -> alert.resolvedMillis() - alert.firedMillis())
                .sorted()
                .toList();
    }

    int fired() {
        return alerts.size();
    }

    int recovered() {
        return lengthsMillis.size();
    }

    /** Those that had recovered within {@link #BRIEF_MILLIS}. */
    long brief() {
        return lengthsMillis.stream().filter(millis -> millis <= BRIEF_MILLIS).count();
    }

    long medianMillis() {
        return median(lengthsMillis);
    }

    boolean isShortLived() {
        return recovered() >= ENOUGH && brief() * 5 >= recovered() * 4L;
    }

    boolean isIgnored() {
        return fired() >= NEVER_ACKNOWLEDGED
                && alerts.stream().noneMatch(alert -> alert.acknowledgement().isPresent());
    }

    /** Those that a sensitivity of 0.8 would have kept quiet. */
    long barelyOver() {
        return alerts.stream().filter(alert -> alert.peakScore() * 0.8 < 1).count();
    }

    /** The problem that came back soonest most often, if one did. */
    Optional<Flapping> flapping() {
        Map<String, List<Alert>> byProblem = new TreeMap<>();
        alerts.forEach(alert -> byProblem
                .computeIfAbsent(alert.dedupKey(), k -> new ArrayList<>())
                .add(alert));
        Optional<Flapping> worst = Optional.empty();
        for (List<Alert> times : byProblem.values()) {
            times.sort(Comparator.comparingLong(Alert::firedMillis));
            List<Long> gaps = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                long gap = times.get(i).firedMillis() - times.get(i - 1).resolvedMillis();
                if (gap <= SOON_MILLIS && times.get(i - 1).resolvedMillis() > 0) {
                    gaps.add(gap);
                }
            }
            gaps.sort(null);
            int often = gaps.size() + 1;
            if (often >= TOO_OFTEN && (worst.isEmpty() || often > worst.get().times())) {
                worst = Optional.of(new Flapping(often, median(gaps)));
            }
        }
        return worst;
    }

    private static long median(List<Long> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
