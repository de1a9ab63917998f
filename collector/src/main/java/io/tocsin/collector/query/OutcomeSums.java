/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.v1.LatencySummary;
import io.tocsin.wire.EncodedSketch;
import io.tocsin.wire.Sketch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Outcomes, or values, of any number of series over any time. Not thread-safe; once nobody adds to it any more, many may read. */
final class OutcomeSums {
    long count;
    long failed;
    final Map<String, Long> errors = new TreeMap<>();
    final Sketch values = new Sketch();
    private final TraceExamples traces = new TraceExamples();

    void add(SeriesWindow window) {
        for (int second = 0; second < SeriesWindow.SECONDS; second++) {
            count += window.counts()[second];
            failed += window.failed()[second];
        }
        window.errors().forEach((type, n) -> errors.merge(type, n, Long::sum));
        values.merge(window.sketch());
        traces.add(window.exemplars());
    }

    void add(SeriesRollup rollup) {
        EncodedSketch sketch = rollup.sketch();
        count += sketch.count();
        failed += rollup.failed();
        rollup.errors((type, n) -> errors.merge(type, n, Long::sum));
        values.merge(sketch);
    }

    void add(OutcomeSums other) {
        count += other.count;
        failed += other.failed;
        other.errors.forEach((type, n) -> errors.merge(type, n, Long::sum));
        values.merge(other.values);
        traces.add(other.traces);
    }

    /** Share of failed ones, 0 when there are none at all. */
    double errorRatio() {
        return count == 0 ? 0 : failed / (double) count;
    }

    /** NaN when there are none. */
    double quantile(double q) {
        return values.quantile(q);
    }

    /** Traces of those that took at least as long as the median, slowest first; at most 5. */
    List<String> slowTraceIds() {
        return traces.slow(quantile(0.5));
    }

    /** Newest first; at most 5. */
    List<String> failedTraceIds() {
        return traces.failed();
    }

    /** Empty when there are none. */
    Optional<LatencySummary> latency() {
        if (values.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(LatencySummary.newBuilder()
                .setMean(values.sum() / values.count())
                .setMin(values.min())
                .setP50(values.quantile(0.50))
                .setP95(values.quantile(0.95))
                .setP99(values.quantile(0.99))
                .setMax(values.max())
                .setRelativeError(Sketch.RELATIVE_ERROR)
                .build());
    }
}
