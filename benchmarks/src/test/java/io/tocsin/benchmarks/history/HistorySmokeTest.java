/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.SeriesReader.Shape;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.collector.store.disk.DiskSettings;
import io.tocsin.collector.store.disk.DiskStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySmokeTest {
    private static final long HOUR = 3_600_000;
    private static final long FROM = 480_000 * HOUR;

    @Test
    void whatIsWrittenCanBeAskedForByTheHour(@TempDir Path folder) throws Exception {
        new HistoryData(20).write(folder, FROM, FROM + 3 * HOUR);

        Map<Long, Long> counts = new TreeMap<>();
        try (DiskStore store = DiskStore.open(folder, StoreSettings.DEFAULTS, DiskSettings.DEFAULTS)) {
            store.view()
                    .series()
                    .scanAll(
                            "default",
                            Selector.of(HistoryData.TASKS),
                            new Shape(List.of(), HOUR),
                            FROM,
                            FROM + 3 * HOUR,
                            (key, rollup) -> counts.merge(
                                    rollup.startMillis() - FROM,
                                    rollup.content().sketch().count(),
                                    Long::sum),
                            (key, window) -> {});
        }

        long anHour = 60L * 20 * HistoryData.OUTCOMES_A_MINUTE;
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of(0L, anHour, HOUR, anHour, 2 * HOUR, anHour));
    }
}
