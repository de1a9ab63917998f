/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.collector.series.SeriesKey;
import java.util.List;

/** A series and what happens in it, stretch after stretch. Immutable. */
record TestSeries(SeriesKey key, List<Stretch> stretches) {
    TestSeries {
        stretches = List.copyOf(stretches);
    }

    long endMillis() {
        return stretches.stream().mapToLong(Stretch::lengthMillis).sum();
    }

    /**
     * Some time of even events.
     *
     * @param everyMillis from one event to the next, the first at once; 0: none
     * @param from latency in seconds or value: drawn between the two for outcomes, going evenly from the first to the second for measurements
     * @param failing share of outcomes that fail, evenly spread
     * @param error their error type, perhaps ""
     */
    record Stretch(long lengthMillis, double everyMillis, double from, double to, double failing, String error) {
        long events() {
            return everyMillis == 0 ? 0 : (long) Math.ceil(lengthMillis / everyMillis);
        }
    }
}
