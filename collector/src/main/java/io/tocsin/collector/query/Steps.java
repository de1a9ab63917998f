/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Duration;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesWindow;

/** How long the points of a view are. */
final class Steps {
    /** More points than this in a line are refused. */
    static final int MAX_POINTS = 1_000;

    private static final int USUAL_POINTS = 100;
    private static final long DAY_SECONDS = 86_400;
    private static final long[] USUAL_SECONDS = {10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600};

    private Steps() {}

    /**
     * A round one, such that there are at most a hundred points, and rarely fewer than thirty, none finer than what is kept of the
     * range.
     */
    static long usual(QueryRange range, SeriesReader series) {
        long grain = series.grainMillis(range.fromMillis());
        for (long seconds : USUAL_SECONDS) {
            if (range.lengthMillis() <= seconds * 1_000 * USUAL_POINTS && seconds * 1_000 % grain == 0) {
                return seconds * 1_000;
            }
        }
        long days = range.lengthMillis() / (DAY_SECONDS * 1_000 * USUAL_POINTS) + 1;
        return days * DAY_SECONDS * 1_000;
    }

    /** As asked; throws INVALID_ARGUMENT. */
    static long asked(Duration step, QueryRange range) {
        long millis = CallTimes.millis("step", step);
        if (millis == 0 || millis % SeriesWindow.LENGTH_MILLIS != 0 || step.getNanos() != 0) {
            throw CallErrors.invalid(
                    "step",
                    "must be a whole multiple of " + SeriesWindow.SECONDS + " s, was " + step.getSeconds() + " s "
                            + step.getNanos() + " ns");
        }
        long points = range.widened(millis).lengthMillis() / millis;
        if (points > MAX_POINTS) {
            long least = Math.floorDiv(range.lengthMillis(), MAX_POINTS * SeriesWindow.LENGTH_MILLIS) + 1;
            throw CallErrors.invalid(
                    "step",
                    "must be " + least * SeriesWindow.SECONDS + " s or more for this range, else a line has more than "
                            + MAX_POINTS + " points, was " + millis / 1_000 + " s");
        }
        return millis;
    }
}
