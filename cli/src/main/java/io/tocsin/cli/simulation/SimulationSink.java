/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.client.Status;
import org.jspecify.annotations.Nullable;

/** Takes what the simulation produces, in order of time. Called by the thread that advances the simulation. */
public interface SimulationSink {
    /** A call or a workflow has ended. */
    void outcome(
            SimulatedSeries series, long endMillis, double latencySeconds, Status status, @Nullable String errorType);

    /** Something was used up. */
    void increment(SimulatedSeries series, long timeMillis, double by);

    /** A value was read. */
    void gauge(SimulatedSeries series, long timeMillis, double value);
}
