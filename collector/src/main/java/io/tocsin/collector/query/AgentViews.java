/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Ordering;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.GetAgentMetricsRequest;
import io.tocsin.v1.GetAgentMetricsResponse;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rate, errors and duration of agents over whole windows of ten seconds. Thread-safe. */
final class AgentViews {
    private static final int MOST_PARTS = 100;
    private static final Ordering<OutcomeLine> ORDERS = new Ordering<OutcomeLine>(
                    Comparator.comparing(OutcomeLine::key))
            .greatestFirst("count", Comparator.comparingLong(line -> line.total().count))
            .greatestFirst("failed", Comparator.comparingLong(line -> line.total().failed))
            .greatestFirst(
                    "error_ratio",
                    Comparator.comparingDouble(line -> line.total().errorRatio()))
            .greatestFirst("rate", Comparator.comparingDouble(OutcomeLine::rate))
            .greatestFirst("p50", byQuantile(0.50))
            .greatestFirst("p95", byQuantile(0.95))
            .greatestFirst("p99", byQuantile(0.99))
            .greatestFirst("max", byQuantile(1))
            .leastFirst("agent_type", Comparator.comparing(line -> line.key().get(AgentNames.TYPE)));
    static final Comparator<OutcomeLine> BUSIEST = ORDERS.of("order_by", "count");
    static final Comparator<OutcomeLine> SLOWEST = ORDERS.of("order_by", "p95");
    static final Comparator<OutcomeLine> FAILING_MOST = ORDERS.of("order_by", "error_ratio");
    static final Comparator<OutcomeLine> MOST_FAILURES =
            Comparator.comparingLong((OutcomeLine line) -> -line.total().failed).thenComparing(BUSIEST);

    private final OutcomeReader reader;
    private final InstantSource clock;

    AgentViews(OutcomeReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    private static Comparator<OutcomeLine> byQuantile(double q) {
        return Comparator.comparingDouble(line -> line.total().quantile(q));
    }

    ListAgentMetricsResponse list(Partition partition, String tenant, ListAgentMetricsRequest request, Page page) {
        long now = clock.millis();
        ViewRange range = ViewRange.of(QueryRange.of(request.getRange(), partition, page, now), 0, partition, now);
        List<String> keys = new ArrayList<>(List.of(AgentNames.TYPE));
        if (request.getByInstance()) {
            keys.add(AgentNames.INSTANCE);
        }
        if (request.getByTaskType()) {
            keys.add(AgentNames.TASK_TYPE);
        }
        Comparator<OutcomeLine> order = ORDERS.of("order_by", request.getOrderBy());
        if (!request.getAgentType().isEmpty()) {
            AgentNames.requireKnown(partition, tenant, AgentNames.TASKS, request.getAgentType());
        }
        Selector selector = selector(request.getAgentType(), request.getInstance(), request.getTaskType());
        List<OutcomeLine> agents = new ArrayList<>(
                reader.lines(partition, tenant, selector, keys, range, 0).values());
        agents.sort(order);
        int from = Math.min(page.offset(), agents.size());
        int to = Math.min(agents.size(), from + page.size());
        ListAgentMetricsResponse.Builder response = ListAgentMetricsResponse.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        agents.subList(from, to).forEach(line -> response.addAgents(ProtoOutcomes.agent(line)));
        if (to < agents.size()) {
            response.setNextPageToken(
                    page.next(new Page.Place(range.fromMillis(), range.toMillis(), Integer.toString(to))));
        }
        return response.build();
    }

    /** Throws NOT_FOUND naming the agent types there are. */
    GetAgentMetricsResponse get(Partition partition, String tenant, GetAgentMetricsRequest request) {
        if (request.getAgentType().isEmpty()) {
            throw CallErrors.invalid("agent_type", "must be the name of an agent type, was empty");
        }
        AgentNames.requireKnown(partition, tenant, AgentNames.TASKS, request.getAgentType());
        long now = clock.millis();
        QueryRange asked = QueryRange.of(request.getRange(), partition, now);
        long step = request.hasStep() ? Steps.asked(request.getStep(), asked) : Steps.usual(asked, partition.series());
        ViewRange range = ViewRange.of(asked, step, partition, now);
        Selector selector = selector(request.getAgentType(), "", "");
        OutcomeLine total = reader.line(partition, tenant, selector, range, step);
        GetAgentMetricsResponse.Builder response = GetAgentMetricsResponse.newBuilder()
                .setTotal(ProtoOutcomes.agent(total).toBuilder().setAgentType(request.getAgentType()))
                .addAllTaskTypes(parts(partition, tenant, selector, AgentNames.TASK_TYPE, range))
                .addAllInstances(parts(partition, tenant, selector, AgentNames.INSTANCE, range))
                .addAllPoints(ProtoOutcomes.points(total, range))
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        OpenAlerts.worstFirst(partition, tenant).stream()
                .filter(alert -> alert.group().get(AgentNames.TYPE).equals(request.getAgentType()))
                .limit(MOST_PARTS)
                .forEach(alert -> response.addAlerts(ProtoAlerts.alert(alert)));
        return response.build();
    }

    private List<AgentMetrics> parts(
            Partition partition, String tenant, Selector selector, String by, ViewRange range) {
        return reader.lines(partition, tenant, selector, List.of(AgentNames.TYPE, by), range, 0).values().stream()
                .sorted(BUSIEST)
                .limit(MOST_PARTS)
                .map(ProtoOutcomes::agent)
                .toList();
    }

    private static Selector selector(String agentType, String instance, String taskType) {
        List<Matcher> matchers = new ArrayList<>();
        LatencyTrends.addEqual(matchers, AgentNames.TYPE, agentType);
        LatencyTrends.addEqual(matchers, AgentNames.INSTANCE, instance);
        LatencyTrends.addEqual(matchers, AgentNames.TASK_TYPE, taskType);
        return new Selector(AgentNames.TASKS, matchers);
    }
}
