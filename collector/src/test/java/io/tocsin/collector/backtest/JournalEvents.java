/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.partition.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For tests elsewhere: what a backtest over a whole data directory gives, event by event. */
public final class JournalEvents {
    private static final int MAX_EVENTS = 1_000_000;

    /** @param number its place among all, from 1 */
    public record Event(long number, String id) {}

    private JournalEvents() {}

    /** In order; the directory has one partition. */
    public static List<Event> of(Path dataDir, Side side) throws IOException {
        Map<Integer, DataDirectory.Folders> partitions = DataDirectory.partitions(dataDir);
        assertThat(partitions).hasSize(1);
        List<Event> events = new ArrayList<>();
        Backtest backtest = new Backtest(Optional.empty(), side, Period.ALL, Optional.empty(), MAX_EVENTS);
        try (JournalSource source = JournalSource.open(0, partitions.get(0))) {
            BacktestResult result = backtest.run(
                    source,
                    (entries, records, share, engineMillis) -> {},
                    event -> events.add(new Event(event.number(), event.id())));
            assertThat(result.damagedEntries()).isZero();
        }
        return events;
    }
}
