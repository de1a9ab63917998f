/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import java.util.List;
import java.util.Map;

/**
 * What an orchestrator and its agents did in a range.
 *
 * @param requests orchestration requests
 * @param agents tasks by agent type
 * @param tasks all of them together
 */
record Outcomes(ViewRange range, OutcomeLine requests, Map<Attributes, OutcomeLine> agents, OutcomeLine tasks) {

    static Outcomes read(OutcomeReader reader, Partition partition, String tenant, ViewRange range, long stepMillis) {
        Map<Attributes, OutcomeLine> agents = reader.lines(
                partition, tenant, Selector.of(AgentNames.TASKS), List.of(AgentNames.TYPE), range, stepMillis);
        return new Outcomes(
                range,
                reader.line(partition, tenant, Selector.of(AgentNames.REQUESTS), range, stepMillis),
                agents,
                OutcomeLine.all(agents.values(), range, stepMillis));
    }
}
