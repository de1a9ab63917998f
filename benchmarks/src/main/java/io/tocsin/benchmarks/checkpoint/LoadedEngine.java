/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.checkpoint;

import io.tocsin.benchmarks.ingest.EncodedBatches;
import io.tocsin.benchmarks.ingest.OrchestratorSeries;
import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.engine.Engine;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.journal.WrittenBefore;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.InMemoryEventStore;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.StoreSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine with the default rules, and what its journal's writer knows, under steady load; no threads. */
final class LoadedEngine {
    private static final int OUTCOMES = 1_024;
    private static final int BATCHES = 256;
    private static final long BEGIN_MILLIS = 1_700_000_040_000L;
    private static final ProducerKey PRODUCER = new ProducerKey("default", "benchmark", 1);
    private static final int[] NONE_REJECTED = {};

    private final int series;
    private final int batchMillis;
    private final EncodedBatches batches;
    private final Engine engine;
    private final WrittenBefore written = new WrittenBefore(0, JournalSettings.DEFAULTS);
    private long offset;
    private long sequence;
    private long engineMillis = BEGIN_MILLIS;

    /** @param batchMillis a batch of {@value #OUTCOMES} outcomes comes this often */
    LoadedEngine(Plugins plugins, int series, int batchMillis) {
        this.series = series;
        this.batchMillis = batchMillis;
        this.batches = EncodedBatches.random(BATCHES, OUTCOMES, series, 7);
        this.engine = new Engine(
                0,
                EngineSettings.DEFAULTS,
                plugins.catalog(),
                new InMemorySeriesStore(StoreSettings.DEFAULTS),
                new InMemoryEventStore(StoreSettings.DEFAULTS),
                new RuleBoard());
    }

    void begin() {
        apply(new Entry.Tick(engineMillis));
        for (Rule rule :
                CollectorSettings.load(Optional.empty(), Map.of(), Map.of()).rules()) {
            apply(new Entry.RuleSet(PRODUCER.tenant(), rule));
        }
        apply(new Entry.LivenessChanged(PRODUCER, Liveness.ALIVE, engineMillis));
        OrchestratorSeries orchestrator = new OrchestratorSeries(series);
        List<SeriesDefinition> definitions = new ArrayList<>();
        for (int id = 0; id < series; id++) {
            definitions.add(new SeriesDefinition(
                    id,
                    new SeriesKey(
                            orchestrator.metric(id), SeriesKind.OUTCOME, Attributes.of(orchestrator.attributes(id)))));
        }
        apply(new Entry.Definitions(PRODUCER, definitions, List.of(new ErrorTypeDefinition(1, "timeout"))));
    }

    private void apply(Entry entry) {
        offset++;
        engine.apply(offset, entry);
        written.read(offset, entry);
    }

    void run(int seconds) {
        long until = engineMillis + seconds * 1_000L;
        while (engineMillis < until) {
            engineMillis += batchMillis;
            sequence++;
            apply(new Entry.Tick(engineMillis));
            apply(new Entry.Batch(
                    PRODUCER,
                    sequence,
                    BatchForm.STREAM,
                    batches.batch(sequence, engineMillis - 2),
                    NONE_REJECTED,
                    0,
                    engineMillis));
        }
    }

    long offset() {
        return offset;
    }

    void save(StateImage into) {
        StateWriter out = new StateWriter(into);
        engine.save(out);
        written.save(out);
        out.end();
    }

    void restore(StateImage from) throws IOException {
        StateReader in = new StateReader(from);
        engine.restore(in);
        written.restore(in);
    }
}
