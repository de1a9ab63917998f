/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.v1.Attribute;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.SeriesLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What each agent type did, step by step. Immutable.
 *
 * @param step length of a step
 * @param steps oldest first, by agent type, for each equally many
 */
public record Trends(Duration step, Map<String, List<Step>> steps) {
    /** Now is as long as this, in whole steps. */
    private static final Duration NOW = Duration.ofSeconds(5);

    public Trends {
        steps = Map.copyOf(steps);
    }

    /**
     * What happened in one step.
     *
     * @param index steps since 1970 UTC
     * @param count outcomes
     * @param failed failed ones
     * @param sumSeconds of their latencies
     */
    public record Step(long index, long count, long failed, double sumSeconds) {
        private Step plus(Step other) {
            return new Step(index, count + other.count, failed + other.failed, sumSeconds + other.sumSeconds);
        }
    }

    /** Nothing is known. */
    public static Trends none() {
        return new Trends(Duration.ofSeconds(1), Map.of());
    }

    /**
     * From lines by agent type. Steps that are not over at {@code untilMillis} are left out: records may still come to them.
     */
    public static Trends of(QuerySeriesResponse answer, Duration step, long untilMillis) {
        long length = step.toMillis();
        long first = Times.millis(answer.getStartTime()) / length;
        long end = Math.min(Times.millis(answer.getEndTime()), untilMillis) / length;
        Map<String, List<Step>> steps = new HashMap<>();
        for (SeriesLine line : answer.getLinesList()) {
            Map<Long, Point> points = new HashMap<>();
            line.getPointsList().forEach(p -> points.put(Times.millis(p.getStartTime()) / length, p));
            List<Step> dense = new ArrayList<>();
            for (long i = first; i < end; i++) {
                Point point = points.getOrDefault(i, Point.getDefaultInstance());
                dense.add(new Step(i, point.getCount(), point.getFailed(), point.getSum()));
            }
            String agent = line.getAttributesList().stream()
                    .map(Attribute::getValue)
                    .findFirst()
                    .orElse("");
            steps.put(agent, List.copyOf(dense));
        }
        return new Trends(step, steps);
    }

    /** How long "now" is. */
    public Duration nowLength() {
        long length = Math.max(1, NOW.dividedBy(step));
        return step.multipliedBy(length);
    }

    /** What an agent did in the newest steps, all together. */
    public Optional<Step> now(String agent) {
        List<Step> all = steps.getOrDefault(agent, List.of());
        int newest = (int) nowLength().dividedBy(step);
        return all.subList(Math.max(0, all.size() - newest), all.size()).stream()
                .reduce(Step::plus);
    }

    /** Outcomes of each span; not a number before the first ones. Over as many spans of the whole as fit into so many columns. */
    public List<Double> rates(String agent, int columns) {
        List<Double> rates = new ArrayList<>(spans(agent, columns, s -> (double) s.count()));
        for (int i = 0; i < rates.size() && rates.get(i) == 0; i++) {
            rates.set(i, Double.NaN);
        }
        return rates;
    }

    /** Shares that failed; not a number where there were no outcomes. */
    public List<Double> errors(String agent, int columns) {
        return spans(agent, columns, s -> s.count() == 0 ? Double.NaN : (double) s.failed() / s.count());
    }

    /** Mean latencies in seconds; not a number where there were no outcomes. */
    public List<Double> latencies(String agent, int columns) {
        return spans(agent, columns, s -> s.count() == 0 ? Double.NaN : s.sumSeconds() / s.count());
    }

    // Spans begin at multiples of their length, so that a step never moves to another span.
    private List<Double> spans(String agent, int columns, ToDoubleFunction<Step> value) {
        List<Step> all = steps.getOrDefault(agent, List.of());
        if (all.isEmpty() || columns < 1) {
            return List.of();
        }
        int length = (all.size() + columns - 1) / columns;
        List<Double> values = new ArrayList<>();
        Step sum = null;
        int summed = 0;
        for (Step step : all) {
            if (sum != null && step.index() / length != sum.index() / length) {
                add(values, value.applyAsDouble(sum), summed, length);
                sum = null;
                summed = 0;
            }
            sum = sum == null ? step : sum.plus(step);
            summed++;
        }
        if (sum != null) {
            add(values, value.applyAsDouble(sum), summed, length);
        }
        return values;
    }

    // a span of which only a part is known would look like a drop
    private static void add(List<Double> values, double value, int summed, int length) {
        if (summed == length) {
            values.add(value);
        }
    }
}
