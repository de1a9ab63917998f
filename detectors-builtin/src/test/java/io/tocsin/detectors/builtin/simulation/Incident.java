/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

/** Something that goes wrong, from one second to another. */
record Incident(Kind kind, int type, int instance, int startSecond, int endSecond) {
    static final int ALL_INSTANCES = -1;

    enum Kind {
        LATENCY_TIMES_3,
        ERRORS_PLUS_20_POINTS,
        THROUGHPUT_MINUS_60_PERCENT,
        SILENCE,
        ONE_INSTANCE_FAILS_30_PERCENT
    }

    boolean isActive(int second) {
        return second >= startSecond && second < endSecond;
    }

    boolean hits(int someType, int someInstance) {
        return type == someType && (instance == ALL_INSTANCES || instance == someInstance);
    }
}
