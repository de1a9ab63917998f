/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.EventSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects alerts that fired from their events. Holds so many events at most; what comes beyond is counted. Not thread-safe. */
final class AlertHistory implements EventSink {
    private static final class Course {
        Alert alert;
        final List<Episode.Step> steps = new ArrayList<>(2);

        Course(Alert alert) {
            this.alert = alert;
        }
    }

    private final Optional<String> tenant;
    private final long maxEvents;
    private final Map<String, Course> open = new LinkedHashMap<>();
    private final List<Episode> over = new ArrayList<>();
    private long held;
    private long leftOut;

    /** @param tenant whose; empty: everyone's */
    AlertHistory(Optional<String> tenant, long maxEvents) {
        this.tenant = tenant;
        this.maxEvents = maxEvents;
    }

    @Override
    public void append(AlertEvent event) {
        Alert alert = event.alert();
        if (tenant.isPresent() && !tenant.get().equals(alert.tenant())) {
            return;
        }
        Course course = open.get(alert.id());
        if (held >= maxEvents) {
            leftOut++;
            if (course != null) {
                course.alert = alert;
                endIfOver(course);
            }
            return;
        }
        if (course == null) {
            course = new Course(alert);
            open.put(alert.id(), course);
        }
        course.alert = alert;
        course.steps.add(new Episode.Step(event.id(), event.atMillis(), alert.state(), alert.severity()));
        held++;
        endIfOver(course);
    }

    private void endIfOver(Course course) {
        Alert alert = course.alert;
        if (alert.state() == AlertState.RESOLVED) {
            open.remove(alert.id());
            if (alert.firedMillis() != 0) {
                over.add(new Episode(alert, course.steps));
            } else {
                held -= course.steps.size();
            }
        }
    }

    /** Those that fired, in order of when they began to. */
    List<Episode> episodes() {
        List<Episode> all = new ArrayList<>(over);
        for (Course course : open.values()) {
            if (course.alert.firedMillis() != 0) {
                all.add(new Episode(course.alert, course.steps));
            }
        }
        all.sort(Comparator.comparingLong(Episode::firedMillis)
                .thenComparing(e -> e.alert().tenant())
                .thenComparing(e -> e.alert().dedupKey()));
        return all;
    }

    /** Events that it could not hold. */
    long leftOut() {
        return leftOut;
    }
}
