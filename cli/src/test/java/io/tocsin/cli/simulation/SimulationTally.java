/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.client.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Counts the outcomes of some series between two times. */
final class SimulationTally implements SimulationSink {
    private final Predicate<SimulatedSeries> which;
    private final long fromMillis;
    private final long toMillis;
    private final List<Double> latencies = new ArrayList<>();
    long failed;

    SimulationTally(Predicate<SimulatedSeries> which, long fromMillis, long toMillis) {
        this.which = which;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
    }

    static Predicate<SimulatedSeries> agent(String name) {
        return s -> s.metric().equals("gen_ai.invoke_agent.duration")
                && s.attributes().get("gen_ai.agent.name").equals(name);
    }

    static Predicate<SimulatedSeries> workflows() {
        return s -> s.metric().equals("gen_ai.workflow.duration");
    }

    @Override
    public void outcome(SimulatedSeries series, long endMillis, double latencySeconds, Status status, String type) {
        if (which.test(series) && endMillis >= fromMillis && endMillis < toMillis) {
            latencies.add(latencySeconds);
            failed += status == Status.ERROR || status == Status.TIMED_OUT ? 1 : 0;
        }
    }

    @Override
    public void increment(SimulatedSeries series, long timeMillis, double by) {}

    @Override
    public void gauge(SimulatedSeries series, long timeMillis, double value) {}

    double count() {
        return latencies.size();
    }

    double failedShare() {
        return failed / count();
    }

    double quantile(double q) {
        List<Double> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        return sorted.get((int) (q * (sorted.size() - 1)));
    }
}
