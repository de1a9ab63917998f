/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.tocsin.client.Balance;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A collector that is stopped by SIGSTOP: its connections stay open and nothing answers. {@code -Dtocsin.faults.stop-seconds=N} (60). */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class StoppedCollectorTest {
    private static final int RECORDING_SECONDS = 3;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void theBalanceHoldsAndNothingIsLostOrDoubled() throws Exception {
        int seconds = Integer.getInteger("tocsin.faults.stop-seconds", 60);
        long begin = System.currentTimeMillis() / 1_000;
        SdkLedger ledger = new SdkLedger("agent", InstantSource.system());
        try (CollectorProcess collector = started();
                TocsinClient tocsin = TocsinClient.builder()
                        .endpoint(collector.grpc())
                        .spillDirectory(folder.resolve("spill"))
                        .whenFull(WhenFull.WAIT)
                        .build()) {
            recordFor(RECORDING_SECONDS, ledger, tocsin);
            collector.signal("STOP");
            recordFor(seconds, ledger, tocsin);
            Balance stopped = tocsin.balance();
            collector.signal("CONT");
            long continued = System.nanoTime();
            recordFor(RECORDING_SECONDS, ledger, tocsin);
            assertThat(tocsin.flush(LONG))
                    .as("%s %s", tocsin.balance(), tocsin.connection())
                    .isTrue();
            long flushedMillis = (System.nanoTime() - continued) / 1_000_000;

            Balance balance = tocsin.balance();
            Map<String, Counted> counted = count(collector, begin);
            long lost = SdkLedger.lost("agent", ledger.agents(), counted);
            long doubled = SdkLedger.doubled(counted);
            FaultResults.ofThisRun()
                    .add(
                            "SIGSTOP",
                            1,
                            1,
                            new LedgerAudit(lost, doubled, 0),
                            Map.of(
                                    "seconds",
                                    (long) seconds,
                                    "records",
                                    ledger.recorded(),
                                    "unanswered_while_stopped",
                                    stopped.queued() + stopped.inFlight(),
                                    "acked_ms_after_sigcont",
                                    flushedMillis),
                            List.of());
            assertThat(stopped.queued() + stopped.inFlight()).isPositive();
            assertThat(SdkLedger.sum(stopped)).isEqualTo(stopped.submitted());
            assertThat(balance.acked()).isEqualTo(ledger.recorded());
            assertThat(lost).isZero();
            assertThat(doubled).isZero();
        }
    }

    private CollectorProcess started() throws Exception {
        CollectorProcess collector = CollectorProcess.start(folder, ClassPath.behind(List.of(), folder), Launch.PLAIN);
        assertThat(collector.awaitReady()).as(collector.said()).isTrue();
        return collector;
    }

    private static void recordFor(int seconds, SdkLedger ledger, TocsinClient tocsin) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(seconds).plus(LONG))
                .until(() -> {
                    ledger.recordAgent(tocsin);
                    Balance balance = tocsin.balance();
                    assertThat(SdkLedger.sum(balance)).as("%s", balance).isEqualTo(balance.submitted());
                    return System.nanoTime() - end >= 0;
                });
    }

    private static Map<String, Counted> count(CollectorProcess collector, long beginSeconds) {
        ManagedChannel channel = CrashLoop.channel(collector);
        try {
            return Counted.byAgent(channel, beginSeconds - 60, System.currentTimeMillis() / 1_000 + 60);
        } finally {
            channel.shutdownNow();
        }
    }
}
