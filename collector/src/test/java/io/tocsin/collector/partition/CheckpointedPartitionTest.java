/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.collector.store.disk.DiskSettings;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition that stops and begins again from its checkpoints: one is taken each time it stops. */
class CheckpointedPartitionTest {
    private static final String TENANT = "default";
    private static final ProducerKey PRODUCER = new ProducerKey(TENANT, "p", 1);
    private static final int ROWS = 60;

    private static final PartitionSettings SETTINGS = new PartitionSettings(
            JournalSettings.DEFAULTS,
            new SegmentLogSettings(4_096, 1 << 20, 0, 0, 1 << 16, 1_000_000_000),
            EngineSettings.DEFAULTS,
            StoreSettings.DEFAULTS,
            DiskSettings.DEFAULTS,
            new CheckpointSettings(Duration.ofDays(1), 1L << 40, Duration.ofDays(1), Duration.ZERO, 0),
            1,
            8,
            1L << 30,
            true);

    @TempDir
    Path folder;

    private final ManualClock wall = new ManualClock();
    private final List<String> told = new ArrayList<>();
    private long nextSequence = 1;

    private static DetectorCatalog catalog() {
        List<DetectorFactory> builtIns = ServiceLoader.load(DetectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return new DetectorCatalog(List.of(new Plugin(Plugin.BUILT_IN, "test", "test", builtIns, "")));
    }

    private static Rule outage() {
        return new Rule(
                "outage",
                "outage",
                List.of(new RuleInput("", Selector.of("m"))),
                List.of("agent"),
                List.of(),
                10_000,
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
                Origin.FILE);
    }

    /** What a test does with a partition that runs. */
    private interface Course {
        void run(LocalPartition partition) throws Exception;
    }

    private void run(Course course) throws Exception {
        EngineClock clock = new EngineClock(wall, () -> wall.millis() * 1_000_000);
        Recovery recovery = new Recovery(wall, told::add);
        try (DataDirectory directory = DataDirectory.open(folder, 1)) {
            List<PartitionHome> homes = PartitionHome.open(directory, SETTINGS, recovery);
            try (LocalPartitions partitions =
                    new LocalPartitions(SETTINGS, homes, catalog(), List.of(outage()), clock, "test")) {
                homes.forEach(home -> clock.resume(home.before().lastTickMillis()));
                partitions.recover(recovery);
                partitions.begin();
                partitions.live(TENANT);
                course.run(partitions.local().get(0));
            } finally {
                homes.forEach(PartitionHome::close);
            }
        }
    }

    /** Returns when they have been judged, which is with a tick after them. */
    private Answer sendFailures(LocalPartition partition) throws Exception {
        Answer answer = send(partition, ROWS);
        wall.advance(Duration.ofSeconds(1));
        await().until(() -> partition.status().engineMillis() >= wall.millis());
        return answer;
    }

    private Answer send(LocalPartition partition, int failed) throws Exception {
        wall.advance(Duration.ofSeconds(1));
        return send(partition, nextSequence++, failed);
    }

    private Answer send(LocalPartition partition, long sequence, int failed) throws Exception {
        partition
                .intake()
                .define(new Entry.Definitions(
                        PRODUCER,
                        List.of(new SeriesDefinition(
                                0, new SeriesKey("m", SeriesKind.OUTCOME, Attributes.of("agent", "a")))),
                        List.of(new ErrorTypeDefinition(1, "timeout"))));
        BatchColumns columns = new BatchColumns();
        columns.sequence(sequence);
        for (int row = 0; row < ROWS; row++) {
            columns.addOutcome(0, wall.millis(), 0.1, row < failed, row < failed ? 1 : 0, 0, 0, 0);
        }
        byte[] bytes = new BatchEncoder().encode(columns);
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        partition
                .intake()
                .submit(
                        new Intake.CheckedBatch(
                                PRODUCER,
                                PRODUCER,
                                sequence,
                                BatchForm.STREAM,
                                bytes,
                                sequence,
                                List.of(),
                                0,
                                wall.millis(),
                                wall.millis(),
                                wall.millis(),
                                ROWS),
                        new Intake.Answers() {
                            @Override
                            public void accepted(Answer answer) {
                                answered.complete(answer);
                            }

                            @Override
                            public void conflicting(long ofSequence) {
                                answered.completeExceptionally(new IllegalStateException("conflicting"));
                            }

                            @Override
                            public void fenced(long ofSequence, long byEpoch) {
                                answered.completeExceptionally(new IllegalStateException("fenced"));
                            }

                            @Override
                            public void refused(long ofSequence) {
                                answered.completeExceptionally(new IllegalStateException("refused"));
                            }

                            @Override
                            public void failed(long ofSequence, String reason) {
                                answered.completeExceptionally(new IllegalStateException(reason));
                            }
                        });
        Answer answer = answered.get(30, TimeUnit.SECONDS);
        partition.published(answer.position().offset()).get(30, TimeUnit.SECONDS);
        return answer;
    }

    private static List<AlertEvent> events(LocalPartition partition) {
        return partition.events().after(0, 1_000);
    }

    private static long requests(LocalPartition partition) {
        LongAdder all = new LongAdder();
        partition.series().totals(TENANT, "m", (key, totals) -> all.add(totals.count()));
        return all.sum();
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("partition-0/checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .sorted()
                    .toList();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private List<String> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("partition-0/journal"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void goesOnWithWhatItKnewWithoutApplyingItAgain() throws Exception {
        Answer[] first = new Answer[1];
        List<AlertEvent> before = new ArrayList<>();
        run(partition -> {
            first[0] = sendFailures(partition);
            before.addAll(events(partition));
        });
        assertThat(before).hasSize(1);
        assertThat(checkpoints()).hasSize(1);

        run(partition -> {
            assertThat(partition.engineCounters().entries())
                    .as("of both runs")
                    .isGreaterThan(first[0].position().offset());
            assertThat(events(partition)).isEqualTo(before);
            assertThat(requests(partition))
                    .as("totals of series that are silent since")
                    .isEqualTo(ROWS);
            Answer again = send(partition, 1, ROWS);
            assertThat(again.alreadyAccepted()).isTrue();
            assertThat(again.position()).isEqualTo(first[0].position());
            assertThat(send(partition, 2, 0).alreadyAccepted()).isFalse();
            nextSequence = 3;
            for (int second = 0; second < 90; second++) {
                send(partition, 0);
            }
            assertThat(events(partition)).hasSize(2).element(1).satisfies(resolved -> {
                assertThat(resolved.number()).isEqualTo(2);
                assertThat(resolved.alert().id())
                        .isEqualTo(before.get(0).alert().id());
                assertThat(resolved.alert().resolution()).isEqualTo("recovered");
            });
        });
        assertThat(told).isEmpty();
    }

    @Test
    void filesThatNoCheckpointNeedsGoAndItBeginsWithoutThem() throws Exception {
        for (int cycle = 0; cycle < 4; cycle++) {
            run(partition -> {
                for (int second = 0; second < 20; second++) {
                    send(partition, 1);
                }
            });
        }
        assertThat(segments().get(0)).isGreaterThan("0000000000000000001.segment");
        run(partition -> assertThat(partition.engineCounters().outcomes()).isEqualTo(4 * 20 * ROWS));
        assertThat(told).isEmpty();
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeTakesItsPlace() throws Exception {
        List<AlertEvent> before = new ArrayList<>();
        run(partition -> send(partition, 0));
        run(partition -> {
            sendFailures(partition);
            before.addAll(events(partition));
        });
        damage(checkpoints().get(1));

        run(partition -> {
            assertThat(partition.engineCounters().outcomes()).isEqualTo(2 * ROWS);
            assertThat(events(partition)).isEqualTo(before).hasSize(1);
        });
        assertThat(told).singleElement().asString().contains("a checkpoint is damaged and not used");
    }

    @Test
    void withoutAnyCheckpointItBeginsFromTheJournalsFirstEntryOrNotAtAll() throws Exception {
        run(partition -> sendFailures(partition));
        damage(checkpoints().get(0));
        run(partition -> assertThat(partition.engineCounters().outcomes()).isEqualTo(ROWS));

        for (int cycle = 0; cycle < 4; cycle++) {
            run(partition -> {
                for (int second = 0; second < 20; second++) {
                    send(partition, 0);
                }
            });
        }
        for (Path file : checkpoints()) {
            damage(file);
        }
        assertThatThrownBy(() -> run(partition -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("begins at entry")
                .hasMessageContaining("no checkpoint can be used");
    }
}
