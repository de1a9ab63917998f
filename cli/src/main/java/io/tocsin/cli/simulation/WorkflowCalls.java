/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.client.Status;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The orchestrator's own finished requests. Each takes as long as the agents it calls, one after the other, and fails
 * seldom when they fail, because failed calls are repeated elsewhere. Confined to its simulation's thread.
 */
final class WorkflowCalls implements CallStream {
    /** Share of an agent's extra errors that no repetition makes good. */
    private static final double UNRECOVERED_SHARE = 0.01;

    private final Fleet fleet;
    private final List<AgentLoad> loads;
    private final Map<String, AgentType> types;
    private final List<SimulatedSeries> seriesByPlan;
    private final SplittableRandom random;
    private final Arrivals arrivals;

    WorkflowCalls(
            Fleet fleet,
            List<AgentLoad> loads,
            Map<String, AgentType> types,
            List<SimulatedSeries> seriesByPlan,
            SplittableRandom random) {
        this.fleet = fleet;
        this.loads = List.copyOf(loads);
        this.types = Map.copyOf(types);
        this.seriesByPlan = List.copyOf(seriesByPlan);
        this.random = random;
        this.arrivals = new Arrivals(random.split());
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public double rate() {
        double calls = 0;
        for (AgentLoad load : loads) {
            calls += load.rate();
        }
        return calls / fleet.callsPerWorkflow();
    }

    @Override
    public void finish(double millis, Effects effects, SimulationSink sink) {
        int plan = random.nextInt(seriesByPlan.size());
        double latencySeconds = 0;
        double succeeding = 1 - Math.max(fleet.workflowErrorRate(), effects.burntShare());
        for (String name : fleet.workflows().get(plan).agentTypes()) {
            AgentType type = typeNamed(name);
            String instance = Fleet.instanceName(type, random.nextInt(fleet.instancesPerType()));
            latencySeconds += type.medianSeconds()
                    * StrictMath.exp(type.sigma() * random.nextGaussian())
                    * effects.latencyFactor(name, instance);
            if (effects.burntShare() == 0) {
                succeeding *= 1 - UNRECOVERED_SHARE * effects.extraErrors(name, instance);
            }
        }
        double fate = random.nextDouble();
        if (random.nextDouble() < effects.missingWorkflows()) {
            return;
        }
        boolean failed = fate >= succeeding;
        sink.outcome(
                seriesByPlan.get(plan),
                (long) millis,
                latencySeconds,
                failed ? Status.ERROR : Status.OK,
                failed ? "agent_failed" : null);
    }

    private AgentType typeNamed(String name) {
        AgentType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("workflow calls agent type " + name + ", known are " + types.keySet());
        }
        return type;
    }
}
