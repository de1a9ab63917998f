/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.store.SeriesRollup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A minute whose windows are sealed one after the other. Confined to the rollups' thread. */
final class PendingMinute {
    /** A row to be written. */
    record Row(StoredSeries series, Resolution resolution, SeriesRollup rollup) {}

    private final long startMillis;
    private final Map<StoredSeries, SeriesRollup.Content> sums = new LinkedHashMap<>();
    private final List<Row> tens = new ArrayList<>();

    PendingMinute(long startMillis) {
        this.startMillis = startMillis;
    }

    void add(long tenMillis, List<WindowSink.Sealed> windows, SeriesCatalog catalog) {
        int place = (int) ((tenMillis - startMillis) / Resolution.TEN_SECONDS.lengthMillis);
        Map<StoredSeries, SeriesRollup.Content> groups = new LinkedHashMap<>();
        for (WindowSink.Sealed window : windows) {
            StoredSeries series = catalog.find(window.tenant(), window.series());
            if (series == null) {
                continue;
            }
            SeriesRollup.Content content = SeriesRollup.content(window.window());
            sums.compute(
                    series, (s, known) -> (known == null ? SeriesRollup.Content.empty() : known).and(content, place));
            for (StoredSeries group : series.groups) {
                groups.compute(
                        group, (g, known) -> (known == null ? SeriesRollup.Content.empty() : known).and(content, 0));
            }
        }
        groups.forEach((group, content) -> {
            tens.add(new Row(
                    group,
                    Resolution.TEN_SECONDS,
                    SeriesRollup.of(tenMillis, Resolution.TEN_SECONDS.lengthMillis, content)));
            sums.compute(
                    group, (g, known) -> (known == null ? SeriesRollup.Content.empty() : known).and(content, place));
        });
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>(tens);
        sums.forEach((series, content) -> rows.add(new Row(
                series, Resolution.MINUTE, SeriesRollup.of(startMillis, Resolution.MINUTE.lengthMillis, content))));
        return rows;
    }
}
