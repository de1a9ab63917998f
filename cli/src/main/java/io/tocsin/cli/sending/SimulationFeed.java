/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.sending;

import io.tocsin.cli.simulation.SimulatedSeries;
import io.tocsin.cli.simulation.Simulation;
import io.tocsin.cli.simulation.SimulationSink;
import io.tocsin.client.Attributes;
import io.tocsin.client.Counter;
import io.tocsin.client.Gauge;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import org.jspecify.annotations.Nullable;

/** Records what a simulation produces through the client SDK, under handles bound once. Not thread-safe. */
public final class SimulationFeed implements SimulationSink {
    private final TocsinClient client;
    private final @Nullable Object[] handles;

    /** Feeds all series of {@code simulation} to {@code client}. */
    public SimulationFeed(TocsinClient client, Simulation simulation) {
        this.client = client;
        this.handles = new Object[simulation.series().size()];
    }

    @Override
    public void outcome(
            SimulatedSeries series, long endMillis, double latencySeconds, Status status, @Nullable String errorType) {
        Outcomes outcomes = (Outcomes) handles[series.id()];
        if (outcomes == null) {
            outcomes = client.outcomes(series.metric(), Attributes.of(series.keyValuePairs()));
            handles[series.id()] = outcomes;
        }
        outcomes.recordAt(endMillis, latencySeconds, status, errorType);
    }

    @Override
    public void increment(SimulatedSeries series, long timeMillis, double by) {
        Counter counter = (Counter) handles[series.id()];
        if (counter == null) {
            counter = client.counter(series.metric(), Attributes.of(series.keyValuePairs()));
            handles[series.id()] = counter;
        }
        counter.incrementAt(timeMillis, by);
    }

    @Override
    public void gauge(SimulatedSeries series, long timeMillis, double value) {
        Gauge gauge = (Gauge) handles[series.id()];
        if (gauge == null) {
            gauge = client.gauge(series.metric(), Attributes.of(series.keyValuePairs()));
            handles[series.id()] = gauge;
        }
        gauge.setAt(timeMillis, value);
    }
}
