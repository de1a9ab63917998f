/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.alert.AlertLifecycle;
import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.engine.detection.DetectionStage;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.engine.series.OpenTasks;
import io.tocsin.collector.engine.series.Producer;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Refusals;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.series.SeriesListener;
import io.tocsin.collector.engine.series.SeriesRegistry;
import io.tocsin.collector.engine.window.WindowLedger;
import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.MalformedBatchException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies journal entries, one after the other. What it does follows from them, its settings and the detectors alone.
 *
 * <p>Confined to its partition's thread, {@link #counters()} excepted.
 */
public final class Engine {
    private static final long SWEEP_MILLIS = 60_000;
    /** How far before the first tick windows are judged. */
    private static final long MAX_HEAD_START_MILLIS = 600_000;
    /** Further ahead of engine time no live record is taken, however ingest is set up. */
    private static final long MAX_LIVE_AHEAD_MILLIS = 24 * 3_600_000L;

    private static final String SECTION = "engine";
    private static final int VERSION = 1;

    private final EngineSettings settings;
    private final SeriesRegistry registry;
    private final Refusals refusals = new Refusals();
    private final OpenTasks tasks;
    private final WindowLedger windows;
    private final DetectionStage detection;
    private final AlertLifecycle alerts;
    private final EngineCounters counters = new EngineCounters();
    private final BatchDecoder decoder = new BatchDecoder(Integer.MAX_VALUE);
    private final BatchColumns columns = new BatchColumns();

    private long engineMillis;
    private long nextSweepMillis;
    private long entries;
    private long outcomes;
    private long measurements;
    private long overflowRecords;
    private long undefinedRecords;
    private long tracedRecords;
    private long firstRecordMillis;
    private long lastRecordMillis;
    private boolean ended;

    public Engine(
            int partition,
            EngineSettings settings,
            DetectorCatalog catalog,
            WindowSink windowSink,
            EventSink eventSink,
            RuleBoard board) {
        this.settings = settings;
        this.tasks = new OpenTasks(settings.maxOpenTasks());
        this.windows = new WindowLedger(
                settings.allowance().toMillis(), settings.sealAfter().toMillis(), windowSink);
        this.alerts = new AlertLifecycle(partition, eventSink);
        this.detection = new DetectionStage(
                catalog,
                windows,
                refusals,
                alerts,
                board,
                settings.allowance().toMillis(),
                settings.lostCounts().toMillis(),
                settings.maxFailures(),
                settings.maxGroupsPerRule());
        List<SeriesListener> inFlowOrder = List.of(windows, detection);
        this.registry =
                new SeriesRegistry(settings.maxSeries(), settings.idleTimeout().toMillis(), inFlowOrder);
    }

    /** Writes all that its future depends on, as it is between two entries. Changes nothing. */
    public void save(StateWriter out) {
        out.section(SECTION, VERSION);
        out.writeNumber(engineMillis);
        out.writeNumber(nextSweepMillis);
        out.writeSize(entries);
        out.writeSize(outcomes);
        out.writeSize(measurements);
        out.writeSize(overflowRecords);
        out.writeSize(undefinedRecords);
        out.writeSize(tracedRecords);
        out.writeNumber(firstRecordMillis);
        out.writeNumber(lastRecordMillis);
        out.writeBoolean(ended);
        References references = registry.save(out);
        tasks.save(out, references);
        refusals.save(out);
        windows.save(out, references);
        detection.save(out, references);
        alerts.save(out, detection.groups());
    }

    /**
     * Goes on where {@link #save} left off. Before any entry; after a throw it is good for nothing.
     *
     * @throws IOException if the state cannot be that of an engine, or was written by a newer build
     */
    public void restore(StateReader in) throws IOException {
        in.section(SECTION, VERSION);
        engineMillis = in.readNumber();
        nextSweepMillis = in.readNumber();
        entries = in.readSize();
        outcomes = in.readSize();
        measurements = in.readSize();
        overflowRecords = in.readSize();
        undefinedRecords = in.readSize();
        tracedRecords = in.readSize();
        firstRecordMillis = in.readNumber();
        lastRecordMillis = in.readNumber();
        ended = in.readBoolean();
        References references = registry.restore(in);
        tasks.restore(in, references);
        refusals.restore(in);
        windows.restore(in, references);
        detection.restore(in, references);
        alerts.restore(in, detection::group);
        in.end();
        showCounters();
    }

