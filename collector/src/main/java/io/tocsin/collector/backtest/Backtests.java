/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.plugin.DetectorCatalog;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Backtests of a running collector over its own journals: one at a time, on a thread of low priority that rests as long as it works, so it takes at most half of one
 * processor. Reads the files; the live partitions hear nothing of it. Thread-safe.
 */
public final class Backtests {
    /** Events that are held of each side; about 1 KB each. */
    public static final long MAX_EVENTS = 20_000;

    private static final long LONGEST_REST_MILLIS = 200;

    /** Hears of one backtest, on its thread. */
    public interface Caller extends ProgressListener {
        /** Nobody wants it any more. */
        boolean isGone();

        void done(BacktestResult result);

        void failed(Exception e);
    }

    private final EngineSettings engine;
    private final DetectorCatalog catalog;
    private final Map<Integer, DataDirectory.Folders> journals;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param journals folders of those that are on disk, by partition */
    public Backtests(EngineSettings engine, DetectorCatalog catalog, Map<Integer, DataDirectory.Folders> journals) {
        this.engine = engine;
        this.catalog = catalog;
        this.journals = Map.copyOf(journals);
    }

    /** Whether there is a journal to read. */
    public boolean hasJournal(int partition) {
        return journals.containsKey(partition);
    }

    /**
     * Begins one; false if another runs.
     *
     * @param throughOffset the last entry that is read
     * @throws IllegalArgumentException if the partition has no journal on disk
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint where the system heeds it; what holds are the rests
    public boolean start(
            int partition, long throughOffset, RulePlan plan, Period period, String tenant, Caller caller) {
        DataDirectory.Folders journal = journals.get(partition);
        if (journal == null) {
            throw new IllegalArgumentException("partition " + partition + " has no journal on disk");
        }
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        Backtest backtest = new Backtest(
                Optional.of(new Side(engine, catalog, RulePlan.asWritten())),
                new Side(engine, catalog, plan),
                period,
                Optional.of(tenant),
                MAX_EVENTS);
        Thread thread = new Thread(() -> run(backtest, partition, journal, throughOffset, caller), "tocsin-backtest");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        return true;
    }

    private void run(
            Backtest backtest, int partition, DataDirectory.Folders journal, long throughOffset, Caller caller) {
        try (JournalSource source = JournalSource.open(partition, journal, throughOffset)) {
            caller.done(backtest.run(source, new Resting(caller)));
        } catch (CancellationException e) {
            // nobody is there who wants to hear of it
        } catch (IOException | RuntimeException e) {
            caller.failed(e);
        } finally {
            running.set(false);
        }
    }

    /** Confined to the backtest's thread. */
    private static final class Resting implements ProgressListener {
        private final Caller caller;
        private long begunNanos = System.nanoTime();

        Resting(Caller caller) {
            this.caller = caller;
        }

        @Override
        public void come(long entries, long records, double share, long engineMillis) {
            if (caller.isGone()) {
                throw new CancellationException("the caller has gone");
            }
            caller.come(entries, records, share, engineMillis);
            long workedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
            try {
                Thread.sleep(Math.min(LONGEST_REST_MILLIS, workedMillis));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
            begunNanos = System.nanoTime();
        }
    }
}
