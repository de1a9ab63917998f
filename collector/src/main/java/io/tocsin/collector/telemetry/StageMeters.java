/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.tocsin.collector.engine.EngineCounters;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.journal.JournalCounters;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.journal.segment.SegmentLogCounters;
import io.tocsin.collector.partition.CheckpointCounters;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.store.InMemorySeriesStore;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows the stages' own counters; each is read when somebody scrapes. Stages must live as long as the collector. Thread-safe.
 */
public final class StageMeters {
    private static final List<String> LIVENESS = List.of("alive", "lost", "stopped");

    private final MeterRegistry registry;
    private final Meters meters;

    StageMeters(MeterRegistry registry) {
        this.registry = registry;
        this.meters = new Meters(registry);
    }

    /** The way in. */
    public void ingest(IngestCounters counters) {
        Tags none = Tags.empty();
        meters.gauge("tocsin.ingest.streams.open", "streams open now", none, counters, IngestCounters::streamsOpen);
        meters.gauge(
                "tocsin.ingest.in.flight.bytes",
                "bytes received and not answered yet",
                none,
                counters,
                IngestCounters::bytesInFlight);
        meters.counter("tocsin.ingest.streams", "streams opened", none, counters, IngestCounters::streamsOpened);
        meters.counter(
                "tocsin.ingest.streams.failed",
                "streams that ended with an error",
                none,
                counters,
                IngestCounters::streamsFailed);
        meters.counter("tocsin.ingest.batches", "batches received on streams", none, counters, IngestCounters::batches);
        meters.counter("tocsin.ingest.pushes", "pushes received", none, counters, IngestCounters::pushes);
        meters.counter(
                "tocsin.ingest.bytes", "bytes of batches and pushes", none, counters, IngestCounters::batchBytes);
        meters.counter(
                "tocsin.ingest.duplicates",
                "batches and pushes that had been accepted before",
                none,
                counters,
                IngestCounters::duplicates);
        meters.counter(
                "tocsin.ingest.producers.forgotten",
                "producers that are not shown any more, because there were too many",
                none,
                counters,
                of -> of.producers().forgotten());
        meters.counter("tocsin.ingest.records.accepted", "records accepted", none, counters, IngestCounters::accepted);
        meters.counter(
                "tocsin.ingest.records.traced",
                "outcomes that came with a trace id",
                none,
                counters,
                IngestCounters::tracedRecords);
        for (RejectedRecord.Reason reason : RejectedRecord.Reason.values()) {
            meters.counter(
                    "tocsin.ingest.records.rejected",
                    "records rejected for good",
                    Tags.of("reason", Meters.word(reason)),
                    counters,
                    c -> c.rejected(reason));
        }
        for (IngestCounters.Refused reason : IngestCounters.Refused.values()) {
            meters.counter(
                    "tocsin.ingest.refusals",
                    "batches and pushes that were not taken",
                    Tags.of("reason", Meters.word(reason)),
                    counters,
                    c -> c.refused(reason));
        }
        meters.counter(
                "tocsin.ingest.definitions.refused",
                "definitions of series that were refused",
                none,
                counters,
                IngestCounters::badDefinitions);
        meters.counter(
                "tocsin.ingest.redefines",
                "how often definitions were asked for again",
                none,
                counters,
                IngestCounters::redefines);
        meters.counter(
                "tocsin.ingest.batches.corrected",
                "batches whose producer's clock was off by more than a second",
                none,
                counters,
                IngestCounters::correctedBatches);
    }

    /** Spans of the collector's own work. */
    public void tracing(Tracing tracing) {
        String description = "spans made here, by what became of them";
        meters.counter(
                "tocsin.traces.spans",
                description,
                result("exported"),
                tracing,
                t -> t.status().exported());
        meters.counter(
                "tocsin.traces.spans",
                description,
                result("failed"),
                tracing,
                t -> t.status().failed());
        meters.counter(
                "tocsin.traces.spans",
                description,
                result("dropped"),
                tracing,
                t -> t.status().dropped());
    }

