/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

/** How much an agent type is asked for, second by second. Confined to its simulation's thread. */
final class AgentLoad {
    private final AgentType type;
    private final LoadCurve curve;
    private double rate;
    private long callsThisSecond;

    AgentLoad(AgentType type, LoadCurve curve) {
        this.type = type;
        this.curve = curve;
    }

    AgentType type() {
        return type;
    }

    /** Moves to a new second and tells how many calls finished in the one before. */
    long beginSecond(long millis) {
        rate = type.outcomesPerSecond() * curve.at(millis);
        long calls = callsThisSecond;
        callsThisSecond = 0;
        return calls;
    }

    /** Finished calls a second over all instances, if nothing goes wrong. */
    double rate() {
        return rate;
    }

    void countCall() {
        callsThisSecond++;
    }
}
