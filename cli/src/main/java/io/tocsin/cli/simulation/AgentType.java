/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.List;

/**
 * A kind of agent and how it usually does. Immutable.
 *
 * @param name value of {@code gen_ai.agent.name}
 * @param medianSeconds median latency; latencies are lognormal around it
 * @param sigma standard deviation of the latency's logarithm
 * @param errorRate share of calls that fail in usual times, 0 to 1
 * @param outcomesPerSecond finished calls a second over all its instances, averaged over a day
 * @param taskTypes values of {@code tocsin.task.type}, equally frequent
 * @param tokensPerCall mean tokens of a call, in and out together
 */
public record AgentType(
        String name,
        double medianSeconds,
        double sigma,
        double errorRate,
        double outcomesPerSecond,
        List<String> taskTypes,
        double tokensPerCall) {
    public AgentType {
        taskTypes = List.copyOf(taskTypes);
    }
}
