/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.call.ManualClock.NOON;
import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static io.tocsin.collector.endtoend.RunningCollector.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.v1.Ack;
import io.tocsin.v1.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers whose clocks differ, and records out of order, through a whole collector. */
class ProducersClocksTest {
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}";

    @TempDir
    Path folder;

    @Test
    void producersAnHourBehindAndAYearAheadAreCountedAndAlarmedWhereTheyBelong() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, OUTAGE, Map.of())) {
            Producer behind = new Producer(collector, collector.channel(), "behind", Duration.ofHours(-1));
            Producer right = new Producer(collector, "right");
            Producer ahead = new Producer(collector, collector.channel(), "ahead", Duration.ofDays(365));
            collector.clock.advance(Duration.ofSeconds(5));

            for (Producer producer : List.of(behind, right, ahead)) {
                assertThat(producer.outcomes(30, 30).getRejectionsList()).isEmpty();
            }
            collector.clock.advance(Duration.ofSeconds(1));
            Ack last = right.outcomes(1, 1);

            Map<Long, Long> wherever = Map.of(NOON / 1_000 + 5, 30L);
            Map<Long, Long> whereverAndLast = Map.of(NOON / 1_000 + 5, 30L, NOON / 1_000 + 6, 1L);
            assertThat(countsBySecond(collector.channel(), last.getPosition()))
                    .isEqualTo(Map.of("behind", wherever, "right", whereverAndLast, "ahead", wherever));
            await().until(() -> alerts(collector.channel()).size() == 3);
            assertThat(alerts(collector.channel()))
                    .allSatisfy(alert -> assertThat(firedAt(alert)).isBetween(NOON + 5_000, NOON + 6_000));
            assertThat(collector.figure("tocsin_ingest_batches_corrected_total"))
                    .isEqualTo(2);
            assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                    .isZero();
        }
    }

    private static long firedAt(Alert alert) {
        return millis(alert.getFiredAt());
    }

    @Test
    void aFastProducerDoesNotMakeTheOthersLate() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, OUTAGE, Map.of())) {
            Producer fast = new Producer(collector, "fast");
            Producer usual = new Producer(collector, "usual");
            Ack last = Ack.getDefaultInstance();
            for (int second = 0; second < 10; second++) {
                // nine minutes ahead, though its clock is right: nothing corrects that, and it is allowed
                fast.outcomesAt(NOON + Duration.ofMinutes(9).toMillis(), 5, 0);
                last = usual.outcomes(20, 0);
                collector.clock.advance(Duration.ofSeconds(1));
            }

            Map<Long, Long> usualCounts = new TreeMap<>();
            for (long second = 0; second < 10; second++) {
                usualCounts.put(NOON / 1_000 + second, 20L);
            }
            assertThat(countsBySecond(collector.channel(), last.getPosition())).containsEntry("usual", usualCounts);
            assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                    .isZero();
            assertThat(collector.figure("tocsin_ingest_batches_corrected_total"))
                    .isZero();
        }
    }

    @Test
    void recordsUpToTenSecondsOutOfOrderAreCountedInTheirOwnSecond() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, OUTAGE, Map.of())) {
            Producer producer = new Producer(collector, "shuffled");
            SplittableRandom random = new SplittableRandom(10);
            Map<Long, Long> expected = new TreeMap<>();
            Ack last = Ack.getDefaultInstance();
            for (int batch = 0; batch < 200; batch++) {
                long end = collector.clock.millis() - random.nextInt(10_001);
                int count = 1 + random.nextInt(5);
                expected.merge(Math.floorDiv(end, 1_000L), (long) count, Long::sum);
                last = producer.outcomesAt(end, count, 0);
                collector.clock.advance(Duration.ofMillis(250));
            }

            assertThat(countsBySecond(collector.channel(), last.getPosition())).isEqualTo(Map.of("shuffled", expected));
            assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                    .isZero();
        }
    }
}
