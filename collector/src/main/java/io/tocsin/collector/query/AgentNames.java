/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.partition.Partition;
import java.util.List;
import java.util.TreeSet;

/** Names of what views are about, as docs/metrics.md fixes them, and the agent types there are. */
final class AgentNames {
    static final String REQUESTS = "gen_ai.workflow.duration";
    static final String TASKS = "gen_ai.invoke_agent.duration";
    static final String TYPE = "gen_ai.agent.name";
    static final String INSTANCE = "gen_ai.agent.id";
    static final String TASK_TYPE = "tocsin.task.type";

    private AgentNames() {}

    /** By name: those of which anything is kept. */
    static List<String> types(Partition partition, String tenant, String metric) {
        TreeSet<String> types = new TreeSet<>();
        partition
                .series()
                .totals(
                        tenant,
                        metric,
                        (series, totals) -> types.add(series.attributes().get(TYPE)));
        types.remove("");
        return List.copyOf(types);
    }

    /** Throws NOT_FOUND naming those there are. */
    static void requireKnown(Partition partition, String tenant, String metric, String agentType) {
        List<String> known = types(partition, tenant, metric);
        if (!known.contains(agentType)) {
            throw CallErrors.notFound("agent type", agentType, known);
        }
    }
}
