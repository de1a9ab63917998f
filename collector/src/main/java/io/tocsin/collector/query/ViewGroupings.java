/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.disk.Grouping;
import java.util.List;
import java.util.stream.Stream;

/** What views show of all series together, so that a store keeps it as such and a view of weeks need not read every series. */
public final class ViewGroupings {
    public static final List<Grouping> ALL = Stream.concat(
                    Stream.of(
                            new Grouping(Selector.of(AgentNames.REQUESTS), List.of()),
                            new Grouping(Selector.of(AgentNames.TASKS), List.of(AgentNames.TYPE))),
                    UsageView.METRICS.stream()
                            .map(usage -> new Grouping(Selector.of(usage.metric()), List.of(usage.by()))))
            .toList();

    private ViewGroupings() {}
}
