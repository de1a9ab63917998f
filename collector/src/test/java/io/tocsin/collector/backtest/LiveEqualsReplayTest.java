/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.partition.CheckpointSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.rule.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After any run, restarts included, a backtest over the journal with the same configuration gives exactly the events that were sent: same ids, same order.
 */
class LiveEqualsReplayTest {
    private static final PartitionSettings LITTLE_KEPT = RandomRun.settings(
            new SegmentLogSettings(64 << 10, 1 << 20, 2, 1 << 20, 64 << 10, TimeUnit.SECONDS.toNanos(1)),
            new CheckpointSettings(
                    Duration.ofSeconds(5), 1 << 20, Duration.ofSeconds(100), Duration.ofDays(1), 96 << 10));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withTheRulesOfTheJournalAndWithTheSameDeclared(long seed) throws Exception {
        RandomRun live = new RandomRun(folder, seed);
        List<String> sent = live.run();
        assertThat(sent).as("seed %d", seed).hasSizeGreaterThan(10);

        assertThat(backtest(RulePlan.asWritten())).as("seed %d", seed).isEqualTo(sent);
        List<Rule> same = RandomRun.declared();
        assertThat(backtest(RulePlan.declared(same, true)))
                .as("seed %d, declared", seed)
                .isEqualTo(sent);
    }

    /** Retention took the beginning of the journal: a backtest goes on from a checkpoint of then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void afterTheBeginningOfTheJournalHasGone(long seed) throws Exception {
        RandomRun live = new RandomRun(folder, seed, LITTLE_KEPT);
        List<String> sent = live.run();

        List<String> again = backtest(RulePlan.asWritten());
        assertThat(again).as("seed %d", seed).hasSizeBetween(5, sent.size() - 1);
        assertThat(again).as("seed %d", seed).isEqualTo(sent.subList(sent.size() - again.size(), sent.size()));
        assertThat(backtest(RulePlan.declared(RandomRun.declared(), true)))
                .as("seed %d, declared", seed)
                .isEqualTo(again);
    }

    private List<String> backtest(RulePlan plan) throws Exception {
        List<String> ids = new ArrayList<>();
        Backtest backtest = new Backtest(
                Optional.of(Past.side(RulePlan.asWritten())), Past.side(plan), Period.ALL, Optional.empty(), 100_000);
        try (JournalSource source = JournalSource.open(0, DataDirectory.folders(folder, 0))) {
            BacktestResult result = backtest.run(
                    source, (entries, records, share, engineMillis) -> {}, (AlertEvent event) -> ids.add(event.id()));
            assertThat(result.hasSameEvents()).isTrue();
            assertThat(result.differs()).isFalse();
            assertThat(result.thenEvents()).isEqualTo(ids.size());
        }
        return ids;
    }
}
