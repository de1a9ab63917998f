/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.call.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.client.Balance;
import io.tocsin.client.TocsinClient;
import io.tocsin.collector.faults.Counted;
import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.collector.faults.SdkLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A service with a spill that is killed with SIGKILL before its acknowledgements arrive, again and again: each life drains the one before. */
@Execution(ExecutionMode.CONCURRENT)
class KilledClientTest {
    private static final String ANY =
            "- {name: any, detector: absence, select: {metric: gen_ai.invoke_agent.duration}}";
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int MAX_DEAF_MILLIS = 300;

    @TempDir
    Path folder;

    /** Agents whose records a life said it had kept, by its name. */
    private final Map<String, Long> kept = new TreeMap<>();

    @Test
    void whatWasSpilledCountsOnce() throws Exception {
        kill(2);
    }

    @Test
    @Tag("faults")
    void whatWasSpilledCountsOnceOverManyLives() throws Exception {
        kill(Integer.getInteger("tocsin.faults.trials", 25));
    }

    @Test
    void whatALivingProcessHasSpilledIsItsOwn() throws Exception {
        String nowhere = "127.0.0.1:1";
        Process host = start("living", nowhere);
        try {
            await().atMost(LONG).until(() -> host.inputReader().readLine().startsWith("kept"));
            try (TocsinClient other = spilling(nowhere)) {
                await().atMost(LONG).until(() -> other.connection().failuresInRow() > 0);

                assertThat(other.spill().orElseThrow().restoredRecords()).isZero();
                assertThat(other.spill().orElseThrow().problem()).isEmpty();
            }
        } finally {
            host.destroyForcibly().waitFor();
        }
        try (TocsinClient next = spilling(nowhere)) {
            await().atMost(LONG)
                    .until(() -> next.spill().orElseThrow().restoredRecords() >= SdkLedger.RECORDS_OF_AGENT);
        }
    }

    private TocsinClient spilling(String endpoint) {
        return TocsinClient.builder()
                .endpoint(endpoint)
                .spillDirectory(folder.resolve("spill"))
                .closeTimeout(Duration.ZERO)
                .build();
    }

    private Process start(String name, String endpoint) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SpillingHost.class.getName(),
                        endpoint,
                        folder.resolve("spill").toString(),
                        name)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
    }

    private void kill(int lives) throws Exception {
        SplittableRandom random = new SplittableRandom(Long.getLong("tocsin.faults.seed", 1));
        // on a slow machine a spill waits for minutes; what comes after the seal is only in totals, which are not told
        // by agent
        Map<String, String> patient =
                Map.of("monitoring.windows.seal-after", "20m", "monitoring.store.seconds-kept", "1h");
        try (RunningCollector collector = new RunningCollector(folder, ANY, patient);
                FaultProxy way = new FaultProxy("127.0.0.1", collector.grpcPort())) {
            for (int life = 0; life < lives; life++) {
                live("life-" + life, way, collector, random);
            }
            try (TocsinClient last = spilling(way.endpoint())) {
                assertThat(last.flush(LONG))
                        .as("%s %s", last.balance(), last.connection())
                        .isTrue();
                judge(collector, lives, last);
            }
        }
    }

    /** Kills it while answers are swallowed, so that what the collector took is not acknowledged. */
    private void live(String name, FaultProxy way, RunningCollector collector, SplittableRandom random)
            throws IOException, InterruptedException {
        Process host = start(name, way.endpoint());
        AtomicLong agents = new AtomicLong();
        Thread reader = new Thread(() -> read(host, agents), "reader of " + name);
        reader.start();
        try {
            await().atMost(LONG).until(() -> agents.get() >= 1);
            // the former life is drained by now, or will be by the next
            double before = collector.figure("tocsin_ingest_records_accepted_total");
            await().atMost(LONG).until(() -> collector.figure("tocsin_ingest_records_accepted_total") > before);
            way.deaf(true);
            Thread.sleep(random.nextInt(MAX_DEAF_MILLIS));
        } finally {
            host.destroyForcibly().waitFor();
            way.cut();
            way.deaf(false);
        }
        reader.join();
        kept.put(name, agents.get());
    }

    private static void read(Process host, AtomicLong agents) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("kept \\d+")) {
                    agents.set(Long.parseLong(line.substring(5)));
                }
            }
        } catch (IOException e) {
            // the line that it was killed in does not count
        }
    }

    private void judge(RunningCollector collector, int lives, TocsinClient last) {
        Balance balance = last.balance();
        // clocks of services are corrected to the collector's, which stands at noon
        Map<String, Counted> counted = Counted.byAgent(collector.channel(), NOON / 1_000 - 1_200, NOON / 1_000 + 600);
        long lost = kept.entrySet().stream()
                .mapToLong(life -> SdkLedger.lost(life.getKey(), life.getValue(), counted))
                .sum();
        long doubled = SdkLedger.doubled(counted);
        long records = kept.values().stream()
                .mapToLong(n -> n * SdkLedger.RECORDS_OF_AGENT)
                .sum();
        FaultResults.ofThisRun()
                .add(
                        "client killed before the ack",
                        Long.getLong("tocsin.faults.seed", 1),
                        lives,
                        new LedgerAudit(lost, doubled, 0),
                        Map.of("records", records),
                        List.of());
        assertThat(kept).hasSize(lives);
        assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                .as("records that are counted, but not by agent and second")
                .isZero();
        assertThat(records).isPositive();
        assertThat(lost).isZero();
        assertThat(doubled).isZero();
        assertThat(SdkLedger.sum(balance)).isEqualTo(balance.submitted());
        assertThat(balance.droppedInAll() + balance.rejected()).isZero();
    }
}
