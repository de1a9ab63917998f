/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Selector;
import io.tocsin.v1.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What agents used. Thread-safe. */
final class UsageView {
    /**
     * One metric.
     *
     * @param by the attribute that tells most
     */
    record Measured(String metric, String by, boolean gauge) {}

    static final List<Measured> METRICS = List.of(
            new Measured("gen_ai.client.token.usage", "gen_ai.token.type", false),
            new Measured("tocsin.cost", AgentNames.TYPE, false),
            new Measured("tocsin.queue.depth", AgentNames.TYPE, true));

    private final OutcomeReader reader;

    UsageView(OutcomeReader reader) {
        this.reader = reader;
    }

    /** By metric, greatest value first, at most {@code top} of each. */
    List<Usage> of(Partition partition, String tenant, ViewRange range, int top) {
        List<Usage> usage = new ArrayList<>();
        for (Measured measured : METRICS) {
            reader
                    .lines(partition, tenant, Selector.of(measured.metric()), List.of(measured.by()), range, 0)
                    .values()
                    .stream()
                    .map(line -> usage(measured, line, range))
                    .sorted(Comparator.comparingDouble(Usage::getValue)
                            .reversed()
                            .thenComparing(Usage::getOf))
                    .limit(top)
                    .forEach(usage::add);
        }
        return usage;
    }

    private static Usage usage(Measured measured, OutcomeLine line, ViewRange range) {
        OutcomeSums sums = line.total();
        Usage.Builder usage =
                Usage.newBuilder().setMetric(measured.metric()).setOf(line.key().get(measured.by()));
        if (measured.gauge()) {
            return usage.setValue(sums.values.sum() / sums.values.count())
                    .setMax(sums.values.max())
                    .build();
        }
        return usage.setValue(sums.values.sum())
                .setRate(sums.values.sum() / range.seconds())
                .build();
    }
}
