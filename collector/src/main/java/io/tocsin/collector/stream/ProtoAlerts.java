/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Alerts as they go over the wire. */
public final class ProtoAlerts {
    private ProtoAlerts() {}

    public static io.tocsin.v1.Alert alert(Alert alert) {
        io.tocsin.v1.Alert.Builder proto = io.tocsin.v1.Alert.newBuilder()
                .setId(alert.id())
                .setDedupKey(alert.dedupKey())
                .setState(state(alert.state()))
                .setSeverity(severity(alert.severity()))
                .setRule(alert.rule())
                .setDetector(alert.detector())
                .setKind(alert.kind())
                .addAllGroup(attributes(alert.group()))
                .addAllLabels(attributes(alert.labels()))
                .setEvidence(evidence(alert.evidence()))
                .setStartsAt(CallTimes.timestamp(alert.startedMillis()))
                .setLastEvent(alert.lastEvent())
                .setPeakScore(alert.peakScore())
                .setResolution(alert.resolution())
                .setDescription(alert.description())
                .setProblemSince(CallTimes.timestamp(alert.problemSinceMillis()))
                .addAllExampleTraceIds(alert.exampleTraceIds());
        alert.acknowledgement().ifPresent(told -> proto.setAcknowledgement(acknowledgement(told)));
        if (alert.firedMillis() != 0) {
            proto.setFiredAt(CallTimes.timestamp(alert.firedMillis()));
        }
        if (alert.resolvedMillis() != 0) {
            proto.setResolvedAt(CallTimes.timestamp(alert.resolvedMillis()));
        }
        return proto.build();
    }

    private static io.tocsin.v1.Acknowledgement acknowledgement(Acknowledgement told) {
        return io.tocsin.v1.Acknowledgement.newBuilder()
                .setBy(told.by())
                .setNote(told.note())
                .setTime(CallTimes.timestamp(told.atMillis()))
                .build();
    }

    public static io.tocsin.v1.AlertEvent event(AlertEvent event) {
        return io.tocsin.v1.AlertEvent.newBuilder()
                .setNumber(event.number())
                .setId(event.id())
                .setTime(CallTimes.timestamp(event.atMillis()))
                .setPosition(position(event.position()))
                .setPrevious(event.previous()
                        .map(ProtoAlerts::state)
                        .orElse(io.tocsin.v1.AlertState.ALERT_STATE_UNSPECIFIED))
                .setAlert(alert(event.alert()))
                .build();
    }

    public static io.tocsin.v1.Position position(Position position) {
        return io.tocsin.v1.Position.newBuilder()
                .setPartition(position.partition())
                .setOffset(position.offset())
                .build();
    }

    /** In order of keys. */
    public static List<Attribute> attributes(Attributes attributes) {
        List<Attribute> proto = new ArrayList<>(attributes.size());
        attributes.forEach((key, value) ->
                proto.add(Attribute.newBuilder().setKey(key).setValue(value).build()));
        return proto;
    }

    private static io.tocsin.v1.Evidence evidence(Evidence evidence) {
        io.tocsin.v1.Evidence.Builder proto = io.tocsin.v1.Evidence.newBuilder()
                .setScore(evidence.score())
                .setText(evidence.text())
                .setUnit(evidence.unit())
                .putAllNumbers(evidence.numbers())
                .putAllLabels(evidence.labels());
        if (!Double.isNaN(evidence.observed())) {
            proto.setObserved(evidence.observed());
        }
        if (!Double.isNaN(evidence.low())) {
            proto.setExpectedLow(evidence.low());
        }
        if (!Double.isNaN(evidence.high())) {
            proto.setExpectedHigh(evidence.high());
        }
        return proto.build();
    }

    static io.tocsin.v1.AlertState state(AlertState state) {
        return switch (state) {
            case PENDING -> io.tocsin.v1.AlertState.ALERT_STATE_PENDING;
            case FIRING -> io.tocsin.v1.AlertState.ALERT_STATE_FIRING;
            case ACKNOWLEDGED -> io.tocsin.v1.AlertState.ALERT_STATE_ACKNOWLEDGED;
            case RESOLVED -> io.tocsin.v1.AlertState.ALERT_STATE_RESOLVED;
        };
    }

    public static io.tocsin.v1.Severity severity(Severity severity) {
        return switch (severity) {
            case INFO -> io.tocsin.v1.Severity.SEVERITY_INFO;
            case LOW -> io.tocsin.v1.Severity.SEVERITY_LOW;
            case MEDIUM -> io.tocsin.v1.Severity.SEVERITY_MEDIUM;
            case HIGH -> io.tocsin.v1.Severity.SEVERITY_HIGH;
            case CRITICAL -> io.tocsin.v1.Severity.SEVERITY_CRITICAL;
        };
    }

    /** Empty for unspecified; throws INVALID_ARGUMENT for a number that means nothing. */
    public static Optional<Severity> severity(String field, io.tocsin.v1.Severity severity, int number) {
        return switch (severity) {
            case SEVERITY_UNSPECIFIED -> Optional.empty();
            case SEVERITY_INFO -> Optional.of(Severity.INFO);
            case SEVERITY_LOW -> Optional.of(Severity.LOW);
            case SEVERITY_MEDIUM -> Optional.of(Severity.MEDIUM);
            case SEVERITY_HIGH -> Optional.of(Severity.HIGH);
            case SEVERITY_CRITICAL -> Optional.of(Severity.CRITICAL);
            case UNRECOGNIZED ->
                throw io.tocsin.collector.call.CallErrors.invalid(
                        field, "must be INFO, LOW, MEDIUM, HIGH or CRITICAL, was " + number);
        };
    }
}
