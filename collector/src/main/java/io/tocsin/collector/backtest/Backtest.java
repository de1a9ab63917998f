/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs an engine over the past, and beside it, if one wants to compare, another as it was. Touches nothing of a partition. One pass; memory is that of the
 * engines and of the events it may hold. Confined to one thread.
 */
public final class Backtest {
    private static final int TOLD_EVERY_ENTRIES = 512;

    private final Optional<Side> then;
    private final Side now;
    private final Period period;
    private final Optional<String> tenant;
    private final long maxEvents;

    /**
     * @param then what did run; empty: nothing to compare with
     * @param now what should have
     * @param tenant whose alerts are reported; empty: everyone's
     * @param maxEvents so many are held of each side; further ones are counted
     */
    public Backtest(Optional<Side> then, Side now, Period period, Optional<String> tenant, long maxEvents) {
        this.then = then;
        this.now = now;
        this.period = period;
        this.tenant = tenant;
        this.maxEvents = maxEvents;
    }

    /** Reads the source as far as the period wants it. */
    public BacktestResult run(EntrySource source, ProgressListener listener) throws IOException {
        return run(source, listener, event -> {});
    }

    /** The same; {@code nowEvents} hears every event of what would have fired, of everyone and of all times that are read. */
    BacktestResult run(EntrySource source, ProgressListener listener, EventSink nowEvents) throws IOException {
        AlertHistory thenHistory = new AlertHistory(tenant, maxEvents);
        AlertHistory nowHistory = new AlertHistory(tenant, maxEvents);
        Optional<EngineRun> thenRun = then.map(side -> new EngineRun(source.partition(), side, thenHistory));
        EngineRun nowRun = new EngineRun(source.partition(), now, event -> {
            nowHistory.append(event);
            nowEvents.append(event);
        });
        Notices notices = new Notices(then.orElse(now).catalog());
        if (source.before().isPresent()) {
            Checkpoint before = source.before().get();
            nowRun.resume(before);
            if (thenRun.isPresent()) {
                thenRun.get().resume(before);
            }
            notices.add("the beginning of the journal is gone: it goes on from the checkpoint of "
                    + Instant.ofEpochMilli(before.header().engineMillis()));
        }
        boolean sameEvents = true;
        long entries = 0;
        long damaged = 0;
        long firstMillis = 0;
        long lastMillis = 0;
        for (Entry entry = source.next(); entry != null; entry = source.next()) {
            if (entry instanceof Entry.Tick tick) {
                if (tick.engineMillis() >= period.toMillis()) {
                    break;
                }
                lastMillis = tick.engineMillis();
                firstMillis = firstMillis == 0 ? lastMillis : firstMillis;
            } else if (entry instanceof Entry.Started started) {
                notices.started(started);
            } else if (entry instanceof Entry.Damaged) {
                damaged++;
            }
            entries++;
            nowRun.apply(source.offset(), entry);
            List<String> nowIds = nowRun.takeEventIds();
            if (thenRun.isPresent()) {
                thenRun.get().apply(source.offset(), entry);
                sameEvents &= nowIds.equals(thenRun.get().takeEventIds());
            }
            if (entries % TOLD_EVERY_ENTRIES == 0) {
                listener.come(entries, nowRun.records(), source.share(), lastMillis);
            }
        }
        if (firstMillis > period.fromMillis() && period.fromMillis() > 0) {
            notices.add("what there is begins at " + Instant.ofEpochMilli(firstMillis) + ", after "
                    + Instant.ofEpochMilli(period.fromMillis()) + ": detectors had no time to warm up");
        }
        List<Compared> all = thenRun.isPresent()
                ? Difference.of(thenHistory.episodes(), nowHistory.episodes())
                : nowHistory.episodes().stream().map(Compared::onlyNow).toList();
        return new BacktestResult(
                all.stream()
                        .filter(one -> one.overlaps(period.fromMillis(), period.toMillis()))
                        .toList(),
                thenRun.isPresent(),
                sameEvents,
                thenRun.map(EngineRun::events).orElse(0L),
                nowRun.events(),
                thenHistory.leftOut() + nowHistory.leftOut(),
                entries,
                nowRun.records(),
                damaged,
                firstMillis,
                lastMillis,
                notices.list());
    }
}
