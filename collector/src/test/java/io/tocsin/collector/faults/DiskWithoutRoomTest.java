/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The disk gets full, or files may not grow any more (RLIMIT_FSIZE), under load; then there is room again. Batches are refused with a time to come again, and taken
 * again without a restart. Each collector goes through it {@value #TIMES} times, then is killed in the middle of it once, and another goes on.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class DiskWithoutRoomTest {
    private static final int TIMES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MEBI = 1 << 20;
    private static final int DISK_MEBI = 192;
    private static final Launch LAUNCH = Launch.PLAIN.settings("monitoring.journal.min-free-bytes=8 MiB");

    @TempDir
    Path folder;

    /** Takes room away, and gives it back. */
    private interface Room {
        /** Returns whether nothing can be taken then; else the collector finds room elsewhere. */
        boolean take(LoadedCollector loaded, SplittableRandom random) throws Exception;

        void giveBack(LoadedCollector loaded) throws Exception;
    }

    @Test
    void theDiskIsFull() throws Exception {
        Assumptions.assumeTrue(mount(CollectorProcess.disk(folder)), "only root may mount a small disk");
        Path ballast = CollectorProcess.disk(folder).resolve("ballast");
        try {
            run("disk full", new Room() {
                @Override
                public boolean take(LoadedCollector loaded, SplittableRandom random) throws IOException {
                    // the last bytes too, one time in two
                    fill(ballast, random.nextBoolean() ? 0 : random.nextInt(1, 7) * MEBI);
                    return true;
                }

                @Override
                public void giveBack(LoadedCollector loaded) throws IOException {
                    Files.delete(ballast);
                }
            });
        } finally {
            command("umount", "-l", CollectorProcess.disk(folder).toString());
        }
    }

    @Test
    void filesMayNotGrow() throws Exception {
        run("file size limit", new Room() {
            @Override
            public boolean take(LoadedCollector loaded, SplittableRandom random) throws Exception {
                // less than the head of a file, one time in two; else many small files have room
                int bytes = random.nextBoolean() ? 0 : random.nextInt(8, 64) * 1_024;
                limit(loaded, Integer.toString(bytes));
                return bytes == 0;
            }

            @Override
            public void giveBack(LoadedCollector loaded) throws Exception {
                if (loaded.collector().isAlive()) {
                    limit(loaded, "unlimited");
                }
            }

            private void limit(LoadedCollector loaded, String bytes) throws Exception {
                assertThat(command(
                                "prlimit",
                                "--pid",
                                Long.toString(loaded.collector().pid()),
                                "--fsize=" + bytes + ":"))
                        .isTrue();
            }
        });
    }

    private void run(String name, Room room) throws Exception {
        FaultSettings settings = FaultSettings.of(name, TIMES + 1);
        SplittableRandom random = new SplittableRandom(settings.seed());
        ClassPath classes = ClassPath.behind(List.of(), folder).shared(folder);
        List<Long> startMillis = new ArrayList<>();
        int trials = 0;
        LedgerAudit audit;
        long refused;
        int events;
        try (LoadedCollector loaded = new LoadedCollector(folder, classes)) {
            loaded.start(LAUNCH);
            while (trials < settings.trials() && !settings.timeIsUp()) {
                loaded.watch(random.nextInt(1_000));
                int before = loaded.producer().refusedForNow();
                if (room.take(loaded, random)) {
                    await().atMost(PATIENCE).until(() -> isStopped(loaded, before));
                }
                loaded.watch(random.nextInt(3_000));
                boolean killed = trials % (TIMES + 1) == TIMES;
                if (killed) {
                    loaded.collector().kill();
                }
                room.giveBack(loaded);
                if (killed) {
                    loaded.start(LAUNCH);
                    startMillis.add(loaded.collector().startMillis());
                }
                await().atMost(PATIENCE).until(() -> loaded.producer().millisWithoutAck() < 200);
                trials++;
            }
            audit = loaded.audit();
            refused = loaded.producer().refusedForNow();
            events = loaded.events();
        }
        settings.results()
                .add(
                        name,
                        settings.seed(),
                        trials,
                        audit,
                        Map.of("refused", refused, "events", (long) events),
                        startMillis);
        assertThat(audit).isEqualTo(LedgerAudit.CLEAN);
    }

    /** Batches are refused, or get no answer as nothing at all can be written. */
    private static boolean isStopped(LoadedCollector loaded, int refusedBefore) {
        LedgerProducer producer = loaded.producer();
        return producer.millisWithoutAck() > 500 && producer.refusedForNow() > refusedBefore
                || producer.millisWithoutAck() > 5_000;
    }

    private static boolean mount(Path disk) throws Exception {
        Files.createDirectories(disk);
        return command("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBI + "m", "tocsin-small", disk.toString());
    }

    private static boolean command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Leaves so many bytes. */
    private static void fill(Path ballast, int leaveBytes) throws IOException {
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(MEBI / 4);
            while (Files.getFileStore(ballast).getUsableSpace() > leaveBytes) {
                block.clear();
                file.write(block);
            }
        } catch (IOException e) {
            assertThat(leaveBytes).as(e.toString()).isZero(); // no space left on device
        }
    }
}
