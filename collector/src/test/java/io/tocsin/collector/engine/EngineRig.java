/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.InMemoryEventStore;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** An engine without threads: entries in, what it published out. Keeps the entries, so that they can be replayed. */
final class EngineRig {
    /** A whole minute, so that windows are easy to name. */
    static final long T0 = 1_700_000_040_000L;

    static final String TENANT = "default";
    static final String METRIC = "latency";
    static final int TIMEOUT = 1;

    final List<Entry> entries = new ArrayList<>();
    final InMemorySeriesStore series = new InMemorySeriesStore(StoreSettings.DEFAULTS.forRecording(1L << 30));
    final InMemoryEventStore events = new InMemoryEventStore(StoreSettings.DEFAULTS);
    final RuleBoard board = new RuleBoard();
    final Engine engine;

    /** All events, however many the store keeps. */
    private final List<AlertEvent> told = new ArrayList<>();

    private final Map<ProducerKey, Long> sequences = new LinkedHashMap<>();
    /** Entries that were applied before it was restored. */
    private long offsetBefore;

    EngineRig(EngineSettings settings, List<DetectorFactory> detectors) {
        engine = new Engine(0, settings, catalog(detectors), series, this::tell, board);
    }

    private void tell(AlertEvent event) {
        told.add(event);
        events.append(event);
    }

    /** One that goes on after this many entries. */
    static EngineRig resumed(EngineSettings settings, List<DetectorFactory> detectors, StateImage state, long offset)
            throws IOException {
        EngineRig rig = new EngineRig(settings, detectors);
        rig.offsetBefore = offset;
        rig.engine.restore(new StateReader(state));
        return rig;
    }

    StateImage saved() {
        StateImage image = new StateImage();
        StateWriter out = new StateWriter(image);
        engine.save(out);
        out.end();
        return image;
    }

    /** Of the last entry applied. */
    long offset() {
        return offsetBefore + entries.size();
    }

    static EngineRig with(DetectorFactory... detectors) {
        return new EngineRig(EngineSettings.DEFAULTS, List.of(detectors));
    }

    /** With our own detectors, as the collector finds them. */
    static EngineRig withBuiltIns() {
        return new EngineRig(EngineSettings.DEFAULTS, builtIns());
    }

    static List<DetectorFactory> builtIns() {
        return ServiceLoader.load(DetectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static DetectorCatalog catalog(List<DetectorFactory> detectors) {
        return new DetectorCatalog(List.of(new Plugin(Plugin.BUILT_IN, "test", "test", detectors, "")));
    }

    void apply(Entry entry) {
        entries.add(entry);
        engine.apply(offset(), entry);
    }

    static ProducerKey producer(String name) {
        return new ProducerKey(TENANT, name, 1);
    }

    static SeriesKey outcomes(String agent) {
        return new SeriesKey(METRIC, SeriesKind.OUTCOME, Attributes.of("agent", agent));
    }

    /** Series ids are the places of the agents. */
    void define(ProducerKey producer, String... agents) {
        List<SeriesDefinition> definitions = new ArrayList<>();
        for (int id = 0; id < agents.length; id++) {
            definitions.add(new SeriesDefinition(id, outcomes(agents[id])));
        }
        define(producer, definitions);
    }

    void define(ProducerKey producer, List<SeriesDefinition> definitions) {
        apply(new Entry.Definitions(producer, definitions, List.of(new ErrorTypeDefinition(TIMEOUT, "timeout"))));
    }

    /** What goes into a batch. */
    interface Fill {
        void into(BatchColumns columns);
    }

    void batch(ProducerKey producer, Fill fill) {
        batch(producer, 0, fill);
    }

    void batch(ProducerKey producer, long clockOffsetMillis, Fill fill, int... rejectedRows) {
        BatchColumns columns = new BatchColumns();
        long sequence = sequences.merge(producer, 1L, Long::sum);
        columns.sequence(sequence);
        fill.into(columns);
        apply(new Entry.Batch(
                producer,
                sequence,
                BatchForm.STREAM,
                new BatchEncoder().encode(columns),
                rejectedRows,
                clockOffsetMillis,
                engine.engineMillis()));
    }

    /** {@code count} outcomes of one second, the first {@code failed} of which failed. */
    void outcomes(ProducerKey producer, int id, long secondMillis, int count, int failed, double seconds) {
        batch(producer, columns -> {
            for (int i = 0; i < count; i++) {
                columns.addOutcome(
                        id, secondMillis + i * 1_000L / count, seconds, i < failed, i < failed ? TIMEOUT : 0, 0, 0, 0);
            }
        });
    }

    void tick(long millis) {
        apply(new Entry.Tick(millis));
    }

    void alive(ProducerKey producer, long atMillis) {
        apply(new Entry.LivenessChanged(producer, Liveness.ALIVE, atMillis));
    }

    void rule(Rule rule) {
        apply(new Entry.RuleSet(TENANT, rule));
    }

    /** A rule that selects all agents and groups by them. */
    static Rule perAgent(String name, String detector) {
        return grouped(name, detector, List.of("agent"), List.of(), 10_000);
    }

    static Rule grouped(String name, String detector, List<String> groupBy, List<String> memberBy, long stepMillis) {
        return new Rule(
                name,
                detector,
                List.of(new RuleInput("", Selector.of(METRIC))),
                groupBy,
                memberBy,
                stepMillis,
                Map.of(),
                0,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                Origin.API);
    }

    List<AlertEvent> eventList() {
        return told;
    }

    List<AlertState> states() {
        return eventList().stream().map(event -> event.alert().state()).toList();
    }
}
