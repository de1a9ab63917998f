/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.rule.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After any run, restarts included, a backtest over the journal with the same configuration gives exactly the events that were sent: same ids, same order.
 */
class LiveEqualsReplayTest {
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

    private List<String> backtest(RulePlan plan) throws Exception {
        List<String> ids = new ArrayList<>();
        Backtest backtest = new Backtest(
                Optional.of(Past.side(RulePlan.asWritten())), Past.side(plan), Period.ALL, Optional.empty(), 100_000);
        Path journal = DataDirectory.journals(folder).get(0);
        try (JournalSource source = JournalSource.open(0, journal)) {
            BacktestResult result = backtest.run(
                    source, (entries, records, share, engineMillis) -> {}, (AlertEvent event) -> ids.add(event.id()));
            assertThat(result.hasSameEvents()).isTrue();
            assertThat(result.differs()).isFalse();
            assertThat(result.thenEvents()).isEqualTo(ids.size());
        }
        return ids;
    }
}
