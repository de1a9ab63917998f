/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

/** A source of outcomes at a rate. Confined to its simulation's thread. */
interface CallStream {
    /** When its calls finish. */
    Arrivals arrivals();

    /** Finished calls a second, if nothing went wrong. */
    double rate();

    /** A call finishes now, with what the incident (if any) does to it. */
    void finish(double millis, Effects effects, SimulationSink sink);
}
