/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.BackupRequest;
import io.tocsin.v1.BackupResponse;
import io.tocsin.v1.BackupSummary;
import io.tocsin.v1.SubscribeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the data of a collector that goes on, and another collector that begins with it. */
class BackupTest {
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}\n";
    private static final int RECORDS = 7;
    /** Batches, after which time stands still: all are to be of windows that are still open. */
    private static final long MOVES_THE_CLOCK = 2_000;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private RunningCollector start(Path data, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "monitoring.in-memory",
                "false",
                "monitoring.data-dir",
                data.toString(),
                "monitoring.checkpoints.every",
                "1s",
                "monitoring.backups.dir",
                folder.resolve("backups").toString()));
        settings.putAll(more);
        return new RunningCollector(folder, OUTAGE, settings, clock);
    }

    private RunningCollector start(Path data) throws Exception {
        return start(data, Map.of());
    }

    private static BackupSummary backup(RunningCollector collector, String to) {
        List<BackupResponse> steps = new ArrayList<>();
        AdminServiceGrpc.newBlockingStub(collector.channel())
                .backup(BackupRequest.newBuilder().setTo(to).build())
                .forEachRemaining(steps::add);
        return steps.get(steps.size() - 1).getSummary();
    }

    private static long counted(RunningCollector collector, Ack seen) {
        return countsBySecond(collector.channel(), seen.getPosition())
                .getOrDefault("planner", Map.of())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Sends batches, one after the other, until it is told to stop. */
    private final class Load implements AutoCloseable {
        private final StreamClient stream;
        private final AtomicLong acknowledged = new AtomicLong();
        private volatile boolean over;
        private final Thread thread = new Thread(this::run, "load");

        Load(RunningCollector collector) {
            stream = Producer.open(collector.channel(), "planner", clock.millis());
            thread.start();
        }

        private void run() {
            for (long sequence = 1; !over; sequence++) {
                stream.batch(Producer.batch(sequence, ManualClock.NOON, RECORDS, 0))
                        .nextAck();
                acknowledged.set(sequence);
                if (sequence % 20 == 0 && sequence <= MOVES_THE_CLOCK) {
                    clock.advance(Duration.ofMillis(250));
                }
            }
        }

        void await(long more) {
            long wanted = acknowledged.get() + more;
            org.awaitility.Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.get() >= wanted);
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }

    @Test
    void underLoadItHasAllThatWasAcknowledgedBeforeAndNothingTwice() throws Exception {
        long before;
        long after;
        BackupSummary summary;
        try (RunningCollector collector = start(folder.resolve("data"));
                Load load = new Load(collector)) {
            load.await(200);
            before = load.acknowledged.get();
            summary = backup(collector, "first");
            load.await(100);
            after = load.acknowledged.get();
            assertThat(collector.figure("tocsin_backups_total{result=\"done\"}"))
                    .isEqualTo(1);
            assertThat(collector.figure("tocsin_backup_last_success_timestamp_seconds"))
                    .isPositive();
        }
        assertThat(Path.of(summary.getFolder())).isEqualTo(folder.resolve("backups/first"));
        assertThat(summary.getBytes())
                .isEqualTo(sizeBytes(Path.of(summary.getFolder()).resolve("partition-0")));

        try (RunningCollector restored = start(Path.of(summary.getFolder()))) {
            StreamClient stream = Producer.open(restored.channel(), "planner", clock.millis());
            long fresh = 0;
            for (long sequence = 1; sequence <= after; sequence++) {
                Ack again = stream.batch(Producer.batch(sequence, ManualClock.NOON, RECORDS, 0))
                        .nextAck();
                if (!again.getAlreadyAccepted()) {
                    assertThat(sequence)
                            .as("acknowledged before the backup began")
                            .isGreaterThan(before);
                    fresh++;
                }
            }
            Ack last = stream.batch(Producer.batch(after + 1, ManualClock.NOON, RECORDS, 0))
                    .nextAck();
            assertThat(counted(restored, last)).isEqualTo((after + 1) * RECORDS);
            assertThat(fresh).isLessThanOrEqualTo(after - before);
            assertThat(restored.figure("tocsin_store_disk_events_different_total{partition=\"0\"}"))
                    .isZero();
        }
    }

    private static long sizeBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += file.endsWith("durable-mark") ? 0 : Files.size(file); // made for the copy
            }
            return sum;
        }
    }

    @Test
    void theOneThatWasCopiedGoesOnUnharmedByTheCopysLife() throws Exception {
        Path data = folder.resolve("data");
        BackupSummary summary;
        Ack last;
        try (RunningCollector collector = start(data)) {
            Producer producer = new Producer(collector, "planner");
            producer.outcomes(5, 0);
            summary = backup(collector, "twin");
            last = producer.outcomes(3, 0);
            assertThat(counted(collector, last)).isEqualTo(8);
        }
        try (RunningCollector restored = start(Path.of(summary.getFolder()))) {
            Ack other = new Producer(restored, "planner").after(1).outcomes(100, 0);
            assertThat(counted(restored, other)).isEqualTo(105);
        }
        try (RunningCollector again = start(data)) {
            assertThat(counted(again, last)).isEqualTo(8);
        }
    }

    @Test
    void cursorsOfBeforeGoOnAndThoseOfAfterAreToldThatTheyCannot() throws Exception {
        String begin;
        String atBackup;
        String ahead;
        List<AlertEvent> events = new ArrayList<>();
        BackupSummary summary;
        try (RunningCollector collector = start(folder.resolve("data"));
                SubscriberClient subscriber =
                        new SubscriberClient(collector.channel(), SubscribeRequest.newBuilder())) {
            assertThat(subscriber.next().hasSnapshot()).isTrue();
            begin = subscriber.cursor();
            outage(collector, "planner");
            events.add(subscriber.nextEvent());
            atBackup = subscriber.cursor();
            summary = backup(collector, "cursors");
            outage(collector, "critic");
            subscriber.nextEvent();
            ahead = subscriber.cursor();
        }
        try (RunningCollector restored = start(Path.of(summary.getFolder()));
                SubscriberClient all = subscribe(restored, begin);
                SubscriberClient later = subscribe(restored, atBackup);
                SubscriberClient lost = subscribe(restored, ahead)) {
            assertThat(all.nextEvent()).isEqualTo(events.get(0));
            assertThat(lost.next().getGap().getReason()).isEqualTo("restarted");
            assertThat(lost.next().getSnapshot().getAlertsCount()).isEqualTo(1);
            outage(restored, "writer");
            AlertEvent news = later.nextEvent();
            assertThat(news.getNumber()).isEqualTo(events.get(0).getNumber() + 1);
            assertThat(all.nextEvent()).isEqualTo(news);
            assertThat(lost.nextEvent()).isEqualTo(news);
        }
        try (RunningCollector restartedAgain = start(Path.of(summary.getFolder()));
                SubscriberClient old = subscribe(restartedAgain, begin)) {
            assertThat(old.nextEvent()).isEqualTo(events.get(0));
        }
    }

    private static SubscriberClient subscribe(RunningCollector collector, String cursor) {
        return new SubscriberClient(
                collector.channel(), SubscribeRequest.newBuilder().setCursor(cursor));
    }

    private static void outage(RunningCollector collector, String agent) {
        new Producer(collector, agent).outcomes(50, 50);
        collector.clock.advance(Duration.ofMillis(250));
    }

    @Test
    void onlyNewFoldersBelowTheOneThatIsAllowed() throws Exception {
        Path backups = folder.resolve("backups");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        try (RunningCollector collector = start(folder.resolve("data"))) {
            assertThat(Path.of(backup(collector, "deep/er").getFolder())).isEqualTo(backups.resolve("deep/er"));
            Files.createDirectories(backups.resolve("empty"));
            assertThat(backup(collector, backups.resolve("empty").toString()).getBytes())
                    .isPositive();
            Files.createSymbolicLink(backups.resolve("way-out"), outside);

            assertRefused(collector, "empty", "ALREADY_EXISTS", "not empty");
            assertRefused(collector, "", "INVALID_ARGUMENT", "to must be the name of a folder below " + backups);
            assertRefused(collector, ".", "INVALID_ARGUMENT", "to must be below " + backups);
            assertRefused(collector, "../outside/b", "INVALID_ARGUMENT", "to must be below " + backups);
            assertRefused(collector, outside.resolve("b").toString(), "INVALID_ARGUMENT", "monitoring.backups.dir");
            assertRefused(collector, "way-out/b", "INVALID_ARGUMENT", "to must be below " + backups);
            assertRefused(collector, "way-out", "ALREADY_EXISTS", "way-out is there");
            Files.createDirectories(backups.resolve("cut.unfinished"));
            assertRefused(collector, "cut", "ALREADY_EXISTS", "cut.unfinished is there");
        }
        assertThat(outside).isEmptyDirectory();
    }

    private static void assertRefused(RunningCollector collector, String to, String code, String words) {
        assertThatThrownBy(() -> backup(collector, to))
                .hasMessageStartingWith(code)
                .hasMessageContaining(words);
    }

    @Test
    void noneWithoutAPlaceWithoutDataOrWithoutRoom() throws Exception {
        try (RunningCollector collector = start(folder.resolve("data"), Map.of("monitoring.in-memory", "true"))) {
            assertRefused(collector, "x", "FAILED_PRECONDITION", "--data-dir");
        }
        try (RunningCollector collector = new RunningCollector(
                folder,
                OUTAGE,
                Map.of(
                        "monitoring.in-memory",
                        "false",
                        "monitoring.data-dir",
                        folder.resolve("data").toString()),
                clock)) {
            assertRefused(collector, "x", "FAILED_PRECONDITION", "set monitoring.backups.dir");
        }
        Map<String, String> noRoom = Map.of("monitoring.journal.min-free-bytes", "1048576 GiB");
        try (RunningCollector collector = start(folder.resolve("data"), noRoom)) {
            assertRefused(collector, "x", "FAILED_PRECONDITION", "must stay free");
            await().untilAsserted(() -> assertThat(collector.figure("tocsin_backups_total{result=\"failed\"}"))
                    .isEqualTo(1));
        }
        assertThat(folder.resolve("backups")).isEmptyDirectory();
    }

    @Test
    void aStartKnowsWhenTheLastOneWasTaken() throws Exception {
        try (RunningCollector collector = start(folder.resolve("data"))) {
            assertThat(collector.figure("tocsin_backup_last_success_timestamp_seconds"))
                    .isZero();
            assertThat(backup(collector, "one").getBytes()).isPositive();
        }
        try (RunningCollector collector = start(folder.resolve("data"))) {
            assertThat(collector.figure("tocsin_backup_last_success_timestamp_seconds"))
                    .isEqualTo(ManualClock.NOON / 1_000.0);
        }
    }
}
