/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.Locale;

/** What can go wrong in the simulation, and from which size on Tocsin promises to find it. */
public enum IncidentKind {
    /** Latencies are multiplied; size: by what. */
    LATENCY_SPIKE("latency-spike", 3, 8, 1.2),
    /** More calls fail; size: share of calls that fail on top, 0 to 1. */
    ERROR_BURST("error-burst", 0.20, 0.60, 0.02),
    /** Fewer calls are finished; size: share that is missing, 0 to 1. */
    THROUGHPUT_DROP("throughput-drop", 0.60, 0.95, 0.15),
    /** No calls at all while the producer lives; size: seconds. */
    SILENCE("silence", 30, 90, 5),
    /** One agent's calls fail; size: share that fails on top, 0 to 1. */
    AGENT_FAILING("agent-failing", 0.30, 0.80, 0.03),
    /** Workflows fail; size: how many times faster than allowed by 99.9 % availability. */
    SLO_BURN("slo-burn", 14.4, 30, 2);

    /** Share of workflows that may fail: the availability SLO's 99.9 %. */
    static final double ERROR_BUDGET = 0.001;

    private final String text;
    private final double promisedSize;
    private final double largestSize;
    private final double smallestSize;

    IncidentKind(String text, double promisedSize, double largestSize, double smallestSize) {
        this.text = text;
        this.promisedSize = promisedSize;
        this.largestSize = largestSize;
        this.smallestSize = smallestSize;
    }

    /** Its name for people and programs: {@code latency-spike}. */
    public String text() {
        return text;
    }

    /** From this size on, none may be missed. Unit as said at the constant. */
    public double promisedSize() {
        return promisedSize;
    }

    /** Largest size that scripts draw. */
    public double largestSize() {
        return largestSize;
    }

    /** Smallest size that scripts draw when they also want incidents below the promise. */
    public double smallestSize() {
        return smallestSize;
    }

    /** A size in words: {@code x3.4}, {@code +25 points}, {@code 45 s}. */
    public String describe(double size) {
        return switch (this) {
            case LATENCY_SPIKE -> String.format(Locale.ROOT, "x%.1f", size);
            case ERROR_BURST -> String.format(Locale.ROOT, "+%.0f points", size * 100);
            case THROUGHPUT_DROP -> String.format(Locale.ROOT, "-%.0f %%", size * 100);
            case SILENCE -> String.format(Locale.ROOT, "%.0f s", size);
            case AGENT_FAILING -> String.format(Locale.ROOT, "%.0f %% failing", size * 100);
            case SLO_BURN -> String.format(Locale.ROOT, "burn x%.1f", size);
        };
    }
}
