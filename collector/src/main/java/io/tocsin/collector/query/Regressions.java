/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.v1.Regression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became worse. A difference counts when it is larger than what noise makes of few records: both ranges have fifty, and
 *
 * <ul>
 *   <li>p50 or p95 grew by a fifth, p95 only from two hundred records on;
 *   <li>the share of failures grew by two points, and by three standard errors;
 *   <li>the rate fell by a quarter, though the time before was seen for the most part.
 * </ul>
 *
 * <p>Each is weighed by how many times that limit it is, latency and rate on a scale of ratios: the heaviest come first.
 */
final class Regressions {
    private static final long MIN_COUNT = 50;
    private static final long MIN_COUNT_P95 = 200;
    private static final double LEAST_RATIO = 1.2;
    private static final double LEAST_SHARE = 0.02;
    private static final double LEAST_DROP = 1 / 0.75;
    private static final double STANDARD_ERRORS = 3;
    private static final double LEAST_COVERAGE = 0.5;

    private record Weighed(double weight, Regression regression) {}

    private final Map<String, Weighed> worst = new TreeMap<>();

    /** Compares a line with what it was; of several comparisons of one thing the heaviest stays. */
    void compare(String metric, OutcomeLine now, OutcomeLine before, String comparedWith) {
        long least = Math.min(now.total().count, before.total().count);
        Regression.Builder what = Regression.newBuilder()
                .setMetric(metric)
                .setAgentType(now.key().get(AgentNames.TYPE))
                .setComparedWith(comparedWith);
        if (least >= MIN_COUNT && before.coverage() > 0) {
            latency(what, "p50", 0.5, now, before);
            share(what, now, before);
        }
        if (least >= MIN_COUNT_P95) {
            latency(what, "p95", 0.95, now, before);
        }
        if (before.total().count >= MIN_COUNT && before.coverage() >= LEAST_COVERAGE) {
            rate(what, now, before);
        }
    }

    private void latency(Regression.Builder what, String name, double q, OutcomeLine now, OutcomeLine before) {
        double after = now.total().quantile(q);
        double then = before.total().quantile(q);
        if (then > 0 && after / then >= LEAST_RATIO) {
            add(
                    Math.log(after / then) / Math.log(LEAST_RATIO),
                    what.setWhat(name)
                            .setNow(after)
                            .setBefore(then)
                            .setChange(after / then)
                            .setUnit("s"));
        }
    }

    private void share(Regression.Builder what, OutcomeLine now, OutcomeLine before) {
        double after = now.total().errorRatio();
        double then = before.total().errorRatio();
        double error =
                Math.sqrt(variance(then, before.total().count) + variance(Math.max(after, then), now.total().count));
        double grown = after - then;
        if (grown >= LEAST_SHARE && grown >= STANDARD_ERRORS * error) {
            add(
                    grown / LEAST_SHARE,
                    what.setWhat("error_ratio")
                            .setNow(after)
                            .setBefore(then)
                            .setChange(grown)
                            .setUnit("1"));
        }
    }

    private static double variance(double share, long count) {
        return share * (1 - share) / count;
    }

    private void rate(Regression.Builder what, OutcomeLine now, OutcomeLine before) {
        double after = now.rate();
        double then = before.rate();
        if (then / Math.max(after, then / 1_000) >= LEAST_DROP) {
            add(
                    Math.log(then / Math.max(after, then / 1_000)) / Math.log(LEAST_DROP),
                    what.setWhat("rate")
                            .setNow(after)
                            .setBefore(then)
                            .setChange(after / then)
                            .setUnit("1/s"));
        }
    }

    private void add(double weight, Regression.Builder regression) {
        String key = regression.getMetric() + '\n' + regression.getAgentType() + '\n' + regression.getWhat();
        Weighed known = worst.get(key);
        if (known == null || weight > known.weight()) {
            worst.put(key, new Weighed(weight, regression.build()));
        }
    }

    /** Compares all together, and each agent type. An agent type that is gone counts as one with a rate of 0. */
    void compareAll(Outcomes now, Outcomes before, String comparedWith) {
        compare(AgentNames.REQUESTS, now.requests(), before.requests(), comparedWith);
        compare(AgentNames.TASKS, now.tasks(), before.tasks(), comparedWith);
        before.agents()
                .forEach((type, line) -> compare(
                        AgentNames.TASKS,
                        Optional.ofNullable(now.agents().get(type))
                                .orElseGet(() -> now.tasks().none(type)),
                        line,
                        comparedWith));
    }

    /** Heaviest first. */
    List<Regression> first(int top) {
        List<Weighed> all = new ArrayList<>(worst.values());
        all.sort(Comparator.comparingDouble(Weighed::weight).reversed());
        return all.stream().limit(top).map(Weighed::regression).toList();
    }
}
