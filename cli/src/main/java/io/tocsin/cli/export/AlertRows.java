/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.view.AlertText;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Evidence;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** Alerts that were open at some time of a range, or all that happened to them within it. */
final class AlertRows implements ExportedRows {
    private static final int ALERTS_AT_ONCE = 500;
    private static final List<String> ALERT = List.of(
            "id",
            "rule",
            "detector",
            "kind",
            "group",
            "state",
            "severity",
            "problem_since",
            "starts_at",
            "fired_at",
            "resolved_at",
            "resolution",
            "peak_score",
            "acknowledged_by",
            "labels",
            "example_trace_ids");
    private static final List<String> FINDING =
            List.of("number", "time", "alert_id", "rule", "kind", "group", "previous", "state", "severity");
    private static final List<String> EVIDENCE =
            List.of("score", "observed", "expected_low", "expected_high", "unit", "text");

    private final CollectorConnection collector;
    private final ExportRange range;
    private final boolean eachEvent;

    private AlertRows(CollectorConnection collector, ExportRange range, boolean eachEvent) {
        this.collector = collector;
        this.range = range;
        this.eachEvent = eachEvent;
    }

    static ExportedRows alerts(CollectorConnection collector, ExportRange range) {
        return new AlertRows(collector, range, false);
    }

    static ExportedRows findings(CollectorConnection collector, ExportRange range) {
        return new AlertRows(collector, range, true);
    }

    @Override
    public List<String> header() {
        List<String> header = new ArrayList<>(eachEvent ? FINDING : ALERT);
        header.addAll(EVIDENCE);
        return header;
    }

    @Override
    public void write(Sink sink, DoubleConsumer share) throws IOException {
        String page = "";
        do {
            ListRequest request = ListRequest.newBuilder()
                    .setScope(range.scope())
                    .setPageSize(ALERTS_AT_ONCE)
                    .setPageToken(page)
                    .setOrderBy("started")
                    .build();
            ListResponse answer = collector.ask(() -> collector.alerts().list(request));
            for (Alert alert : answer.getAlertsList()) {
                if (wasOpen(alert)) {
                    write(alert, sink);
                }
                share.accept(-1); // nobody knows how many pages there are
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
    }

    private boolean wasOpen(Alert alert) {
        return ExportRange.instant(alert.getStartsAt()).isBefore(range.to())
                && (!alert.hasResolvedAt()
                        || !ExportRange.instant(alert.getResolvedAt()).isBefore(range.from()));
    }

    private void write(Alert alert, Sink sink) throws IOException {
        if (!eachEvent) {
            sink.row(alert(alert));
            return;
        }
        GetRequest request = GetRequest.newBuilder()
                .setId(alert.getId())
                .setScope(range.scope())
                .build();
        for (AlertEvent event :
                collector.ask(() -> collector.alerts().get(request)).getEventsList()) {
            if (range.has(ExportRange.instant(event.getTime()))) {
                sink.row(finding(event));
            }
        }
    }

    private static List<Object> alert(Alert alert) {
        List<Object> row = new ArrayList<>(List.of(
                alert.getId(),
                alert.getRule(),
                alert.getDetector(),
                alert.getKind(),
                text(alert.getGroupList()),
                AlertText.state(alert.getState()),
                AlertText.severity(alert.getSeverity()),
                alert.hasProblemSince() ? ExportRange.instant(alert.getProblemSince()) : "",
                ExportRange.instant(alert.getStartsAt()),
                alert.hasFiredAt() ? ExportRange.instant(alert.getFiredAt()) : "",
                alert.hasResolvedAt() ? ExportRange.instant(alert.getResolvedAt()) : "",
                alert.getResolution(),
                alert.getPeakScore(),
                alert.getAcknowledgement().getBy(),
                text(alert.getLabelsList()),
                String.join(";", alert.getExampleTraceIdsList())));
        row.addAll(evidence(alert.getEvidence()));
        return row;
    }

    private static List<Object> finding(AlertEvent event) {
        Alert alert = event.getAlert();
        List<Object> row = new ArrayList<>(List.of(
                event.getNumber(),
                ExportRange.instant(event.getTime()),
                alert.getId(),
                alert.getRule(),
                alert.getKind(),
                text(alert.getGroupList()),
                event.getPreviousValue() == 0 ? "" : AlertText.state(event.getPrevious()),
                AlertText.state(alert.getState()),
                AlertText.severity(alert.getSeverity())));
        row.addAll(evidence(alert.getEvidence()));
        return row;
    }

    private static List<Object> evidence(Evidence evidence) {
        return List.of(
                evidence.getScore(),
                evidence.hasObserved() ? evidence.getObserved() : "",
                evidence.hasExpectedLow() ? evidence.getExpectedLow() : "",
                evidence.hasExpectedHigh() ? evidence.getExpectedHigh() : "",
                evidence.getUnit(),
                evidence.getText());
    }

    private static String text(List<Attribute> attributes) {
        return attributes.stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(";"));
    }
}
