/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.engine.Engine;
import io.tocsin.collector.engine.EngineCounters;
import io.tocsin.collector.engine.EngineThread;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.engine.detection.RuleViews;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.Journal;
import io.tocsin.collector.journal.JournalCounters;
import io.tocsin.collector.journal.JournalWriter;
import io.tocsin.collector.journal.WrittenBefore;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.journal.segment.SegmentLogCounters;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.store.AlertReader;
import io.tocsin.collector.store.EventLog;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.PartitionStore;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.disk.DiskStore;
import io.tocsin.collector.trace.EngineTrails;
import io.tocsin.collector.trace.Traces;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A partition in this process: its state in memory, its journal perhaps on disk. Thread-safe. */
public final class LocalPartition implements Partition, AutoCloseable {
    /** Name and time of creation of a recording. */
    private record RecordingName(String name, long createdMillis) {}

    private static final long LOOK_EVERY_MILLIS = 10;

    private final int number;
    private final Optional<RecordingName> recording;
    private final WrittenBefore before;
    private final Journal journal;
    private final JournalWriter writer;
    private final Engine state;
    private final EngineThread engine;
    private final Optional<SavedState> saved;
    private final Optional<Checkpointer> checkpointer;
    private final PartitionStore store;
    private final Optional<DiskStore> diskStore;
    private final RuleBoard board = new RuleBoard();
    private final EngineClock clock;
    private final EngineTrails trails;
    private final SegmentLogCounters disk;
    /** What decides the events beside the journal. */
    private final String derivedBy;
    /** What the journal had when it was opened is applied: what happens from now on is news. */
    private volatile boolean recovered;
    /** The entry of the checkpoint that it went on from; 0: of none. Confined to the start. */
    private long resumedOffset;

    private LocalPartition(
            PartitionHome home,
            Optional<RecordingName> recording,
            PartitionSettings settings,
            DetectorCatalog catalog,
            EngineClock clock,
            String build,
            Traces traces) {
        this.number = home.number();
        this.recording = recording;
        this.clock = clock;
        this.trails = traces.engine(number);
        this.before = home.before();
        this.journal = home.journal();
        this.disk = home.disk();
        this.derivedBy = build + " " + settings.engine() + " " + new TreeMap<>(catalog.hashes());
        this.diskStore = home.store();
        this.store = diskStore
                .map(DiskStore::view)
                .orElseGet(() -> PartitionStore.inMemory(
                        recording.isPresent()
                                ? settings.store().forRecording(settings.recordingMaxBytes())
                                : settings.store()));
        diskStore.ifPresent(onDisk -> onDisk.groupings(tenant -> RuleGroupings.of(board.rules(tenant))));
        this.writer = recording.isPresent()
                ? JournalWriter.recording(number, journal, settings.journal(), clock)
                : JournalWriter.live(number, journal, settings.journal(), clock, before);
        this.state = new Engine(number, settings.engine(), catalog, store.windows(), told(store.eventSink()), board);
        this.engine = new EngineThread(number, state, journal, trails);
        this.saved = home.saved();
        this.checkpointer = saved.map(of -> new Checkpointer(
                number,
                build,
                settings.checkpoints(),
                state,
                new WrittenBefore(number, settings.journal()),
                of.folder(),
                new KeptJournal(of.log(), writer, diskStore, settings.checkpoints()),
                of.newest().map(Checkpoint::state).orElseGet(StateImage::new),
                ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime));
    }

    /** Where events go: to be stored, and then told to whoever follows. */
    private EventSink told(EventSink stored) {
        if (trails == EngineTrails.NONE) {
            return stored;
        }
        return event -> {
            stored.append(event);
            if (!recovered) {
                return;
            }
            Alert alert = event.alert();
            trails.alertChanged(
                    alert.id(),
                    alert.rule(),
                    alert.state().name(),
                    alert.severity().name(),
                    alert.exampleTraceIds());
        };
    }

    /** A partition whose engine time is the collector's clock. */
    public static LocalPartition live(
            PartitionHome home,
            PartitionSettings settings,
            DetectorCatalog catalog,
            EngineClock clock,
            String build,
            Traces traces) {
        return new LocalPartition(home, Optional.empty(), settings, catalog, clock, build, traces);
    }

    /** A partition whose engine time is its records'. */
    public static LocalPartition recording(
            int number,
            String name,
            PartitionSettings settings,
            DetectorCatalog catalog,
            EngineClock clock,
            Traces traces) {
        return new LocalPartition(
                PartitionHome.inMemory(number, settings.journal()),
                Optional.of(new RecordingName(name, clock.millis())),
                settings,
                catalog,
                clock,
                "",
                traces);
    }

