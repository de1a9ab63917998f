/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An agent orchestrator in simulated time: the same fleet, incidents, seed and start give the same records. Produces
 * whole slices of 100 ms; agents' meters (tokens, cost, queue depth) are read each second. Not thread-safe.
 */
public final class Simulation {
    /** Records come in slices of this length. */
    public static final long SLICE_MILLIS = 100;

    private static final String AGENT_OUTCOMES = "gen_ai.invoke_agent.duration";
    private static final String WORKFLOW_OUTCOMES = "gen_ai.workflow.duration";

    private final List<SimulatedSeries> series = new ArrayList<>();
    private final List<AgentLoad> loads = new ArrayList<>();
    private final List<AgentMeters> meters = new ArrayList<>();
    private final List<CallStream> streams = new ArrayList<>();
    private final Effects effects;
    private final long startMillis;
    private long nowMillis;
    private long[] arrivals = new long[256];

    /**
     * A simulation that begins at {@code startMillis} (since 1970 UTC).
     *
     * @throws IllegalArgumentException incidents that overlap or are out of order
     */
    public Simulation(Fleet fleet, List<Incident> incidents, long seed, long startMillis) {
        this.effects = new Effects(incidents);
        this.startMillis = startMillis;
        this.nowMillis = startMillis;
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, AgentType> types = new LinkedHashMap<>();
        for (AgentType type : fleet.agentTypes()) {
            types.put(type.name(), type);
            AgentLoad load = new AgentLoad(type, new LoadCurve(random.split(), startMillis));
            loads.add(load);
            meters.add(AgentMeters.of(load, random.split(), this::define));
            for (int i = 0; i < fleet.instancesPerType(); i++) {
                streams.add(agentCalls(load, Fleet.instanceName(type, i), fleet.shareOf(i), random.split()));
            }
        }
        List<SimulatedSeries> workflows = fleet.workflows().stream()
                .map(w -> define(
                        WORKFLOW_OUTCOMES, Map.of("gen_ai.workflow.name", w.name(), "tocsin.task.type", w.taskType())))
                .toList();
        streams.add(new WorkflowCalls(fleet, loads, types, workflows, random.split()));
    }

    /** All series it will ever produce, by id. */
    public List<SimulatedSeries> series() {
        return List.copyOf(series);
    }

    /** Everything before this time has been produced. */
    public long nowMillis() {
        return nowMillis;
    }

    /**
     * Other incidents from now on; those that have begun should be among them as they are. What has been produced stays.
     *
     * @throws IllegalArgumentException incidents that overlap or are out of order
     */
    public void reschedule(List<Incident> incidents) {
        effects.replace(incidents);
    }

    /** Produces, in order of time, what has not been produced yet and ends before the last slice up to {@code untilMillis}. */
    public void advanceTo(long untilMillis, SimulationSink sink) {
        while (nowMillis + SLICE_MILLIS <= untilMillis) {
            if ((nowMillis - startMillis) % 1_000 == 0) {
                beginSecond(sink);
            }
            produceSlice(sink);
            nowMillis += SLICE_MILLIS;
        }
    }

    private void beginSecond(SimulationSink sink) {
        effects.moveTo((double) nowMillis);
        for (int i = 0; i < loads.size(); i++) {
            long calls = loads.get(i).beginSecond(nowMillis);
            if (nowMillis > startMillis) {
                meters.get(i).read(nowMillis, calls, effects, sink);
            }
        }
    }

    private void produceSlice(SimulationSink sink) {
        int found = 0;
        for (int i = 0; i < streams.size(); i++) {
            CallStream stream = streams.get(i);
            double expected = stream.rate() * SLICE_MILLIS / 1_000.0;
            stream.arrivals().begin();
            for (double at = stream.arrivals().next(expected);
                    at >= 0;
                    at = stream.arrivals().next(expected)) {
                if (found == arrivals.length) {
                    arrivals = Arrays.copyOf(arrivals, 2 * found);
                }
                // place in the slice above, stream below: sorting the one number sorts by time
                arrivals[found++] = ((long) (at * (1L << 40)) << 16) | i;
            }
        }
        Arrays.sort(arrivals, 0, found);
        for (int k = 0; k < found; k++) {
            double millis = nowMillis + SLICE_MILLIS * ((arrivals[k] >>> 16) / (double) (1L << 40));
            effects.moveTo(millis);
            streams.get((int) (arrivals[k] & 0xFFFF)).finish(millis, effects, sink);
        }
    }

    private AgentCalls agentCalls(AgentLoad load, String instance, double share, SplittableRandom random) {
        List<SimulatedSeries> byTask = load.type().taskTypes().stream()
                .map(task -> define(
                        AGENT_OUTCOMES,
                        Map.of(
                                "gen_ai.agent.name", load.type().name(),
                                "gen_ai.agent.id", instance,
                                "tocsin.task.type", task)))
                .toList();
        return new AgentCalls(load, instance, share, byTask, random);
    }

    private SimulatedSeries define(String metric, Map<String, String> attributes) {
        SimulatedSeries defined = new SimulatedSeries(series.size(), metric, attributes);
        series.add(defined);
        return defined;
    }
}
