/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.partition.Recovery;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.trace.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    @TempDir
    Path folder;

    private final EngineClock clock = new EngineClock(new ManualClock(), () -> 0);

    private Backups backups(Supplier<List<LocalPartition>> partitions) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        return new Backups(
                new BackupSettings(Optional.of(folder.resolve("backups")), Optional.of(data), 0),
                partitions,
                clock,
                "test");
    }

    /** Keeps what it is told at last. */
    private static final class Told implements Backups.Caller {
        final BlockingQueue<Object> end = new LinkedBlockingQueue<>();
        private final boolean gone;

        Told(boolean gone) {
            this.gone = gone;
        }

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public void come(long bytes, long allBytes) {
            assertThat(bytes).isPositive();
        }

        @Override
        public void done(BackupResult result) {
            end.add(result);
        }

        @Override
        public void failed(Exception e) {
            end.add(e);
        }

        Object awaitEnd() throws InterruptedException {
            Object told = end.poll(60, TimeUnit.SECONDS);
            assertThat(told).as("an end").isNotNull();
            return told;
        }
    }

    @Test
    void oneAtATime() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Backups backups = backups(() -> {
            try {
                assertThat(mayGoOn.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return List.of();
        });
        Told first = new Told(false);
        assertThat(backups.start("first", first)).isTrue();
        assertThat(backups.start("second", new Told(false))).isFalse();
        mayGoOn.countDown();
        assertThat(first.awaitEnd()).isInstanceOf(BackupResult.class);
        Told third = new Told(false);
        assertThat(backups.start("third", third)).isTrue();
        assertThat(third.awaitEnd()).isInstanceOf(BackupResult.class);
        assertThat(backups.counters().done()).isEqualTo(2);
        assertThat(folder.resolve("backups/second")).doesNotExist();
    }

    @Test
    void aCallerWhoGoesLeavesNothing() throws Exception {
        Path data = folder.resolve("data");
        PartitionSettings settings = PartitionSettings.DEFAULTS;
        try (DataDirectory directory = DataDirectory.open(data, 1)) {
            PartitionHome home = PartitionHome.open(directory, settings, new Recovery(clock, line -> {}))
                    .get(0);
            LocalPartition partition =
                    LocalPartition.live(home, settings, new DetectorCatalog(List.of()), clock, "test", Traces.NONE);
            Backups backups = backups(() -> List.of(partition));

            Told gone = new Told(true);
            assertThat(backups.start("given-up", gone)).isTrue();

            assertThat(gone.awaitEnd()).isInstanceOf(CancellationException.class);
            assertThat(folder.resolve("backups")).isEmptyDirectory();
            assertThat(backups.counters().failed()).isEqualTo(1);
            Told stays = new Told(false);
            await().atMost(Duration.ofMinutes(1)).until(() -> backups.start("whole", stays));
            assertThat(stays.awaitEnd()).isInstanceOf(BackupResult.class);
            home.close();
        }
    }

    @Test
    void noneIsBegunOnceTheCollectorStops() throws Exception {
        Backups backups = backups(List::of);
        backups.close();
        assertThat(backups.start("late", new Told(false))).isFalse();
    }
}