    /**
     * Goes on from the newest checkpoint, if there is one, and applies what the journal has after it.
     *
     * @throws IllegalStateException if the checkpoint cannot be gone on from, or an entry not be applied
     */
    void recover(Recovery recovery) {
        checkpointer.ifPresent(taking -> {
            saved.flatMap(SavedState::newest).ifPresent(from -> resume(from, taking));
            engine.follow(taking);
        });
        diskStore.ifPresent(onDisk -> onDisk.derivedBy(derivedBy, journal.forcedOffset()));
        engine.start();
        awaitApplied(journal.forcedOffset(), recovery);
        diskStore.ifPresent(onDisk -> {
            onDisk.reconcile(engine.openAlerts(), resumedOffset, engine.appliedOffset(), engine.engineMillis());
            if (onDisk.differentEvents() > 0) {
                recovery.tell("partition " + number + ": " + onDisk.differentEvents()
                        + " events that were told before are not as this build sees them; what was told stays");
            }
        });
        recovered = true;
        checkpointer.ifPresent(Checkpointer::begin);
        if (engine.appliedOffset() > 0) {
            var unused = engine.published(0); // whoever reads waits for it, nobody else
        }
    }

    private void resume(Checkpoint from, Checkpointer taking) {
        try {
            StateReader in = new StateReader(from.state());
            state.restore(in);
            taking.resume(from.header(), in);
            resumedOffset = from.header().offset();
            engine.resume(resumedOffset);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "partition " + number + " cannot go on from its checkpoint of entry "
                            + from.header().offset() + ", which build "
                            + from.header().build() + " wrote: "
                            + e.getMessage() + "; start that build, or take the file away to go on from the one before",
                    e);
        }
    }

    /**
     * Begins, after {@link #recover}.
     *
     * @param first entries that come before any other new one: who began, rules
     */
    void begin(List<Entry> first) {
        List<Entry> all = new ArrayList<>(first);
        all.addAll(before.interruption(clock.millis()));
        writer.start(all);
    }

    /** Shows nobody what was applied: that takes long with many series. */
    private void awaitApplied(long through, Recovery recovery) {
        while (engine.shownOffset() < through) {
            if (!engine.problem().isEmpty()) {
                throw new IllegalStateException("partition " + number + " cannot be recovered: " + engine.problem());
            }
            recovery.progress("applying the journal of partition " + number, engine.appliedOffset(), through);
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the journal was applied", e);
            }
        }
    }

    WrittenBefore before() {
        return before;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Optional<RecordingStatus> recording() {
        return recording.map(name -> new RecordingStatus(
                name.name(),
                name.createdMillis(),
                engine.firstRecordMillis(),
                engine.lastRecordMillis(),
                engine.counters().outcomes() + engine.counters().measurements(),
                engine.hasEnded()));
    }

    @Override
    public Intake intake() {
        return writer;
    }

    @Override
    public SeriesReader series() {
        return store.series();
    }

    @Override
    public AlertReader alerts() {
        return store.alerts();
    }

    @Override
    public EventLog events() {
        return store.events();
    }

    @Override
    public RuleViews rules() {
        return board;
    }

    @Override
    public PartitionStatus status() {
        long journalOffset = journal.forcedOffset();
        long applied = engine.appliedOffset();
        long behind = recording.isEmpty() && applied > 0 ? Math.max(0, clock.millis() - engine.engineMillis()) : 0;
        String problem = Stream.of(
                        writer.failure(),
                        engine.problem(),
                        diskStore.map(DiskStore::problem).orElse(""))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        return new PartitionStatus(
                journalOffset, applied, engine.engineMillis(), behind, engine.series(), writer.producers(), problem);
    }

    @Override
    public CompletableFuture<Void> published(long offset) {
        return engine.published(offset);
    }

    @Override
    public long publication() {
        return engine.publication();
    }

    public EngineCounters engineCounters() {
        return engine.counters();
    }

    public JournalCounters journalCounters() {
        return writer.counters();
    }

    /** Of the journal on disk; all 0 if it is in memory. */
    public SegmentLogCounters diskCounters() {
        return disk;
    }

    /** Empty if there are none, and never will be. */
    public Optional<CheckpointCounters> checkpointCounters() {
        return checkpointer.map(Checkpointer::counters);
    }

    /** How old the newest checkpoint is by the engine's clock: what a start after a crash would have to apply. 0 while there is none. */
    public double checkpointAgeSeconds() {
        long takenMillis =
                checkpointCounters().map(CheckpointCounters::engineMillis).orElse(0L);
        return takenMillis == 0 ? 0 : Math.max(0, engine.engineMillis() - takenMillis) / 1_000.0;
    }

    /** What is on disk of what is derived; empty if that is in memory. */
    public Optional<DiskStore> diskStore() {
        return diskStore;
    }

    /** Its journal on disk; empty if that is in memory. */
    public Optional<SegmentLog> log() {
        return saved.map(SavedState::log);
    }

    /** Its checkpoints; empty if there are none, and never will be. */
    public Optional<CheckpointFolder> checkpoints() {
        return saved.map(SavedState::folder);
    }

    /** What of the series is in memory. */
    public InMemorySeriesStore seriesStore() {
        return store.recent();
    }

    /** Writes and applies what was taken, takes a last checkpoint, then stops; see {@link JournalWriter#close} and {@link EngineThread#close}. */
    @Override
    public void close() {
        writer.close();
        engine.close();
        checkpointer.ifPresent(Checkpointer::close);
        diskStore.ifPresent(onDisk -> onDisk.close(engine.appliedOffset()));
        trails.close();
    }
}
