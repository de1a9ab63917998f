/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.client.Status;
import java.util.HashMap;
import java.util.Map;

/** Finds the quiet minutes of agent types. */
final class LoadLows implements SimulationSink {
    private final Map<String, Map<Long, Integer>> countByMinute = new HashMap<>();

    @Override
    public void outcome(SimulatedSeries series, long endMillis, double latency, Status status, String errorType) {
        String agent = series.attributes().get("gen_ai.agent.name");
        if (agent != null) {
            countByMinute.computeIfAbsent(agent, a -> new HashMap<>()).merge(endMillis / 60_000, 1, Integer::sum);
        }
    }

    @Override
    public void increment(SimulatedSeries series, long timeMillis, double by) {}

    @Override
    public void gauge(SimulatedSeries series, long timeMillis, double value) {}

    double shareOfMinutesBelow(double outcomesPerSecond) {
        long minutes = countByMinute.values().stream().mapToLong(Map::size).sum();
        long low = countByMinute.values().stream()
                .flatMap(m -> m.values().stream())
                .filter(count -> count < 60 * outcomesPerSecond)
                .count();
        return (double) low / minutes;
    }
}
