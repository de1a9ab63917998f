/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.v1.Point;
import io.tocsin.wire.EncodedSketch;
import io.tocsin.wire.Sketch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The points of one line while windows are added. Not thread-safe. */
final class LineSums {
    private final QueryRange range;
    private final long stepMillis;
    private final SeriesQuestion question;
    private final Map<Long, Sums> byStart = new TreeMap<>();

    LineSums(QueryRange range, long stepMillis, SeriesQuestion question) {
        this.range = range;
        this.stepMillis = stepMillis;
        this.question = question;
    }

    /** One point. */
    private static final class Sums {
        long count;
        long failed;
        double sum;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;

        /** The only values so far are those; null as soon as there are others. */
        @Nullable
        EncodedSketch only;

        @Nullable
        Sketch values;

        void merge(EncodedSketch more) {
            if (only == null && values == null) {
                only = more;
            } else {
                all().merge(more);
            }
        }

        Sketch all() {
            if (values == null) {
                values = new Sketch();
                if (only != null) {
                    values.merge(only);
                    only = null;
                }
            }
            return values;
        }

        double quantile(double q) {
            return only == null ? all().quantile(q) : only.quantile(q);
        }
    }

    void add(SeriesWindow window) {
        for (int second = 0; second < SeriesWindow.SECONDS; second++) {
            long at = window.startMillis() + second * 1_000L;
            if (window.counts()[second] > 0 && at >= range.fromMillis() && at < range.toMillis()) {
                Sums point = point(at);
                point.count += window.counts()[second];
                point.failed += window.failed()[second];
                point.sum += window.sums()[second];
            }
        }
        if (question.ofWholeWindows() && window.sketch().count() > 0) {
            add(point(window.startMillis()), window.sketch());
        }
    }

    void add(SeriesRollup rollup) {
        EncodedSketch sketch = rollup.sketch();
        Sums point = point(rollup.startMillis());
        point.count += sketch.count();
        point.failed += rollup.failed();
        point.sum += sketch.sum();
        point.min = Math.min(point.min, sketch.min());
        point.max = Math.max(point.max, sketch.max());
        if (!question.quantiles().isEmpty()) {
            point.merge(sketch);
        }
    }

    private void add(Sums point, Sketch values) {
        point.min = Math.min(point.min, values.min());
        point.max = Math.max(point.max, values.max());
        if (!question.quantiles().isEmpty()) {
            point.all().merge(values);
        }
    }

    private Sums point(long atMillis) {
        long start = range.fromMillis() + Math.floorDiv(atMillis - range.fromMillis(), stepMillis) * stepMillis;
        return byStart.computeIfAbsent(start, s -> new Sums());
    }

    /** Oldest first. */
    List<Point> points() {
        return byStart.entrySet().stream()
                .map(point -> proto(point.getKey(), point.getValue()))
                .toList();
    }

    private Point proto(long startMillis, Sums sums) {
        Point.Builder point = Point.newBuilder()
                .setStartTime(CallTimes.timestamp(startMillis))
                .setCount(sums.count)
                .setFailed(sums.failed)
                .setSum(sums.sum);
        if (sums.min <= sums.max) {
            point.setMin(sums.min).setMax(sums.max);
        }
        if (sums.only != null || sums.values != null) {
            for (double quantile : question.quantiles()) {
                point.addQuantiles(sums.quantile(quantile));
            }
            point.setRelativeError(Sketch.RELATIVE_ERROR);
        }
        return point.build();
    }
}