    private static Tags result(String word) {
        return Tags.of("result", word);
    }

    /** A live partition, as its views tell. */
    public void partition(Partition partition) {
        Tags tags = tags(partition.number());
        meters.gauge(
                "tocsin.journal.offset",
                "number of the last entry written",
                tags,
                partition,
                p -> p.status().journalOffset());
        meters.gauge(
                "tocsin.engine.applied.offset",
                "number of the last entry the engine has applied",
                tags,
                partition,
                p -> p.status().appliedOffset());
        TimeGauge.builder(
                        "tocsin.engine.lag",
                        partition,
                        TimeUnit.MILLISECONDS,
                        p -> p.status().lagMillis())
                .description("how long the oldest entry has waited for the engine")
                .tags(tags)
                .register(registry);
        meters.gauge(
                "tocsin.engine.series",
                "series known",
                tags,
                partition,
                p -> p.status().series());
        meters.gauge(
                "tocsin.engine.up",
                "1 while the engine runs, 0 when it stands still",
                tags,
                partition,
                p -> p.status().problem().isEmpty() ? 1 : 0);
        meters.gauge(
                "tocsin.journal.full",
                "1 while no batches are taken because the disk has no room, else 0",
                tags,
                partition,
                p -> p.intake().full().isEmpty() ? 0 : 1);
        for (String liveness : LIVENESS) {
            meters.gauge(
                    "tocsin.producers",
                    "producers by liveness",
                    tags.and("liveness", liveness),
                    partition,
                    p -> p.status().producers().getOrDefault(liveness, 0));
        }
    }

    /** A live partition's journal. */
    public void journal(int partition, JournalCounters counters) {
        Tags tags = tags(partition);
        meters.counter("tocsin.journal.batches", "batches written", tags, counters, JournalCounters::batches);
        meters.counter("tocsin.journal.bytes", "bytes of batches written", tags, counters, JournalCounters::bytes);
        meters.counter("tocsin.journal.forces", "forced writes", tags, counters, JournalCounters::groups);
        meters.counter(
                "tocsin.journal.duplicates",
                "batches that had been written before",
                tags,
                counters,
                JournalCounters::duplicates);
        meters.counter(
                "tocsin.journal.conflicts",
                "batches whose sequence had been used with other bytes",
                tags,
                counters,
                JournalCounters::conflicts);
        meters.counter(
                "tocsin.journal.fenced", "batches of an epoch that was over", tags, counters, JournalCounters::fenced);
        meters.counter(
                "tocsin.journal.refusals",
                "batches that found too many bytes waiting",
                tags,
                counters,
                JournalCounters::refused);
        meters.counter(
                "tocsin.journal.clock.jumps", "jumps of the wall clock", tags, counters, JournalCounters::clockJumps);
    }

    /** A partition whose state is on disk. */
    public void checkpoints(LocalPartition partition, CheckpointCounters counters) {
        Tags tags = tags(partition.number());
        meters.counter("tocsin.checkpoint.written", "checkpoints written", tags, counters, CheckpointCounters::written);
        meters.counter(
                "tocsin.checkpoint.failed",
                "checkpoints that could not be taken or written",
                tags,
                counters,
                CheckpointCounters::failed);
        meters.counter(
                "tocsin.checkpoint.held.seconds",
                "time in which the engine was held to copy its state",
                tags,
                counters,
                of -> of.heldNanos() / 1e9);
        meters.counter(
                "tocsin.checkpoint.write.seconds",
                "time in which checkpoints were written, the engine going on",
                tags,
                counters,
                of -> of.writeNanos() / 1e9);
        meters.gauge(
                "tocsin.checkpoint.bytes", "size of the last checkpoint", tags, counters, CheckpointCounters::bytes);
        meters.gauge(
                "tocsin.checkpoint.age.seconds",
                "engine time since the newest checkpoint, which a start after a crash has to apply; 0 while there is none",
                tags,
                partition,
                LocalPartition::checkpointAgeSeconds);
    }

