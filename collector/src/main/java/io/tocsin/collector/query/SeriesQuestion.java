/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.collector.stream.ProtoSelectors;
import io.tocsin.v1.QuerySeriesRequest;
import java.util.HashSet;
import java.util.List;

/**
 * What is asked of series, apart from the time. Immutable.
 *
 * @param stepMillis length of a point; 0: the whole range is one
 */
record SeriesQuestion(Selector selector, long stepMillis, List<String> groupBy, List<Double> quantiles) {
    private static final int MAX_QUANTILES = 10;
    private static final int MAX_GROUP_BY = 32;
    private static final long MAX_STEP_MILLIS = 366L * 24 * 3_600_000;

    /** Throws INVALID_ARGUMENT. */
    static SeriesQuestion of(QuerySeriesRequest request) {
        long step = request.hasStep() ? CallTimes.millis("step", request.getStep()) : 0;
        boolean fraction = request.getStep().getNanos() != 0;
        if (request.hasStep() && (step < 1_000 || fraction || step > MAX_STEP_MILLIS)) {
            throw CallErrors.invalid(
                    "step",
                    "must be whole seconds, 1 to " + MAX_STEP_MILLIS / 1_000 + ", was "
                            + request.getStep().getSeconds() + " s "
                            + request.getStep().getNanos() + " ns");
        }
        List<String> groupBy = request.getGroupByList();
        if (groupBy.size() > MAX_GROUP_BY || new HashSet<>(groupBy).size() < groupBy.size() || groupBy.contains("")) {
            throw CallErrors.invalid(
                    "group_by", "must be at most " + MAX_GROUP_BY + " different attribute keys, was " + groupBy);
        }
        if (request.getQuantilesCount() > MAX_QUANTILES) {
            throw CallErrors.invalid(
                    "quantiles", "must be at most " + MAX_QUANTILES + ", were " + request.getQuantilesCount());
        }
        for (double quantile : request.getQuantilesList()) {
            if (!(quantile >= 0 && quantile <= 1)) {
                throw CallErrors.invalid("quantiles", "must each be 0 to 1, one was " + quantile);
            }
        }
        return new SeriesQuestion(
                ProtoSelectors.selector("selector", request.getSelector()),
                step,
                List.copyOf(groupBy),
                List.copyOf(request.getQuantilesList()));
    }

    /** Whether points are made of whole windows, so that least, greatest and quantiles can be told. */
    boolean ofWholeWindows() {
        return stepMillis % SeriesWindow.LENGTH_MILLIS == 0;
    }

    SeriesReader.Shape shape() {
        return new SeriesReader.Shape(groupBy, stepMillis);
    }

    /** Whether it can be told in which point records of a rollup of that length are. */
    boolean takes(long rollupMillis) {
        return stepMillis % rollupMillis == 0;
    }
}
