/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static io.tocsin.client.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.client.FakeCollector.Conduct;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose files may not grow beyond 64 KiB: each write beyond it fails in the middle, as on a full disk. */
@Timeout(60)
class SpillOnFullDiskTest {
    private static final int RECORDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void whatTheDiskDoesNotTakeIsKeptInMemoryAndDelivered() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the limit is set by a shell");
        try (var collector = new FakeCollector(Conduct.KIND)) {
            Process host = new ProcessBuilder(
                            "/bin/bash",
                            "-c",
                            "ulimit -f 64; exec \"$0\" \"$@\"",
                            ProcessHandle.current().info().command().orElse("java"),
                            // its own files are larger
                            "-XX:-UsePerfData",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Host.class.getName(),
                            collector.endpoint(),
                            folder.resolve("spill").toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(host.exitValue()).as(said).isZero();
            assertThat(said).contains("flushed=true").contains("problem=true").contains("sum=" + RECORDS);
            assertThat(said).doesNotContain("Exception in thread");
            long acked = Long.parseLong(said.replaceAll("(?s).*acked=(\\d+).*", "$1"));
            List<Double> latencies = collector.latencies();
            assertThat(latencies).doesNotHaveDuplicates().hasSize((int) acked);
            assertThat(latencies)
                    .containsAll(
                            LongStream.range(0, 1_000).mapToObj(v -> (double) v).toList());
        }
    }

    /** Records faster than 64 KiB can keep, with a collector that is reached late. */
    static final class Host {
        public static void main(String[] args) throws InterruptedException {
            try (TocsinClient tocsin = TocsinClient.builder()
                    .endpoint(args[0])
                    .patience(Waits.SHORT)
                    .maxBatchRecords(100)
                    .maxBatchDelay(Duration.ofMillis(2))
                    .maxInFlightBatches(1)
                    .whenFull(WhenFull.WAIT)
                    .spillDirectory(Path.of(args[1]))
                    .build()) {
                Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
                boolean problem = false;
                for (int value = 0; value < RECORDS; value++) {
                    calls.recordAt(value, value, Status.OK, null);
                    problem |= !tocsin.spill().orElseThrow().problem().isEmpty();
                }
                boolean flushed = tocsin.flush(SOON);
                problem |= !tocsin.spill().orElseThrow().problem().isEmpty();
                Balance balance = tocsin.balance();
                long sum = balance.acked()
                        + balance.rejected()
                        + balance.droppedInAll()
                        + balance.queued()
                        + balance.inFlight();
                System.out.println("flushed=" + flushed + " problem=" + problem + " acked=" + balance.acked() + " sum="
                        + sum + " " + balance + " " + tocsin.spill());
            }
        }
    }
}
