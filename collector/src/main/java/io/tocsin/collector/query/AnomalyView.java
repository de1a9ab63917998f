/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.stream.AlertPage;
import io.tocsin.collector.stream.AlertSelection;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListAnomaliesResponse;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.TimeRange;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Alerts of rules that keep no SLO. Thread-safe. */
record AnomalyView(DetectorCatalog catalog, InstantSource clock) {
    /** Throws INVALID_ARGUMENT, and NOT_FOUND for names that neither rules nor alerts know. */
    ListAnomaliesResponse list(Partition partition, String tenant, ListAnomaliesRequest request, Page page) {
        AlertFilter.Builder filter = AlertFilter.newBuilder()
                .setMinSeverityValue(request.getMinSeverityValue())
                .addAllStatesValue(request.getStatesValueList())
                .addAllRules(request.getRulesList())
                .addAllDetectors(request.getDetectorsList());
        if (!request.getAgentType().isEmpty()) {
            filter.addMatchers(Matcher.newBuilder().setKey(AgentNames.TYPE).addValues(request.getAgentType()));
        }
        AlertSelection selection = AlertSelection.of(tenant, filter.build(), "");
        List<Alert> all = partition.alerts().alerts(tenant);
        requireKnown(partition, tenant, request, all);
        Page.Place range = page.place().orElseGet(() -> range(request.getRange()));
        AlertPage found = AlertPage.of(
                all,
                alert -> !alert.slo()
                        && alert.changedMillis() >= range.fromMillis()
                        && alert.changedMillis() < range.toMillis()
                        && selection.takes(alert),
                request.getOrderBy(),
                page,
                range);
        return ListAnomaliesResponse.newBuilder()
                .addAllAnomalies(found.alerts())
                .setNextPageToken(found.nextToken())
                .build();
    }

    /** Other than for points, an absent end means no end: an alert has no window to be averaged over. */
    private Page.Place range(TimeRange range) {
        long to = range.hasEndTime() ? CallTimes.millis("range.end_time", range.getEndTime()) : Long.MAX_VALUE;
        long from = from(range, range.hasEndTime() ? to : clock.millis());
        if (to < from) {
            throw CallErrors.invalid(
                    "range.end_time",
                    "must be such that the range does not end before it starts, was " + CallTimes.show(from) + " to "
                            + CallTimes.show(to));
        }
        return new Page.Place(from, to, "");
    }

    private static long from(TimeRange range, long endMillis) {
        if (range.hasLast()) {
            return Math.max(0, endMillis - QueryRange.lastMillis(range));
        }
        return range.hasStartTime() ? CallTimes.millis("range.start_time", range.getStartTime()) : 0;
    }

    private void requireKnown(Partition partition, String tenant, ListAnomaliesRequest request, List<Alert> all) {
        requireAll(
                "rule",
                request.getRulesList(),
                partition.rules().rules(tenant).stream().map(view -> view.rule().name()),
                all,
                Alert::rule);
        requireAll("detector", request.getDetectorsList(), catalog.names().stream(), all, Alert::detector);
        if (!request.getAgentType().isEmpty()) {
            requireAll(
                    "agent type",
                    List.of(request.getAgentType()),
                    AgentNames.types(partition, tenant, AgentNames.TASKS).stream(),
                    all,
                    alert -> alert.group().get(AgentNames.TYPE));
        }
    }

    private static void requireAll(
            String what,
            List<String> names,
            Stream<String> current,
            List<Alert> alerts,
            Function<Alert, String> ofAlert) {
        if (names.isEmpty()) {
            return;
        }
        TreeSet<String> known = new TreeSet<>();
        current.forEach(known::add);
        alerts.forEach(alert -> known.add(ofAlert.apply(alert)));
        known.remove("");
        for (String name : names) {
            if (!known.contains(name)) {
                throw CallErrors.notFound(what, name, List.copyOf(known));
            }
        }
    }
}
