/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.List;
import java.util.Optional;

/** Makes an alert of what it was and what has changed. Not thread-safe. */
public final class AlertBuilder {
    private final String tenant;
    private final String id;
    private final String dedupKey;
    private AlertState state;
    private Severity severity;
    private final String rule;
    private final String detector;
    private final boolean slo;
    private final String kind;
    private final Attributes group;
    private final Attributes labels;
    private Evidence evidence;
    private final long startedMillis;
    private long firedMillis;
    private long resolvedMillis;
    private long changedMillis;
    private long lastEvent;
    private double peakScore;
    private String resolution;
    private final String description;
    private Optional<Acknowledgement> acknowledgement;
    private final long problemSinceMillis;
    private List<String> exampleTraceIds;

    AlertBuilder(Alert alert) {
        tenant = alert.tenant();
        id = alert.id();
        dedupKey = alert.dedupKey();
        state = alert.state();
        severity = alert.severity();
        rule = alert.rule();
        detector = alert.detector();
        slo = alert.slo();
        kind = alert.kind();
        group = alert.group();
        labels = alert.labels();
        evidence = alert.evidence();
        startedMillis = alert.startedMillis();
        firedMillis = alert.firedMillis();
        resolvedMillis = alert.resolvedMillis();
        changedMillis = alert.changedMillis();
        lastEvent = alert.lastEvent();
        peakScore = alert.peakScore();
        resolution = alert.resolution();
        description = alert.description();
        acknowledgement = alert.acknowledgement();
        problemSinceMillis = alert.problemSinceMillis();
        exampleTraceIds = alert.exampleTraceIds();
    }

    public AlertBuilder state(AlertState now) {
        state = now;
        return this;
    }

    public AlertBuilder severity(Severity now) {
        severity = now;
        return this;
    }

    public AlertBuilder evidence(Evidence now) {
        evidence = now;
        return this;
    }

    public AlertBuilder firedMillis(long now) {
        firedMillis = now;
        return this;
    }

    public AlertBuilder resolvedMillis(long now) {
        resolvedMillis = now;
        return this;
    }

    public AlertBuilder changedMillis(long now) {
        changedMillis = now;
        return this;
    }

    public AlertBuilder lastEvent(long now) {
        lastEvent = now;
        return this;
    }

    public AlertBuilder peakScore(double now) {
        peakScore = now;
        return this;
    }

    public AlertBuilder resolution(String now) {
        resolution = now;
        return this;
    }

    public AlertBuilder acknowledgement(Optional<Acknowledgement> now) {
        acknowledgement = now;
        return this;
    }

    public AlertBuilder exampleTraceIds(List<String> now) {
        exampleTraceIds = now;
        return this;
    }

    public Alert build() {
        return new Alert(
                tenant,
                id,
                dedupKey,
                state,
                severity,
                rule,
                detector,
                slo,
                kind,
                group,
                labels,
                evidence,
                startedMillis,
                firedMillis,
                resolvedMillis,
                changedMillis,
                lastEvent,
                peakScore,
                resolution,
                description,
                acknowledgement,
                problemSinceMillis,
                exampleTraceIds);
    }
}