    /** A live partition's journal on disk. */
    public void disk(int partition, SegmentLogCounters counters) {
        Tags tags = tags(partition);
        meters.counter(
                "tocsin.journal.disk.bytes",
                "bytes written to disk, 0 in memory",
                tags,
                counters,
                SegmentLogCounters::writtenBytes);
        meters.counter(
                "tocsin.journal.force.seconds",
                "time in which groups were written and forced",
                tags,
                counters,
                c -> c.forceNanos() / 1e9);
        meters.counter(
                "tocsin.journal.read.back",
                "entries that the engine had to read from disk",
                tags,
                counters,
                SegmentLogCounters::readBackEntries);
        meters.gauge(
                "tocsin.journal.damaged",
                "entries that had been forced and could not be read at the start",
                tags,
                counters,
                SegmentLogCounters::damagedEntries);
    }

    /** A live partition's engine. */
    public void engine(int partition, EngineCounters counters) {
        Tags tags = tags(partition);
        meters.counter("tocsin.engine.entries", "entries applied", tags, counters, EngineCounters::entries);
        meters.counter("tocsin.engine.outcomes", "outcomes applied", tags, counters, EngineCounters::outcomes);
        meters.counter(
                "tocsin.engine.measurements",
                "values and increments applied",
                tags,
                counters,
                EngineCounters::measurements);
        meters.counter(
                "tocsin.engine.late.records",
                "records that came after their window was sealed",
                tags,
                counters,
                EngineCounters::late);
        meters.counter(
                "tocsin.engine.overflow.records",
                "records that an overflow series took",
                tags,
                counters,
                EngineCounters::overflowRecords);
        meters.counter(
                "tocsin.engine.windows.judged",
                "windows given to detectors",
                tags,
                counters,
                EngineCounters::windowsJudged);
        meters.counter(
                "tocsin.engine.tasks.expired",
                "tasks not completed by their deadline",
                tags,
                counters,
                EngineCounters::expiredTasks);
        meters.counter(
                "tocsin.engine.tasks.untracked",
                "started tasks that were not watched, because too many were open",
                tags,
                counters,
                EngineCounters::untrackedTasks);
        meters.counter(
                "tocsin.detector.failures",
                "calls of detectors that threw",
                tags,
                counters,
                EngineCounters::detectorFailures);
        meters.counter(
                "tocsin.detector.states.not.saved",
                "times that a detector could not save its state",
                tags,
                counters,
                EngineCounters::statesNotSaved);
        meters.counter(
                "tocsin.detector.started.over",
                "detectors that could not go on with the state they had before a restart, and began anew",
                tags,
                counters,
                EngineCounters::detectorsStartedOver);
        meters.counter(
                "tocsin.detector.groups.unwatched",
                "groups beyond what their rule may watch",
                tags,
                counters,
                EngineCounters::unwatchedGroups);
        meters.counter("tocsin.alert.events", "changes of alerts", tags, counters, EngineCounters::events);
    }

    /** What a live partition keeps for reading. */
    public void store(int partition, InMemorySeriesStore store) {
        Tags tags = tags(partition);
        meters.gauge(
                "tocsin.store.windows.bytes", "bytes of windows kept, about", tags, store, InMemorySeriesStore::bytes);
        meters.counter(
                "tocsin.store.windows.evicted",
                "windows that became rollups before their time, for want of space",
                tags,
                store,
                InMemorySeriesStore::evictedForBytes);
        meters.gauge(
                "tocsin.store.rollups.bytes",
                "bytes of rollups kept, about",
                tags,
                store,
                InMemorySeriesStore::rollupBytes);
        meters.counter(
                "tocsin.store.rollups.lost",
                "rollups lost before their time, for want of space",
                tags,
                store,
                InMemorySeriesStore::rollupsLost);
        meters.counter(
                "tocsin.store.corrections.lost",
                "windows corrected by late records when they had become rollups before their time",
                tags,
                store,
                InMemorySeriesStore::correctionsLost);
    }

    private static Tags tags(int partition) {
        return Tags.of("partition", Integer.toString(partition));
    }
}
