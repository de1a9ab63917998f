/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rollups answer a question about a range: the longest that fit its steps, so that the fewest are read. Stateless.
 *
 * <p>A range's ends need not be multiples of an hour: there minutes fill in, as long as they are kept.
 */
final class RollupPlan {
    /** Rollups of one resolution that start in [from, to). */
    record Part(Resolution resolution, long fromMillis, long toMillis) {}

    private RollupPlan() {}

    /**
     * Oldest first, without those that would be empty.
     *
     * @param stepMillis as in {@link io.tocsin.collector.store.SeriesReader.Shape}
     * @param tensMillis from when on there are rollups of ten seconds; Long.MAX_VALUE if there are none
     * @param hoursMillis hours before are whole
     */
    static List<Part> of(long fromMillis, long toMillis, long stepMillis, long tensMillis, long hoursMillis) {
        List<Part> parts = new ArrayList<>();
        if (stepMillis % Resolution.MINUTE.lengthMillis != 0) {
            boolean fits = stepMillis % Resolution.TEN_SECONDS.lengthMillis == 0;
            long tens = fits ? Math.min(toMillis, Math.max(fromMillis, tensMillis)) : toMillis;
            add(parts, Resolution.MINUTE, fromMillis, tens);
            add(parts, Resolution.TEN_SECONDS, tens, toMillis);
            return parts;
        }
        boolean hours = stepMillis % Resolution.HOUR.lengthMillis == 0;
        if (!hours) {
            add(parts, Resolution.MINUTE, fromMillis, toMillis);
            return parts;
        }
        long firstHour = Resolution.HOUR.ceil(fromMillis);
        long lastHour = Math.min(Resolution.HOUR.floor(toMillis), hoursMillis);
        if (firstHour >= lastHour) {
            add(parts, Resolution.MINUTE, fromMillis, toMillis);
            return parts;
        }
        add(parts, Resolution.MINUTE, fromMillis, firstHour);
        add(parts, Resolution.HOUR, firstHour, lastHour);
        add(parts, Resolution.MINUTE, lastHour, toMillis);
        return parts;
    }

    private static void add(List<Part> parts, Resolution resolution, long fromMillis, long toMillis) {
        if (fromMillis < toMillis) {
            parts.add(new Part(resolution, fromMillis, toMillis));
        }
    }
}
