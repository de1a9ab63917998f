/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.LatencySummary;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.wire.Sketch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rate, errors and duration of agents over whole windows of ten seconds. Thread-safe. */
final class AgentViews {
    static final String METRIC = "gen_ai.invoke_agent.duration";
    static final String TYPE = "gen_ai.agent.name";
    static final String INSTANCE = "gen_ai.agent.id";
    static final String TASK_TYPE = "tocsin.task.type";

    private final InstantSource clock;

    AgentViews(InstantSource clock) {
        this.clock = clock;
    }

    /** All that one agent did. */
    private static final class Sums {
        long count;
        long failed;
        final Map<String, Long> errors = new TreeMap<>();
        final Sketch latency = new Sketch();

        void add(SeriesWindow window) {
            for (int second = 0; second < SeriesWindow.SECONDS; second++) {
                count += window.counts()[second];
                failed += window.failed()[second];
            }
            window.errors().forEach((type, n) -> errors.merge(type, n, Long::sum));
            latency.merge(window.sketch());
        }
    }

    ListAgentMetricsResponse list(Partition partition, String tenant, ListAgentMetricsRequest request, Page page) {
        long now = clock.millis();
        QueryRange range =
                QueryRange.of(request.getRange(), partition, page, now).widened(SeriesWindow.LENGTH_MILLIS);
        List<String> keys = new ArrayList<>(List.of(TYPE));
        if (request.getByInstance()) {
            keys.add(INSTANCE);
        }
        if (request.getByTaskType()) {
            keys.add(TASK_TYPE);
        }
        Map<Attributes, Sums> agents = new HashMap<>();
        partition
                .series()
                .scan(
                        tenant,
                        selector(request),
                        range.fromMillis(),
                        range.toMillis(),
                        (series, window) -> agents.computeIfAbsent(
                                        series.attributes().only(keys), agent -> new Sums())
                                .add(window));
        List<Map.Entry<Attributes, Sums>> ordered = new ArrayList<>(agents.entrySet());
        ordered.removeIf(agent -> agent.getValue().count == 0);
        ordered.sort(Comparator.comparingLong((Map.Entry<Attributes, Sums> agent) -> -agent.getValue().count)
                .thenComparing(Map.Entry::getKey));
        int from = Math.min(page.offset(), ordered.size());
        int to = Math.min(ordered.size(), from + page.size());
        // live, the last window is not over yet: its rate is that of the time that has passed
        long passed = partition.recording().isPresent() ? range.toMillis() : Math.min(range.toMillis(), now);
        double seconds = Math.max(1, passed - range.fromMillis()) / 1e3;
        ListAgentMetricsResponse.Builder response = ListAgentMetricsResponse.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        for (Map.Entry<Attributes, Sums> agent : ordered.subList(from, to)) {
            response.addAgents(metrics(agent.getKey(), agent.getValue(), seconds));
        }
        if (to < ordered.size()) {
            response.setNextPageToken(
                    page.next(new Page.Place(range.fromMillis(), range.toMillis(), Integer.toString(to))));
        }
        return response.build();
    }

    private static Selector selector(ListAgentMetricsRequest request) {
        return request.getAgentType().isEmpty()
                ? Selector.of(METRIC)
                : Selector.of(METRIC, Matcher.equal(TYPE, request.getAgentType()));
    }

    private static AgentMetrics metrics(Attributes agent, Sums sums, double seconds) {
        Sketch latency = sums.latency;
        AgentMetrics.Builder metrics = AgentMetrics.newBuilder()
                .setAgentType(agent.get(TYPE))
                .setInstance(agent.get(INSTANCE))
                .setTaskType(agent.get(TASK_TYPE))
                .setCount(sums.count)
                .setFailed(sums.failed)
                .putAllErrors(sums.errors)
                .setRate(sums.count / seconds)
                .setErrorRatio(sums.failed / (double) sums.count);
        if (latency.count() > 0) {
            metrics.setLatency(LatencySummary.newBuilder()
                    .setMean(latency.sum() / latency.count())
                    .setMin(latency.min())
                    .setP50(latency.quantile(0.50))
                    .setP95(latency.quantile(0.95))
                    .setP99(latency.quantile(0.99))
                    .setMax(latency.max())
                    .setRelativeError(Sketch.RELATIVE_ERROR));
        }
        return metrics.build();
    }
}
