/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static io.tocsin.collector.http.Route.get;
import static io.tocsin.collector.http.Route.post;

import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.QueryServiceGrpc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one table of paths. docs/http.md shows it to people. */
final class Routes {
    static final List<Route> ALL = List.of(
            get("/monitoring/health", QueryServiceGrpc.getGetHealthMethod()),
            get("/monitoring/dashboard", QueryServiceGrpc.getGetDashboardMethod())
                    .watchedBy(QueryServiceGrpc.getWatchDashboardMethod(), EventNames.all("dashboard")),
            get("/monitoring/slo", QueryServiceGrpc.getListSlosMethod())
                    .watchedBy(QueryServiceGrpc.getWatchSlosMethod(), EventNames.all("slos")),
            get("/monitoring/slo/{name}", QueryServiceGrpc.getGetSloMethod()),
            get("/monitoring/metrics/agents", QueryServiceGrpc.getListAgentMetricsMethod()),
            get("/monitoring/metrics/agents/{agent_type}", QueryServiceGrpc.getGetAgentMetricsMethod()),
            get("/monitoring/anomalies", QueryServiceGrpc.getListAnomaliesMethod()),
            get("/monitoring/trends/latency", QueryServiceGrpc.getGetLatencyTrendsMethod()),
            get("/monitoring/performance/summary", QueryServiceGrpc.getGetPerformanceSummaryMethod()),
            get("/monitoring/series", QueryServiceGrpc.getQuerySeriesMethod()),
            get("/monitoring/alerts", AlertServiceGrpc.getListMethod())
                    .watchedBy(
                            AlertServiceGrpc.getSubscribeMethod(),
                            EventNames.byChoice("message", "cursor", "cursor", "keep_alive")),
            get("/monitoring/alerts/{id}", AlertServiceGrpc.getGetMethod()),
            post("/monitoring/alerts/{id}/acknowledge", AlertServiceGrpc.getAcknowledgeMethod()));

    private Routes() {}

    /**
     * A route and the fields that stand in the path.
     *
     * @param fields by name, decoded
     */
    record Match(Route route, Map<String, String> fields) {}

    /** The route of a path's segments, which are decoded. */
    static Optional<Match> find(List<String> segments) {
        for (Route route : ALL) {
            Optional<Map<String, String>> fields = match(route.segments(), segments);
            if (fields.isPresent()) {
                return Optional.of(new Match(route, fields.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(List<String> wanted, List<String> given) {
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (Route.isField(segment)) {
                if (given.get(i).isEmpty()) {
                    return Optional.empty();
                }
                fields.put(Route.fieldName(segment), given.get(i));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }
}
