/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Ordering;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.Comparison;
import io.tocsin.v1.GetLatencyTrendsRequest;
import io.tocsin.v1.GetLatencyTrendsResponse;
import io.tocsin.v1.LatencySummary;
import io.tocsin.v1.LatencyTrend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Latency over time, beside that of the day and of the week before. Thread-safe. */
final class LatencyTrends {
    static final long USUAL_LENGTH_MILLIS = 3_600_000L;
    static final long DAY_MILLIS = 24 * 3_600_000L;
    static final long WEEK_MILLIS = 7 * DAY_MILLIS;
    private static final int MAX_GROUP_BY = 32;
    private static final int MAX_NAME_CHARS = 128;
    private static final Ordering<Trend> ORDERS = new Ordering<Trend>(Comparator.comparing(trend -> trend.now.key()))
            .greatestFirst("count", Comparator.comparingLong(trend -> trend.now.total().count))
            .greatestFirst(
                    "p95", Comparator.comparingDouble(trend -> trend.now.total().quantile(0.95)))
            .greatestFirst("change_day", Comparator.comparingDouble(trend -> change(trend.now, trend.day)))
            .greatestFirst("change_week", Comparator.comparingDouble(trend -> change(trend.now, trend.week)));

    /** One line, now and then. */
    private record Trend(OutcomeLine now, OutcomeLine day, OutcomeLine week) {}

    private final OutcomeReader reader;
    private final InstantSource clock;

    LatencyTrends(OutcomeReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** How many times the p95 is what it was; 0 where nothing is known of then: nothing became greater. */
    private static double change(OutcomeLine now, OutcomeLine then) {
        double before = then.total().quantile(0.95);
        return before > 0 ? now.total().quantile(0.95) / before : 0;
    }

    /** What of a request can be wrong before anything is read; throws INVALID_ARGUMENT. */
    static void check(GetLatencyTrendsRequest request) {
        List<String> groupBy = request.getGroupByList();
        if (groupBy.size() > MAX_GROUP_BY || new HashSet<>(groupBy).size() < groupBy.size() || groupBy.contains("")) {
            throw CallErrors.invalid(
                    "group_by", "must be at most " + MAX_GROUP_BY + " different attribute keys, was " + groupBy);
        }
        if (request.getMetric().length() > MAX_NAME_CHARS) {
            throw CallErrors.invalid(
                    "metric",
                    "must have at most " + MAX_NAME_CHARS + " characters, had "
                            + request.getMetric().length());
        }
        ORDERS.of("order_by", request.getOrderBy());
    }

    GetLatencyTrendsResponse of(Partition partition, String tenant, GetLatencyTrendsRequest request, Page page) {
        long now = clock.millis();
        QueryRange asked = QueryRange.of(request.getRange(), partition, page, now, USUAL_LENGTH_MILLIS);
        long step = request.hasStep() ? Steps.asked(request.getStep(), asked) : Steps.usual(asked, partition.series());
        ViewRange range = ViewRange.of(asked, step, partition, now);
        String metric = request.getMetric().isEmpty() ? AgentNames.TASKS : request.getMetric();
        if (!request.getAgentType().isEmpty()) {
            AgentNames.requireKnown(partition, tenant, metric, request.getAgentType());
        }
        Selector selector = selector(metric, request);
        List<Trend> trends = trends(partition, tenant, selector, request.getGroupByList(), range, step);
        trends.sort(ORDERS.of("order_by", request.getOrderBy()));
        int from = Math.min(page.offset(), trends.size());
        int to = Math.min(trends.size(), from + page.size());
        GetLatencyTrendsResponse.Builder response = GetLatencyTrendsResponse.newBuilder()
                .setStartTime(CallTimes.timestamp(range.fromMillis()))
                .setEndTime(CallTimes.timestamp(range.toMillis()));
        trends.subList(from, to).forEach(trend -> response.addTrends(proto(trend, range)));
        if (to < trends.size()) {
            response.setNextPageToken(
                    page.next(new Page.Place(range.fromMillis(), range.toMillis(), Integer.toString(to))));
        }
        return response.build();
    }

    private List<Trend> trends(
            Partition partition, String tenant, Selector selector, List<String> groupBy, ViewRange range, long step) {
        Map<Attributes, OutcomeLine> lines = reader.lines(partition, tenant, selector, groupBy, range, step);
        ViewRange dayRange = range.earlier(DAY_MILLIS, partition);
        ViewRange weekRange = range.earlier(WEEK_MILLIS, partition);
        Map<Attributes, OutcomeLine> day = reader.lines(partition, tenant, selector, groupBy, dayRange, 0);
        Map<Attributes, OutcomeLine> week = reader.lines(partition, tenant, selector, groupBy, weekRange, 0);
        List<Trend> trends = new ArrayList<>();
        lines.forEach((key, line) -> trends.add(new Trend(
                line,
                day.getOrDefault(key, new OutcomeLine(key, dayRange, 0)),
                week.getOrDefault(key, new OutcomeLine(key, weekRange, 0)))));
        return trends;
    }

    private static LatencyTrend proto(Trend trend, ViewRange range) {
        OutcomeSums sums = trend.now.total();
        LatencyTrend.Builder proto = LatencyTrend.newBuilder()
                .addAllAttributes(ProtoAlerts.attributes(trend.now.key()))
                .addAllPoints(ProtoOutcomes.points(trend.now, range))
                .setCount(sums.count)
                .setDayBefore(comparison(trend.now, trend.day))
                .setWeekBefore(comparison(trend.now, trend.week))
                .setCoverage(trend.now.coverageOfSteps())
                .addAllSlowTraceIds(sums.slowTraceIds());
        sums.latency().ifPresent(proto::setLatency);
        return proto.build();
    }

    private static Comparison comparison(OutcomeLine now, OutcomeLine then) {
        Comparison.Builder comparison = Comparison.newBuilder().setCoverage(then.coverage());
        then.total().latency().ifPresent(before -> {
            comparison.setLatency(before).setCount(then.total().count);
            now.total().latency().ifPresent(after -> setRatios(comparison, after, before));
        });
        return comparison.build();
    }

    private static void setRatios(Comparison.Builder comparison, LatencySummary now, LatencySummary before) {
        if (before.getP50() > 0) {
            comparison.setP50Ratio(now.getP50() / before.getP50());
        }
        if (before.getP95() > 0) {
            comparison.setP95Ratio(now.getP95() / before.getP95());
        }
        if (before.getP99() > 0) {
            comparison.setP99Ratio(now.getP99() / before.getP99());
        }
    }

    private static Selector selector(String metric, GetLatencyTrendsRequest request) {
        List<Matcher> matchers = new ArrayList<>();
        addEqual(matchers, AgentNames.TYPE, request.getAgentType());
        addEqual(matchers, AgentNames.TASK_TYPE, request.getTaskType());
        addEqual(matchers, AgentNames.INSTANCE, request.getInstance());
        return new Selector(metric, matchers);
    }

    static void addEqual(List<Matcher> matchers, String key, String value) {
        if (!value.isEmpty()) {
            matchers.add(Matcher.equal(key, value));
        }
    }
}