    /** Applies the entry at this offset, which follows the one before. */
    public void apply(long offset, Entry entry) {
        alerts.applying(offset);
        if (entry instanceof Entry.Batch batch) {
            applyBatch(batch);
        } else if (entry instanceof Entry.Tick tick) {
            advance(tick.engineMillis());
        } else if (entry instanceof Entry.Definitions definitions) {
            registry.define(definitions, engineMillis);
        } else if (entry instanceof Entry.LivenessChanged changed) {
            registry.changed(changed);
        } else if (entry instanceof Entry.Refused refused) {
            refusals.add(refused);
        } else if (entry instanceof Entry.Started started) {
            alerts.begins(started.alerting());
        } else if (entry instanceof Entry.RuleSet set) {
            detection.set(set.tenant(), set.rule(), registry.seriesOf(set.tenant()), engineMillis);
            detection.publishRules();
        } else if (entry instanceof Entry.RuleRemoved removed) {
            detection.remove(removed.tenant(), removed.name(), "rule removed", engineMillis);
            detection.publishRules();
        } else if (entry instanceof Entry.AlertAcknowledged acknowledged) {
            alerts.acknowledge(acknowledged, engineMillis);
        } else if (entry instanceof Entry.Ended) {
            end();
        }
        entries++;
    }

    private void applyBatch(Entry.Batch batch) {
        try {
            decoder.decode(batch.bytes(), 0, batch.bytes().length, columns);
        } catch (MalformedBatchException e) {
            throw new IllegalStateException("a batch in the journal cannot be read, though ingest could", e);
        }
        ended = false;
        Producer producer = registry.producer(batch.scope());
        int[] rejected = batch.rejectedRows();
        int nextRejected = 0;
        int firstStart = columns.outcomes();
        int firstMeasurement = firstStart + columns.starts();
        for (int row = 0; row < columns.rows(); row++) {
            if (nextRejected < rejected.length && rejected[nextRejected] == row) {
                nextRejected++;
                continue;
            }
            long timeMillis = columns.timeMillis()[row] + batch.clockOffsetMillis();
            if (timeMillis - engineMillis > MAX_LIVE_AHEAD_MILLIS && engineMillis != 0) {
                leap(timeMillis, batch.receivedMillis());
            }
            Series series = series(producer, columns.series()[row]);
            if (series == null) {
                undefinedRecords++;
                continue;
            }
            // by its own time where that is later: behind a gap in a recording the tick that would tell comes after the
            // batch
            if (series.seen(producer, Math.max(engineMillis, timeMillis))) {
                detection.fed(series, producer);
            }
            overflowRecords += series.isOverflow() ? 1 : 0;
            if (row < firstStart) {
                applyOutcome(producer, series, row, timeMillis);
            } else if (row < firstMeasurement) {
                tasks.started(producer, columns.taskId()[row], series, timeMillis, columns.deadlineMillis()[row]);
            } else {
                measurements++;
                record(series, timeMillis, columns.value()[row], false, "");
            }
        }
        detection.handOverRecords(batch.receivedMillis());
    }

    /**
     * A record behind a gap of days, which only a recording has: what is before the gap ends first, or its groups would be judged step by step through all
     * of it, kept alive by the records behind it.
     */
    private void leap(long toRecordMillis, long receivedMillis) {
        detection.handOverRecords(receivedMillis);
        advance(toRecordMillis - MAX_HEAD_START_MILLIS);
    }

    /** Null if the producer's definitions went, because there were too many producers since. */
    private @Nullable Series series(Producer producer, int id) {
        Series series = producer.series(id);
        return series != null && series.isForgotten() ? registry.revive(producer, id, series, engineMillis) : series;
    }

