/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Tallies;

/** Which second is now, for rolling windows. */
final class EngineSecond {
    /** Ticks come every 250 ms, so records may be that much ahead of the last one. */
    private static final long TICK_MILLIS = 250;

    private EngineSecond() {}

    static long during(Tallies tallies) {
        return Math.floorDiv(tallies.nowMillis() + TICK_MILLIS, 1000L);
    }
}
