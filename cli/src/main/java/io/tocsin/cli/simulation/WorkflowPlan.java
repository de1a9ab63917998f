/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.List;

/**
 * A kind of request to the orchestrator and the agents it calls, one after the other. Immutable.
 *
 * @param name value of {@code gen_ai.workflow.name}
 * @param taskType value of {@code tocsin.task.type}
 * @param agentTypes names of the agent types it calls, in order
 */
public record WorkflowPlan(String name, String taskType, List<String> agentTypes) {
    public WorkflowPlan {
        agentTypes = List.copyOf(agentTypes);
    }
}
