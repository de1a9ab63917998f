/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.List;

/**
 * The orchestrator that is simulated: its agents and what it asks of them. Immutable.
 *
 * @param agentTypes the agents by type
 * @param instancesPerType processes of each type, at most 64; the first gets most of the load
 * @param workflows what the orchestrator is asked for, equally often
 * @param callsPerWorkflow agent calls for each finished workflow
 * @param workflowErrorRate share of workflows that fail in usual times, 0 to 1
 */
public record Fleet(
        List<AgentType> agentTypes,
        int instancesPerType,
        List<WorkflowPlan> workflows,
        double callsPerWorkflow,
        double workflowErrorRate) {
    public Fleet {
        agentTypes = List.copyOf(agentTypes);
        workflows = List.copyOf(workflows);
        if (instancesPerType < 1 || instancesPerType > 64) {
            throw new IllegalArgumentException("instancesPerType must be 1 to 64, was " + instancesPerType);
        }
    }

    /**
     * Five agent types with three instances each, about 230 calls a second together. The quietest type stays above 10 a
     * second at the bottom of its day. The orchestrator repeats failed calls elsewhere, so its own requests fail far
     * less often than its agents' calls.
     */
    public static Fleet standard() {
        return new Fleet(
                List.of(
                        new AgentType("planner", 0.120, 0.5, 0.0010, 36, List.of("plan", "replan"), 900),
                        new AgentType("researcher", 0.300, 0.6, 0.0030, 60, List.of("search", "read"), 2_400),
                        new AgentType("coder", 0.260, 0.6, 0.0050, 45, List.of("write", "fix"), 3_100),
                        new AgentType("reviewer", 0.140, 0.5, 0.0002, 40, List.of("review", "judge"), 1_200),
                        new AgentType("summarizer", 0.170, 0.5, 0.0008, 50, List.of("summarize", "title"), 700)),
                3,
                List.of(
                        new WorkflowPlan("answer-question", "answer", List.of("planner", "researcher", "summarizer")),
                        new WorkflowPlan("write-code", "code", List.of("planner", "coder", "reviewer")),
                        new WorkflowPlan("daily-report", "report", List.of("researcher", "reviewer", "summarizer"))),
                4,
                0.0001);
    }

    /** The same fleet with every rate multiplied by {@code factor}, greater than 0. */
    public Fleet busier(double factor) {
        List<AgentType> busier = agentTypes.stream()
                .map(t -> new AgentType(
                        t.name(),
                        t.medianSeconds(),
                        t.sigma(),
                        t.errorRate(),
                        t.outcomesPerSecond() * factor,
                        t.taskTypes(),
                        t.tokensPerCall()))
                .toList();
        return new Fleet(busier, instancesPerType, workflows, callsPerWorkflow, workflowErrorRate);
    }

    /** Name of an instance: {@code gen_ai.agent.id}. */
    static String instanceName(AgentType type, int instance) {
        return type.name() + "-" + (instance + 1);
    }

    /** Share of a type's calls that its instance number {@code instance} takes: uneven, together 1. */
    double shareOf(int instance) {
        double weights = 0;
        for (int i = 0; i < instancesPerType; i++) {
            weights += weight(i);
        }
        return weight(instance) / weights;
    }

    private static double weight(int instance) {
        return 1.0 / (1.0 + 0.15 * instance);
    }
}