    private void applyOutcome(Producer producer, Series series, int row, long timeMillis) {
        if (columns.hasTasks() && columns.taskId()[row] != 0 && !tasks.completed(producer, columns.taskId()[row])) {
            return; // it was counted when its deadline passed
        }
        String error = columns.hasErrorTypes() ? producer.errorType(columns.errorType()[row]) : "";
        outcomes++;
        record(series, timeMillis, columns.value()[row], columns.failed(row), error);
        if (columns.hasTraces()) {
            long high = columns.traceHigh()[row];
            long low = columns.traceLow()[row];
            if ((high | low) != 0) {
                tracedRecords++;
                windows.traced(series, timeMillis, columns.value()[row], columns.failed(row), high, low);
            }
        }
    }

    private void record(Series series, long timeMillis, double value, boolean failed, String error) {
        windows.add(series, timeMillis, value, failed, error);
        detection.record(series, timeMillis, value, failed, error);
        if (firstRecordMillis == 0 || timeMillis < firstRecordMillis) {
            firstRecordMillis = timeMillis;
        }
        lastRecordMillis = Math.max(lastRecordMillis, timeMillis);
    }

    private void advance(long toMillis) {
        if (engineMillis == 0) {
            begin(toMillis);
        }
        // in steps of a sweep, so that what has long been idle is not judged step by step through a long gap
        while (nextSweepMillis <= toMillis) {
            advanceWithin(nextSweepMillis);
            registry.sweep(nextSweepMillis);
            boolean empty = registry.size() == 0;
            detection.skipIdleSteps(empty ? toMillis : nextSweepMillis);
            nextSweepMillis = (empty ? toMillis : nextSweepMillis) + SWEEP_MILLIS;
        }
        advanceWithin(toMillis);
    }

    /** The first tick: there is nothing to judge before the records that are there, if they are recent. */
    private void begin(long firstTickMillis) {
        registry.begin(firstTickMillis);
        long earliest = firstRecordMillis == 0 ? firstTickMillis : Math.min(firstRecordMillis, firstTickMillis);
        detection.begin(Math.max(earliest, firstTickMillis - MAX_HEAD_START_MILLIS));
        nextSweepMillis = firstTickMillis + SWEEP_MILLIS;
    }

    private void advanceWithin(long toMillis) {
        engineMillis = Math.max(engineMillis, toMillis);
        tasks.expire(engineMillis - settings.allowance().toMillis(), (series, deadlineMillis, seconds) -> {
            if (!series.isForgotten()) {
                outcomes++;
                record(series, deadlineMillis, seconds, true, OpenTasks.DEADLINE_EXCEEDED);
            }
        });
        detection.handOverRecords(engineMillis);
        detection.advance(engineMillis);
        windows.advance(engineMillis);
    }

    /** A recording's last record has been applied: all of its windows are judged and sealed. */
    private void end() {
        advance(lastRecordMillis
                + settings.sealAfter().toMillis()
                + 10_000
                + settings.allowance().toMillis());
        ended = true;
    }

    /** Shows what there is, open windows too. */
    public void publish() {
        windows.publishOpen();
        detection.publish();
        showCounters();
    }

    /** Makes the counters current. */
    public void showCounters() {
        counters.entries(entries);
        counters.records(outcomes, measurements, windows.late(), overflowRecords, undefinedRecords);
        counters.traced(tracedRecords);
        counters.states(detection.counts().statesNotSaved(), detection.counts().startedOver());
        counters.tasks(tasks.untracked(), tasks.expiredCount());
        counters.detection(
                detection.counts().windows(),
                detection.counts().failures(),
                detection.counts().unwatchedGroups(),
                alerts.events());
    }

    /** Ids of alerts that are not resolved. */
    Set<String> openAlerts() {
        return alerts.open();
    }

    public EngineCounters counters() {
        return counters;
    }

    /** The last tick. */
    public long engineMillis() {
        return engineMillis;
    }

    public int series() {
        return registry.size();
    }

    /** Record time of the earliest record; 0 if there is none. */
    public long firstRecordMillis() {
        return firstRecordMillis;
    }

    /** Record time of the latest record; 0 if there is none. */
    public long lastRecordMillis() {
        return lastRecordMillis;
    }

    public boolean hasEnded() {
        return ended;
    }
}
