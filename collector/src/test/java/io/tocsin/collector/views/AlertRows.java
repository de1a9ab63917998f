/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.GetResponse;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListAnomaliesResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** {@code AlertService.List}, {@code Get} and {@code ListAnomalies}: of all alerts, those that pass each condition, in order. */
final class AlertRows {
    private static final List<String> ORDERS = List.of(
            "", "changed", "severity", "started", "score", "severity asc", "started asc", "score desc", "changed asc");

    private AlertRows() {}

    static void add(List<Alert> all, List<ViewRow> rows) {
        long middle = RecordedDays.INCIDENT_FROM + 60_000;
        for (String order : ORDERS) {
            for (int page : new int[] {0, 1}) {
                rows.add(list(all, AlertFilter.getDefaultInstance(), 0, 0, order, page, alert -> true));
                rows.add(anomalies(
                        all, ListAnomaliesRequest.newBuilder().setOrderBy(order).setPageSize(page), a -> true));
            }
        }
        for (Severity severity : Severity.values()) {
            if (severity != Severity.UNRECOGNIZED) {
                Predicate<Alert> least = alert -> alert.getSeverity().compareTo(severity) >= 0;
                rows.add(list(
                        all, AlertFilter.newBuilder().setMinSeverity(severity).build(), 0, 0, "", 0, least));
                rows.add(anomalies(all, ListAnomaliesRequest.newBuilder().setMinSeverity(severity), least));
            }
        }
        for (AlertState state : AlertState.values()) {
            if (state != AlertState.UNRECOGNIZED && state != AlertState.ALERT_STATE_UNSPECIFIED) {
                Predicate<Alert> is = alert -> alert.getState() == state;
                rows.add(list(all, AlertFilter.newBuilder().addStates(state).build(), 0, 0, "", 0, is));
                rows.add(anomalies(all, ListAnomaliesRequest.newBuilder().addStates(state), is));
            }
        }
        Predicate<Alert> fails = alert -> alert.getRule().equals("coder-fails");
        Predicate<Alert> outage = alert -> alert.getDetector().equals("outage");
        Predicate<Alert> coder = alert -> value(alert).equals(RecordedDays.FAILING);
        rows.add(list(all, AlertFilter.newBuilder().addRules("coder-fails").build(), 0, 0, "", 0, fails));
        rows.add(list(all, AlertFilter.newBuilder().addDetectors("outage").build(), 0, 0, "", 0, outage));
        rows.add(list(
                all,
                AlertFilter.newBuilder()
                        .addMatchers(
                                Matcher.newBuilder().setKey(RecordedDays.TYPE).addValues(RecordedDays.FAILING))
                        .build(),
                0,
                0,
                "",
                0,
                coder));
        rows.add(list(all, AlertFilter.getDefaultInstance(), middle, 0, "", 0, alert -> changed(alert) >= middle));
        rows.add(list(all, AlertFilter.getDefaultInstance(), 0, middle, "", 0, alert -> changed(alert) < middle));
        rows.add(anomalies(all, ListAnomaliesRequest.newBuilder().addRules("coder-fails"), fails));
        rows.add(anomalies(all, ListAnomaliesRequest.newBuilder().addDetectors("outage"), outage));
        rows.add(anomalies(all, ListAnomaliesRequest.newBuilder().setAgentType(RecordedDays.FAILING), coder));
        rows.add(anomalies(
                all,
                ListAnomaliesRequest.newBuilder().setRange(RecordedDays.range(RecordedDays.INCIDENT_FROM, middle)),
                alert -> changed(alert) >= RecordedDays.INCIDENT_FROM && changed(alert) < middle));
        for (Alert alert : all) {
            rows.add(ViewRow.alerts(
                    "Get",
                    GetRequest.newBuilder()
                            .setId(alert.getId())
                            .setScope(ViewTable.SCOPE)
                            .build(),
                    (GetResponse answer) -> {
                        assertThat(answer.getAlert()).isEqualTo(alert);
                        assertThat(answer.getEventsList()).isNotEmpty();
                    }));
        }
    }

    /** The last of its times: what it changed to is one of them. */
    private static long changed(Alert alert) {
        long resolved = alert.hasResolvedAt() ? CallTimes.millis(alert.getResolvedAt()) : 0;
        long fired = alert.hasFiredAt() ? CallTimes.millis(alert.getFiredAt()) : 0;
        return Math.max(CallTimes.millis(alert.getStartsAt()), Math.max(resolved, fired));
    }

    private static String value(Alert alert) {
        return alert.getGroupList().stream()
                .filter(attribute -> attribute.getKey().equals(RecordedDays.TYPE))
                .map(attribute -> attribute.getValue())
                .findFirst()
                .orElse("");
    }

    private static List<String> expected(List<Alert> all, Predicate<Alert> which, String order) {
        String[] words = (order.isEmpty() ? "changed" : order).split(" ");
        Comparator<Alert> by = switch (words[0]) {
            case "changed" -> Comparator.comparingLong(Alert::getLastEvent);
            case "severity" -> Comparator.comparing(Alert::getSeverity);
            case "started" -> Comparator.comparingLong(alert -> CallTimes.millis(alert.getStartsAt()));
            default -> Comparator.comparingDouble(Alert::getPeakScore);
        };
        boolean descending = words.length < 2 || words[1].equals("desc");
        List<Alert> sorted = new ArrayList<>(all.stream().filter(which).toList());
        sorted.sort((descending ? by.reversed() : by)
                .thenComparing(Comparator.comparingLong(Alert::getLastEvent).reversed()));
        return sorted.stream().map(Alert::getId).toList();
    }

    private static ViewRow list(
            List<Alert> all, AlertFilter filter, long from, long to, String order, int page, Predicate<Alert> which) {
        ListRequest.Builder request = ListRequest.newBuilder()
                .setScope(ViewTable.SCOPE)
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(page);
        if (from > 0) {
            request.setStartTime(CallTimes.timestamp(from));
        }
        if (to > 0) {
            request.setEndTime(CallTimes.timestamp(to));
        }
        return ViewRow.alerts(
                "List",
                request.build(),
                (ListResponse answer) -> assertThat(answer.getAlertsList())
                        .extracting(Alert::getId)
                        .containsExactlyElementsOf(expected(all, which, order)));
    }

    private static ViewRow anomalies(List<Alert> all, ListAnomaliesRequest.Builder ask, Predicate<Alert> which) {
        ListAnomaliesRequest request = ask.setScope(ViewTable.SCOPE).build();
        return ViewRow.query(
                "ListAnomalies",
                request,
                (ListAnomaliesResponse answer) -> assertThat(answer.getAnomaliesList())
                        .extracting(Alert::getId)
                        .containsExactlyElementsOf(expected(
                                all, which.and(alert -> !alert.getDetector().equals("slo")), request.getOrderBy())));
    }
}
