/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.rule.Spelling;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Why a selector matches no series, with the nearest there is. Immutable.
 *
 * @param remedy without a full stop
 */
record MissingSeries(String seen, String remedy) {
    /** Empty if it matches one. */
    static Optional<MissingSeries> of(Selector selector, List<SeriesKey> series) {
        if (series.stream().anyMatch(selector::matches)) {
            return Optional.empty();
        }
        List<SeriesKey> ofMetric = series.stream()
                .filter(s -> s.metric().equals(selector.metric()))
                .toList();
        if (ofMetric.isEmpty()) {
            return Optional.of(noMetric(selector.metric(), series));
        }
        for (Matcher matcher : selector.matchers()) {
            if (ofMetric.stream().noneMatch(s -> matcher.matches(s.attributes()))) {
                return Optional.of(noValue(selector.metric(), matcher, ofMetric));
            }
        }
        return Optional.of(new MissingSeries(
                "metric " + selector.metric() + " has series for each of its conditions, but none for all of them",
                "see which attributes come together, and take a condition away"));
    }

    private static MissingSeries noMetric(String metric, List<SeriesKey> series) {
        SortedSet<String> metrics = new TreeSet<>();
        series.forEach(s -> metrics.add(s.metric()));
        String seen = "there is no metric " + metric + "; there are " + Words.list(List.copyOf(metrics));
        return Spelling.nearest(metric, metrics)
                .map(near -> new MissingSeries(seen, "if " + near + " is meant, select that"))
                .orElseGet(() -> new MissingSeries(seen, "record it, or select one that there is"));
    }

    private static MissingSeries noValue(String metric, Matcher matcher, List<SeriesKey> ofMetric) {
        SortedSet<String> values = new TreeSet<>();
        SortedSet<String> keys = new TreeSet<>();
        for (SeriesKey one : ofMetric) {
            values.add(one.attributes().get(matcher.key()));
            keys.addAll(one.attributes().asMap().keySet());
        }
        String condition = condition(matcher);
        if (values.equals(new TreeSet<>(List.of("")))) {
            return new MissingSeries(
                    "no series of " + metric + " has " + condition + "; none has that attribute, they have "
                            + Words.list(List.copyOf(keys)),
                    Spelling.nearest(matcher.key(), keys)
                            .map(near -> "if " + near + " is meant, select by that")
                            .orElse("record the attribute, or take the condition away"));
        }
        List<String> there = new ArrayList<>();
        values.forEach(value -> there.add(value.isEmpty() ? "none" : value));
        return new MissingSeries(
                "no series of " + metric + " has " + condition + "; there are " + Words.list(there),
                matcher.values().stream()
                        .flatMap(value -> Spelling.nearest(value, values).stream())
                        .findFirst()
                        .map(near -> "if " + near + " is meant, select that")
                        .orElse("record it, or select a value that there is"));
    }

    private static String condition(Matcher matcher) {
        String values = String.join(" or ", matcher.values());
        return switch (matcher.operator()) {
            case EQUAL, IN -> matcher.key() + " = " + values;
            case NOT_EQUAL, NOT_IN -> matcher.key() + " other than " + values;
        };
    }
}
