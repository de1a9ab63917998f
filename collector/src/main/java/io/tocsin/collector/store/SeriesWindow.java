/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.wire.Sketch;
import java.util.List;
import java.util.Map;

/**
 * Ten seconds of one series. Immutable: neither arrays nor sketch are changed after construction.
 *
 * @param startMillis a multiple of ten seconds
 * @param counts records by second
 * @param failed failed ones by second
 * @param sums sums by second
 * @param sketch all values of the ten seconds
 * @param errors failed ones by error type, "" for those without
 * @param exemplars traced requests: the slowest and the failed one that ended last, if they were traced
 */
public record SeriesWindow(
        long startMillis,
        int[] counts,
        int[] failed,
        double[] sums,
        Sketch sketch,
        Map<String, Long> errors,
        List<Exemplar> exemplars) {
    public static final int SECONDS = 10;
    public static final long LENGTH_MILLIS = SECONDS * 1_000L;

    /** About how much memory it holds. */
    public int memoryBytes() {
        return 240 + sketch.memoryBytes() + 80 * errors.size() + 120 * exemplars.size();
    }
}
