/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.call.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.client.Balance;
import io.tocsin.client.Builder;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import io.tocsin.collector.faults.Counted;
import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.collector.faults.SdkLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real SDK, a way that is cut, slow, deaf and half open at random, and the real collector. */
@Execution(ExecutionMode.CONCURRENT)
class ProducerFaultsTest {
    private static final String ANY =
            "- {name: any, detector: absence, select: {metric: gen_ai.invoke_agent.duration}}";
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, true", "2, false"})
    void losesNothingAndCountsNothingTwice(long seed, boolean spills) throws Exception {
        run(seed, spills, 12, 300);
    }

    /** A way that is half open for longer than the SDK waits for an answer, so that it leaves by itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("faults")
    void losesNothingAndCountsNothingTwiceForMinutes(boolean spills) throws Exception {
        long seed = Long.getLong("tocsin.faults.seed", 1) + (spills ? 0 : 1);
        run(seed, spills, Integer.getInteger("tocsin.faults.trials", 15), 3_000);
    }

    private void run(long seed, boolean spills, int faults, int longestMillis) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        SdkLedger ledger = new SdkLedger("agent-" + seed, () -> java.time.Instant.ofEpochMilli(NOON));
        AtomicBoolean recording = new AtomicBoolean(true);
        AtomicReference<Balance> unbalanced = new AtomicReference<>();
        try (RunningCollector collector = new RunningCollector(folder, ANY, Map.of());
                FaultProxy way = new FaultProxy("127.0.0.1", collector.grpcPort());
                TocsinClient tocsin = client(way, collector, spills)) {
            Thread recorder = new Thread(
                    () -> {
                        while (recording.get()) {
                            ledger.recordAgent(tocsin);
                            pause(2);
                        }
                    },
                    "recorder");
            Thread watcher = new Thread(
                    () -> {
                        while (recording.get()) {
                            Balance balance = tocsin.balance();
                            if (SdkLedger.sum(balance) != balance.submitted()) {
                                unbalanced.set(balance);
                            }
                            pause(1);
                        }
                    },
                    "watcher");
            recorder.start();
            watcher.start();
            for (int fault = 0; fault < faults; fault++) {
                disturb(way, random, longestMillis);
            }
            recording.set(false);
            recorder.join();
            watcher.join();

            assertThat(tocsin.flush(LONG))
                    .as("seed %d: %s %s", seed, tocsin.balance(), tocsin.connection())
                    .isTrue();
            Map<String, Counted> counted = Counted.byAgent(collector.channel(), NOON / 1_000 - 60, NOON / 1_000 + 60);
            long lost = SdkLedger.lost("agent-" + seed, ledger.agents(), counted);
            long doubled = SdkLedger.doubled(counted);
            Balance balance = tocsin.balance();
            FaultResults.ofThisRun()
                    .add(
                            "connection cut, slow, deaf, half open; " + (spills ? "spill" : "no spill"),
                            seed,
                            faults,
                            new LedgerAudit(lost, doubled, 0),
                            Map.of("records", ledger.recorded(), "acked", balance.acked()),
                            List.of());
            assertThat(unbalanced.get()).as("a balance while records moved").isNull();
            assertThat(balance.submitted()).isEqualTo(ledger.recorded());
            assertThat(balance.acked()).isEqualTo(ledger.recorded());
            assertThat(lost).isZero();
            assertThat(doubled).isZero();
        }
    }

    private TocsinClient client(FaultProxy way, RunningCollector collector, boolean spills) {
        Builder builder = TocsinClient.builder()
                .endpoint(way.endpoint())
                .clock(collector.clock)
                .whenFull(WhenFull.WAIT)
                .maxBatchRecords(50)
                .maxBatchDelay(Duration.ofMillis(5));
        return (spills ? builder.spillDirectory(folder.resolve("spill")) : builder).build();
    }

    private static void disturb(FaultProxy way, SplittableRandom random, int longestMillis) {
        int millis = 1 + random.nextInt(longestMillis);
        switch (random.nextInt(5)) {
            case 0 -> way.cut();
            case 1 -> {
                // what arrives is not acknowledged
                way.deaf(true);
                pause(millis);
                way.cut();
                way.deaf(false);
            }
            case 2 -> {
                way.held(true);
                pause(millis);
                way.held(false);
            }
            case 3 -> {
                way.held(true);
                pause(millis);
                way.cut();
                way.held(false);
            }
            default -> {
                way.delay(random.nextInt(20));
                pause(millis);
                way.delay(0);
            }
        }
        pause(millis);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
