/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.partition.CheckpointSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.LocalPartitions;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.partition.Recovery;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Severity;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A collector's partition on disk that is started, fed at random with good and bad times, and stopped, a few times over. */
final class RandomRun {
    private static final List<String> TENANTS = List.of("default", "other");
    private static final int AGENTS = 3;

    private final Path folder;
    private final PartitionSettings settings;
    private final SplittableRandom random;
    private final AtomicLong wallMillis = new AtomicLong(Past.T0);
    private final AtomicLong nanos = new AtomicLong();
    private final Map<ProducerKey, Long> sequences = new LinkedHashMap<>();
    private long epoch;

    RandomRun(Path folder, long seed) {
        this(folder, seed, PartitionSettings.DEFAULTS);
    }

    RandomRun(Path folder, long seed, PartitionSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    static PartitionSettings settings(SegmentLogSettings log, CheckpointSettings checkpoints) {
        PartitionSettings defaults = PartitionSettings.DEFAULTS;
        return new PartitionSettings(
                defaults.journal(),
                log,
                defaults.engine(),
                defaults.store(),
                defaults.disk(),
                checkpoints,
                defaults.livePartitions(),
                defaults.maxRecordings(),
                defaults.recordingMaxBytes(),
                defaults.alerting());
    }

    static List<Rule> declared() {
        return List.of(
                rule("any-failures", "threshold", Map.of("statistic", "error-ratio", "above", "0.2"), List.of()),
                rule("failures", "threshold", Map.of("statistic", "error-ratio", "above", "0.3"), List.of("agent")),
                rule("outage", "outage", Map.of("window", "20s"), List.of("agent")),
                rule("quiet", "absence", Map.of(), List.of("agent")),
                rule("slow", "latency-spike", Map.of(), List.of("agent")));
    }

    private static Rule rule(String name, String detector, Map<String, String> parameters, List<String> groupBy) {
        return new Rule(
                name,
                detector,
                List.of(new RuleInput("", Selector.of("calls"))),
                groupBy,
                List.of(),
                10_000,
                parameters,
                0,
                0,
                0,
                1,
                1,
                java.util.Optional.of(Severity.HIGH),
                Attributes.NONE,
                false,
                "",
                Origin.FILE);
    }

    /** Ids of all events, in order. Every start finds those of before again. */
    List<String> run() throws Exception {
        List<String> sent = List.of();
        for (int session = 0; session < 4; session++) {
            List<String> now = session();
            assertThat(now.subList(0, sent.size())).isEqualTo(sent);
            sent = now;
            wallMillis.addAndGet(random.nextLong(60_000));
        }
        return sent;
    }

    private List<String> session() throws Exception {
        EngineClock clock = new EngineClock(() -> Instant.ofEpochMilli(wallMillis.get()), nanos::get);
        Recovery recovery = new Recovery(clock, line -> {});
        try (DataDirectory directory = DataDirectory.open(folder, 1)) {
            List<PartitionHome> homes = PartitionHome.open(directory, settings, recovery);
            homes.forEach(home -> clock.resume(home.before().lastTickMillis()));
            try (LocalPartitions partitions =
                    new LocalPartitions(settings, homes, Past.BUILT_INS, declared(), clock, "test")) {
                partitions.recover(recovery);
                partitions.begin();
                epoch++;
                List<ProducerKey> producers = new ArrayList<>();
                for (String tenant : TENANTS) {
                    Partition partition = partitions.live(tenant);
                    ProducerKey producer = new ProducerKey(tenant, "p", epoch);
                    producers.add(producer);
                    define(partition, producer);
                }
                feed(partitions, producers);
                return ids(partitions.live(TENANTS.get(0)));
            }
        }
    }

    private static void define(Partition partition, ProducerKey producer) {
        List<SeriesDefinition> series = new ArrayList<>();
        for (int id = 0; id < AGENTS; id++) {
            series.add(new SeriesDefinition(
                    id, new SeriesKey("calls", SeriesKind.OUTCOME, Attributes.of("agent", "a" + id))));
        }
        assertThat(partition
                        .intake()
                        .define(new Entry.Definitions(
                                producer, series, List.of(new ErrorTypeDefinition(1, "timeout")))))
                .isTrue();
    }

    private void feed(LocalPartitions partitions, List<ProducerKey> producers) throws Exception {
        int bad = -1;
        int slow = -1;
        boolean silent = false;
        for (int second = 0; second < 150; second++) {
            pass(1_000);
            if (random.nextInt(20) == 0) {
                bad = random.nextInt(-1, AGENTS);
                slow = random.nextInt(-1, AGENTS);
                silent = random.nextInt(5) == 0;
            }
            for (ProducerKey producer : producers) {
                Partition partition = partitions.live(producer.tenant());
                partition.intake().heard(producer);
                if (!silent) {
                    submit(partition, producer, bad, slow);
                }
            }
            if (random.nextInt(30) == 0) {
                command(partitions.live(TENANTS.get(0)));
            }
        }
        if (random.nextBoolean()) {
            var unused = partitions
                    .live(producers.get(0).tenant())
                    .intake()
                    .goodbye(producers.get(0))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private void pass(long millis) {
        wallMillis.addAndGet(millis);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void submit(Partition partition, ProducerKey producer, int bad, int slow) throws Exception {
        long sequence = sequences.merge(producer, 1L, Long::sum);
        long now = wallMillis.get();
        BatchColumns columns = new BatchColumns();
        columns.sequence(sequence);
        int count = random.nextInt(5, 30);
        for (int i = 0; i < count; i++) {
            int agent = random.nextInt(AGENTS);
            boolean fails = agent == bad ? random.nextInt(10) < 8 : random.nextInt(100) == 0;
            double latency = (agent == slow ? 5 : 1) * (0.1 + random.nextDouble() / 10);
            columns.addOutcome(
                    agent, now - random.nextInt(1_500), latency, fails, fails ? 1 : 0, 0, 0, random.nextInt(3));
        }
        byte[] bytes = new BatchEncoder().encode(columns);
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        assertThat(partition
                        .intake()
                        .submit(
                                new Intake.CheckedBatch(
                                        producer,
                                        producer,
                                        sequence,
                                        BatchForm.STREAM,
                                        bytes,
                                        sequence,
                                        List.of(),
                                        0,
                                        now,
                                        now,
                                        now,
                                        count),
                                answers(answered)))
                .isTrue();
        answered.get(10, TimeUnit.SECONDS);
    }

    private static Intake.Answers answers(CompletableFuture<Answer> answered) {
        return new Intake.Answers() {
            @Override
            public void accepted(Answer answer) {
                answered.complete(answer);
            }

            @Override
            public void conflicting(long sequence) {
                answered.completeExceptionally(new IllegalStateException("conflict"));
            }

            @Override
            public void refused(long sequence) {
                answered.completeExceptionally(new IllegalStateException("refused"));
            }

            @Override
            public void fenced(long sequence, long byEpoch) {
                answered.completeExceptionally(new IllegalStateException("fenced by " + byEpoch));
            }

            @Override
            public void failed(long sequence, String reason) {
                answered.completeExceptionally(new IllegalStateException(reason));
            }
        };
    }

    /** An acknowledgement of some alert, or a rule that comes and goes by a call. */
    private void command(Partition partition) throws Exception {
        List<AlertEvent> events = events(partition);
        Entry command;
        if (random.nextBoolean() && !events.isEmpty()) {
            String alert = events.get(random.nextInt(events.size())).alert().id();
            command = new Entry.AlertAcknowledged(TENANTS.get(0), alert, "anna", "");
        } else if (random.nextBoolean()) {
            Rule rule = rule("by-call", "threshold", Map.of("statistic", "count", "above", "150"), List.of());
            command = new Entry.RuleSet(
                    TENANTS.get(0),
                    Rule.of("by-call", "threshold", rule.inputs(), Origin.API).withParameters(rule.parameters()));
        } else {
            command = new Entry.RuleRemoved(TENANTS.get(0), "by-call");
        }
        partition.intake().command(command).get(10, TimeUnit.SECONDS);
    }

    private static List<AlertEvent> events(Partition partition) throws Exception {
        partition.published(partition.status().journalOffset()).get(10, TimeUnit.SECONDS);
        return partition.events().after(0, Integer.MAX_VALUE);
    }

    private static List<String> ids(Partition partition) throws Exception {
        return events(partition).stream().map(AlertEvent::id).toList();
    }
}
