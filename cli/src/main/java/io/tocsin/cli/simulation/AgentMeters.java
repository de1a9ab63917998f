/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Tokens, cost and queue depth of an agent type, read once a second. Confined to its simulation's thread. */
final class AgentMeters {
    private static final double INPUT_SHARE = 0.8;
    private static final double COST_PER_TOKEN = 0.000_004;

    private final AgentLoad load;
    private final SplittableRandom random;
    private final SimulatedSeries inputTokens;
    private final SimulatedSeries outputTokens;
    private final SimulatedSeries cost;
    private final SimulatedSeries queueDepth;

    private AgentMeters(
            AgentLoad load, SplittableRandom random, BiFunction<String, Map<String, String>, SimulatedSeries> define) {
        String agent = load.type().name();
        this.load = load;
        this.random = random;
        this.inputTokens = define.apply(
                "gen_ai.client.token.usage", Map.of("gen_ai.agent.name", agent, "gen_ai.token.type", "input"));
        this.outputTokens = define.apply(
                "gen_ai.client.token.usage", Map.of("gen_ai.agent.name", agent, "gen_ai.token.type", "output"));
        this.cost = define.apply("tocsin.cost", Map.of("gen_ai.agent.name", agent));
        this.queueDepth = define.apply("tocsin.queue.depth", Map.of("gen_ai.agent.name", agent));
    }

    static AgentMeters of(
            AgentLoad load, SplittableRandom random, BiFunction<String, Map<String, String>, SimulatedSeries> define) {
        return new AgentMeters(load, random, define);
    }

    void read(long millis, long calls, Effects effects, SimulationSink sink) {
        AgentType type = load.type();
        double tokens = calls * type.tokensPerCall() * Math.max(0, 1 + 0.1 * random.nextGaussian());
        sink.increment(inputTokens, millis, StrictMath.rint(tokens * INPUT_SHARE));
        sink.increment(outputTokens, millis, StrictMath.rint(tokens * (1 - INPUT_SHARE)));
        sink.increment(cost, millis, tokens * COST_PER_TOKEN);
        // as many wait as arrive while one is served (Little's law), give or take
        double waiting = load.rate() * type.medianSeconds() * effects.latencyFactor(type.name(), "");
        sink.gauge(queueDepth, millis, Math.max(0, StrictMath.rint(waiting * (1 + 0.3 * random.nextGaussian()))));
    }
}
