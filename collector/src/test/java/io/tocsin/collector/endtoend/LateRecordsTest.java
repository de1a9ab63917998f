/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.tocsin.v1.Alert;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Slo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old outage that is only reported now, and the real objective. */
class LateRecordsTest {
    private static final String AVAILABILITY = """
            - name: availability
              detector: slo
              select: {metric: gen_ai.invoke_agent.duration}
              parameters: {type: availability, target: 0.99, window: 30d}
            """;

    @TempDir
    Path folder;

    @Test
    void countInTheBudgetOfThirtyDaysAndNotInTheLastFiveMinutes() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, AVAILABILITY, Map.of())) {
            Channel channel = collector.channel();
            Producer producer = new Producer(collector, "planner");
            for (int minute = 0; minute < 10; minute++) {
                producer.outcomes(100, 0);
                collector.clock.advance(Duration.ofMinutes(1));
                producer.heartbeat();
            }

            // far older than the seal of its window, which is 61 s after its start at the least
            producer.outcomesAt(producer.clockMillis() - Duration.ofHours(8).toMillis(), 100, 100);
            producer.outcomes(100, 0);

            await().untilAsserted(
                            () -> assertThat(slo(collector, channel).getTotal()).isEqualTo(1_200));
            Slo slo = slo(collector, channel);
            assertThat(slo.getGood()).isEqualTo(1_100);
            assertThat(slo.getBudgetRemaining()).isCloseTo(1 - (100.0 / 1_200) / 0.01, within(1e-9));
            assertThat(slo.getBurnRatesMap())
                    .containsEntry("5m", 0.0)
                    .containsEntry("1h", 0.0)
                    .containsEntry("6h", 0.0);
            assertThat(slo.getBurnRatesMap().get("1d")).isCloseTo((100.0 / 1_200) / 0.01, within(1e-9));
            assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                    .isEqualTo(100);
            // the budget is spent, and that is said at once; nothing burns now
            assertThat(alerts(channel)).extracting(Alert::getKind).containsExactly("breach");
        }
    }

    @Test
    void theSameOutageReportedInTimeBurnsInTheLastFiveMinutes() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, AVAILABILITY, Map.of())) {
            Channel channel = collector.channel();
            Producer producer = new Producer(collector, "planner");
            producer.outcomes(1_100, 0);
            collector.clock.advance(Duration.ofSeconds(2));

            producer.outcomes(100, 100);

            await().until(() -> slo(collector, channel).getTotal() == 1_200);
            assertThat(slo(collector, channel).getBurnRatesMap().get("5m"))
                    .isCloseTo((100.0 / 1_200) / 0.01, within(1e-9));
            assertThat(alerts(channel)).extracting(Alert::getKind).contains("fast-burn");
        }
    }

    private static Slo slo(RunningCollector collector, Channel channel) {
        // answers of one instant are shared, and this clock stands still
        collector.clock.advance(Duration.ofMillis(100));
        return QueryServiceGrpc.newBlockingStub(channel)
                .getSlo(GetSloRequest.newBuilder().setName("availability").build())
                .getSlos(0);
    }
}
