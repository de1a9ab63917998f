/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.client.Status;
import java.util.List;
import java.util.SplittableRandom;

/** The finished calls of one instance of an agent. Confined to its simulation's thread. */
final class AgentCalls implements CallStream {
    private static final double CANCELLED_SHARE = 0.0005;
    private static final List<String> ERROR_TYPES =
            List.of("rate_limited", "tool_error", "invalid_output", "context_overflow");
    private static final double TIMED_OUT_SHARE_OF_ERRORS = 0.1;

    private final AgentLoad load;
    private final String instance;
    private final double shareOfLoad;
    private final List<SimulatedSeries> seriesByTask;
    private final SplittableRandom random;
    private final Arrivals arrivals;

    AgentCalls(
            AgentLoad load,
            String instance,
            double shareOfLoad,
            List<SimulatedSeries> seriesByTask,
            SplittableRandom random) {
        this.load = load;
        this.instance = instance;
        this.shareOfLoad = shareOfLoad;
        this.seriesByTask = List.copyOf(seriesByTask);
        this.random = random;
        this.arrivals = new Arrivals(random.split());
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public double rate() {
        return load.rate() * shareOfLoad;
    }

    // Draws the same numbers whether there is an incident or not, so that an incident changes nothing but what it hits.
    @Override
    public void finish(double millis, Effects effects, SimulationSink sink) {
        AgentType type = load.type();
        double latencySeconds = type.medianSeconds() * StrictMath.exp(type.sigma() * random.nextGaussian());
        SimulatedSeries series = seriesByTask.get(random.nextInt(seriesByTask.size()));
        double fate = random.nextDouble();
        double cause = random.nextDouble();
        if (random.nextDouble() < effects.missing(type.name(), instance)) {
            return;
        }
        load.countCall();
        latencySeconds *= effects.latencyFactor(type.name(), instance);
        double failing = Math.min(1, type.errorRate() + effects.extraErrors(type.name(), instance));
        if (fate < failing && cause < TIMED_OUT_SHARE_OF_ERRORS) {
            sink.outcome(series, (long) millis, latencySeconds, Status.TIMED_OUT, "timeout");
        } else if (fate < failing) {
            String errorType = ERROR_TYPES.get((int) (cause * ERROR_TYPES.size()));
            sink.outcome(series, (long) millis, latencySeconds, Status.ERROR, errorType);
        } else {
            boolean cancelled = fate > 1 - CANCELLED_SHARE;
            sink.outcome(series, (long) millis, latencySeconds, cancelled ? Status.CANCELLED : Status.OK, null);
        }
    }
}
