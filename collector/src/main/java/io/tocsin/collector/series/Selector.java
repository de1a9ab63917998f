/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.series;

import java.util.List;

/** Picks the series of one metric whose attributes satisfy every matcher. */
public record Selector(String metric, List<Matcher> matchers) {
    public Selector {
        if (metric.isEmpty()) {
            throw new IllegalArgumentException("selector must name a metric");
        }
        matchers = List.copyOf(matchers);
    }

    public static Selector of(String metric, Matcher... matchers) {
        return new Selector(metric, List.of(matchers));
    }

    public boolean matches(SeriesKey series) {
        return metric.equals(series.metric()) && matchers.stream().allMatch(m -> m.matches(series.attributes()));
    }
}
