/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.replay.RecordedSource;
import io.tocsin.collector.backtest.Backtest;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.EntrySource;
import io.tocsin.collector.backtest.JournalSource;
import io.tocsin.collector.backtest.Period;
import io.tocsin.collector.backtest.RulePlan;
import io.tocsin.collector.backtest.Side;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.server.LoadedDetection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a backtest over one source after the other, and shows how far it is. Not thread-safe. */
final class BacktestRun {
    /** Events that are held of each side of a source; about 1 KB each. */
    static final long MAX_EVENTS = 200_000;

    private static final int BAD_ROWS_SHOWN = 5;

    private final Console console;
    private final InstantSource clock;
    private final Period period;
    private final Optional<String> tenant;
    private final Progress progress;
    private long badRows;

    BacktestRun(Console console, InstantSource clock, Period period, Optional<String> tenant) {
        this.console = console;
        this.clock = clock;
        this.period = period;
        this.tenant = tenant;
        this.progress = new Progress(console, clock);
    }

    /** @param declared whether {@code now}'s rules run in place of those that were declared then */
    Outcome journals(Path dataDir, LoadedDetection then, LoadedDetection now, boolean declared) {
        Side was = then.side(RulePlan.asWritten());
        Side would = now.side(declared ? now.plan() : RulePlan.asWritten());
        Map<String, BacktestResult> results = new LinkedHashMap<>();
        try {
            for (Map.Entry<Integer, DataDirectory.Folders> partition :
                    DataDirectory.partitions(dataDir).entrySet()) {
                String name = "partition-" + partition.getKey();
                try (JournalSource source = JournalSource.open(partition.getKey(), partition.getValue())) {
                    results.put(name, run(name, source, Optional.of(was), would));
                    source.damages().forEach(damage -> console.err().println("notice: " + name + ": " + damage));
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        return new Outcome(period, results);
    }

    Outcome files(List<Path> files, Optional<LoadedDetection> then, LoadedDetection now) {
        Map<String, BacktestResult> results = new LinkedHashMap<>();
        for (Path file : files) {
            try (RecordedSource source = new RecordedSource(file, this::badRow)) {
                results.put(
                        file.toString(),
                        run(file.toString(), source, then.map(one -> one.side(one.plan())), now.side(now.plan())));
            } catch (IOException e) {
                throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        if (badRows > 0) {
            console.err().println("notice: skipped " + badRows + " rows that cannot be read");
        }
        return new Outcome(period, results);
    }

    private void badRow(String problem) {
        badRows++;
        if (badRows <= BAD_ROWS_SHOWN) {
            progress.clear();
            console.err().println(problem);
        }
    }

    private BacktestResult run(String name, EntrySource source, Optional<Side> then, Side now) throws IOException {
        long begunMillis = clock.millis();
        BacktestResult result = new Backtest(then, now, period, tenant, MAX_EVENTS)
                .run(
                        source,
                        (entries, records, share, engineMillis) -> progress.show(
                                share,
                                name + ": " + Words.count(records) + " records"
                                        + speed(records, clock.millis() - begunMillis)
                                        + (engineMillis == 0 ? "" : ", at " + Instant.ofEpochMilli(engineMillis))));
        progress.clear();
        return result;
    }

    private static String speed(long records, long millis) {
        return millis <= 0 ? "" : ", " + Words.count(records * 1_000 / millis) + " a second";
    }
}
