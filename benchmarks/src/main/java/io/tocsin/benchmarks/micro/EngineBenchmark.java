/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import io.tocsin.benchmarks.ingest.EncodedBatches;
import io.tocsin.benchmarks.ingest.OrchestratorSeries;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.engine.Engine;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.InMemoryEventStore;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.StoreSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The engine with the default rules and stores in memory: a tick and a batch of {@value #OUTCOMES} outcomes in each call,
 * {@value #BATCH_MILLIS} ms of engine time after the one before, so that windows open, are judged and sealed on the way: 102,400 outcomes
 * a second by its clock.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
    static final int OUTCOMES = 1_024;
    static final int BATCH_MILLIS = 10;
    private static final int BATCHES = 256;
    private static final long BEGIN_MILLIS = 1_700_000_040_000L;
    private static final ProducerKey PRODUCER = new ProducerKey("default", "benchmark", 1);
    private static final int[] NONE_REJECTED = {};

    @Param({"1000", "100000"})
    public int series = 1_000;

    private final Plugins plugins = Plugins.load(Path.of("no-plugins"), "benchmark");
    private final Engine engine = new Engine(
            0,
            EngineSettings.DEFAULTS,
            plugins.catalog(),
            new InMemorySeriesStore(StoreSettings.DEFAULTS),
            new InMemoryEventStore(StoreSettings.DEFAULTS),
            new RuleBoard());
    private @Nullable EncodedBatches batches;
    private long offset;
    private long sequence;
    private long engineMillis = BEGIN_MILLIS;

    /** Rules, series and a living producer. */
    @Setup
    public void begin() {
        batches = EncodedBatches.random(BATCHES, OUTCOMES, series, 7);
        apply(new Entry.Tick(engineMillis));
        for (Rule rule :
                CollectorSettings.load(Optional.empty(), Map.of(), Map.of()).rules()) {
            apply(new Entry.RuleSet(PRODUCER.tenant(), rule));
        }
        apply(new Entry.LivenessChanged(PRODUCER, Liveness.ALIVE, engineMillis));
        OrchestratorSeries orchestrator = new OrchestratorSeries(series);
        List<SeriesDefinition> definitions = new ArrayList<>();
        for (int id = 0; id < series; id++) {
            Attributes attributes = Attributes.of(orchestrator.attributes(id));
            definitions.add(
                    new SeriesDefinition(id, new SeriesKey(orchestrator.metric(id), SeriesKind.OUTCOME, attributes)));
        }
        apply(new Entry.Definitions(PRODUCER, definitions, List.of(new ErrorTypeDefinition(1, "timeout"))));
    }

    private void apply(Entry entry) {
        offset++;
        engine.apply(offset, entry);
    }

    /** One tick, one batch. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public long tickAndBatch() {
        engineMillis += BATCH_MILLIS;
        sequence++;
        apply(new Entry.Tick(engineMillis));
        apply(new Entry.Batch(
                PRODUCER,
                sequence,
                BatchForm.STREAM,
                requireNonNull(batches, "begin() comes first").batch(sequence, engineMillis - 2),
                NONE_REJECTED,
                0,
                engineMillis));
        return offset;
    }

    /** Outcomes that were counted. */
    long applied() {
        engine.showCounters();
        return engine.counters().outcomes();
    }

    /** Closes the jars of detectors, if there were any. */
    @TearDown(Level.Trial)
    public void end() {
        plugins.close();
    }
}
