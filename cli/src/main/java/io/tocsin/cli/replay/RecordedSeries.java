/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose calls. Immutable.
 *
 * @param agentType {@code gen_ai.agent.name}
 * @param instance {@code gen_ai.agent.id}; empty: none
 * @param taskType {@code tocsin.task.type}; empty: none
 */
record RecordedSeries(String agentType, String instance, String taskType) {
    static final String METRIC = "gen_ai.invoke_agent.duration";

    /** Keys and values in turn, without those that are empty. */
    String[] keyValuePairs() {
        List<String> pairs = new ArrayList<>(List.of("gen_ai.agent.name", agentType));
        if (!instance.isEmpty()) {
            pairs.addAll(List.of("gen_ai.agent.id", instance));
        }
        if (!taskType.isEmpty()) {
            pairs.addAll(List.of("tocsin.task.type", taskType));
        }
        return pairs.toArray(String[]::new);
    }
}
