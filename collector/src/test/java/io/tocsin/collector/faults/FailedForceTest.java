/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.QueryServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * One forced write of the journal fails with EIO, injected by strace; the next would succeed, which proves nothing about the one before. Nothing is acknowledged
 * beyond the last forced entry, health says so, what is stored stays readable, and a collector that starts again has all that was acknowledged. Needs strace.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class FailedForceTest {
    private static final String NAME = "forced write fails";
    private static final int MAX_FORCES = 120;

    @TempDir
    Path folder;

    @Test
    void acknowledgesNothingAfterwards() throws Exception {
        FaultSettings settings = FaultSettings.of(NAME, 3);
        SplittableRandom random = new SplittableRandom(settings.seed());
        ClassPath classes = ClassPath.behind(List.of(), folder).shared(folder);
        LedgerAudit audit = LedgerAudit.CLEAN;
        List<Long> startMillis = new ArrayList<>();
        int trials = 0;
        while (trials < settings.trials() && !settings.timeIsUp()) {
            Path place = Files.createDirectories(folder.resolve("trial-" + trials));
            try (LoadedCollector loaded = new LoadedCollector(place, classes)) {
                failOnce(loaded, random.nextInt(20, MAX_FORCES));
                startMillis.add(loaded.collector().startMillis());
                audit = audit.plus(loaded.audit());
            }
            trials++;
        }
        settings.results().add(NAME, settings.seed(), trials, audit, Map.of(), startMillis);
        assertThat(audit).isEqualTo(LedgerAudit.CLEAN);
    }

    private static void failOnce(LoadedCollector loaded, int force) throws Exception {
        // -D: the collector is our child, not strace
        loaded.start(Launch.PLAIN.before(
                "strace",
                "-D",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=" + force));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> loaded.get("/healthz").statusCode() == 503);
        long forced = loaded.metric("tocsin_journal_offset");
        await().atMost(Duration.ofSeconds(120)).until(() -> loaded.producer().millisWithoutAck() > 2_000);
        assertThat(loaded.producer().lastAckedOffset())
                .as("what is acknowledged was forced")
                .isLessThanOrEqualTo(forced);
        assertThat(loaded.metric("tocsin_journal_offset")).isEqualTo(forced);
        await().atMost(Duration.ofSeconds(120)).until(() -> loaded.metric("tocsin_engine_applied_offset") == forced);
        requireReadable(loaded);
        loaded.collector().kill();
        loaded.start(Launch.PLAIN);
    }

    private static void requireReadable(LoadedCollector loaded) {
        ManagedChannel channel = CrashLoop.channel(loaded.collector());
        try {
            assertThat(QueryServiceGrpc.newBlockingStub(channel)
                            .getHealth(GetHealthRequest.getDefaultInstance())
                            .toString())
                    .contains("the journal of partition 0 cannot be written");
            assertThat(LedgerAudit.records(channel, loaded.producer().beginSeconds()))
                    .isPositive();
        } finally {
            channel.shutdownNow();
        }
    }
}
