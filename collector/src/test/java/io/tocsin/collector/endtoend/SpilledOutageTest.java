/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Builder;
import io.tocsin.client.DropReason;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.client.internal.spill.Identity;
import io.tocsin.client.internal.spill.Spill;
import io.tocsin.client.internal.spill.SpillSettings;
import io.tocsin.client.internal.spill.SpilledBatch;
import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.v1.Alert;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.Slo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a producer's spill brings long after it happened, and what it cannot bring. */
class SpilledOutageTest {
    private static final String AVAILABILITY = """
            - name: availability
              detector: slo
              select: {metric: gen_ai.invoke_agent.duration}
              parameters: {type: availability, target: 0.99, window: 30d}
            """;

    /** A port that nobody listens on. */
    private static final String NOWHERE = "127.0.0.1:1";

    @TempDir
    Path folder;

    private Builder client(RunningCollector collector, String endpoint) {
        return TocsinClient.builder()
                .endpoint(endpoint)
                .producer("planner")
                .clock(collector.clock)
                .maxBatchDelay(Duration.ofMillis(5))
                .closeTimeout(Duration.ofMillis(500))
                .spillDirectory(folder.resolve("spill"));
    }

    private static Outcomes calls(TocsinClient tocsin) {
        return tocsin.outcomes(RunningCollector.METRIC, Attributes.of(RunningCollector.AGENT, "planner"));
    }

    private static String endpoint(RunningCollector collector) {
        return "127.0.0.1:" + collector.grpcPort();
    }

    /** So many a second for so long, the clock going with them. */
    private static void serve(RunningCollector collector, TocsinClient tocsin, int seconds, Status status) {
        for (int second = 0; second < seconds; second++) {
            calls(tocsin).recordAt(collector.clock.millis(), 0.1, status, null);
            collector.clock.advance(Duration.ofSeconds(1));
        }
    }

    private static Slo slo(RunningCollector collector, Channel channel) {
        // answers of one instant are shared, and this clock stands still
        collector.clock.advance(Duration.ofMillis(100));
        return QueryServiceGrpc.newBlockingStub(channel)
                .getSlo(GetSloRequest.newBuilder().setName("availability").build())
                .getSlos(0);
    }

    @Test
    void anOutageOfThirtyMinutesDeliveredAfterwardsIsInTheBudgetAndPagesNobody() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, AVAILABILITY, Map.of())) {
            Channel channel = collector.channel();
            try (TocsinClient before = client(collector, endpoint(collector)).build()) {
                serve(collector, before, 600, Status.OK);
                assertThat(before.flush(Duration.ofSeconds(30))).isTrue();
            }
            // the collector is out of reach for half an hour; the service fails for a minute in it, and is killed after
            // it
            try (TocsinClient during = client(collector, NOWHERE).build()) {
                serve(collector, during, 600, Status.OK);
                serve(collector, during, 60, Status.ERROR);
                serve(collector, during, 1_140, Status.OK);
            }
            try (TocsinClient after = client(collector, endpoint(collector)).build()) {
                serve(collector, after, 1, Status.OK);
                assertThat(after.flush(Duration.ofSeconds(30)))
                        .as("%s %s", after.balance(), after.spill())
                        .isTrue();
                assertThat(after.spill().orElseThrow().restoredRecords()).isEqualTo(1_800);

                await().untilAsserted(() ->
                        assertThat(slo(collector, channel).getTotal()).isEqualTo(2_401));
                Slo slo = slo(collector, channel);
                assertThat(slo.getGood()).isEqualTo(2_341);
                assertThat(slo.getBudgetRemaining()).isCloseTo(1 - (60.0 / 2_401) / 0.01, within(1e-9));
                assertThat(slo.getBurnRatesMap()).containsEntry("5m", 0.0);
                // spent is spent, and tickets say that hours hold it; nobody is paged by minutes, in which nothing
                // burns
                assertThat(alerts(channel))
                        .extracting(Alert::getKind)
                        .contains("breach", "burn-6h-3d")
                        .isSubsetOf("breach", "burn-6h-3d", "burn-2h-1d");
                assertThat(after.balance().acked()).isEqualTo(1_801);
            }
        }
    }

    @Test
    void recordsOlderThanTheCollectorKeepsAreRejectedOneByOne() throws Exception {
        try (RunningCollector collector =
                new RunningCollector(folder, AVAILABILITY, Map.of("monitoring.ingest.retention", "1h"))) {
            try (TocsinClient during = client(collector, NOWHERE).build()) {
                serve(collector, during, 10, Status.OK);
                collector.clock.advance(Duration.ofMinutes(59));
                serve(collector, during, 10, Status.OK);
            }
            collector.clock.advance(Duration.ofMinutes(2));
            try (TocsinClient after = client(collector, endpoint(collector)).build()) {
                assertThat(after.flush(Duration.ofSeconds(30))).isTrue();

                assertThat(after.balance().rejected()).isEqualTo(10);
                assertThat(after.balance().acked()).isEqualTo(10);
                assertThat(collector.figure("tocsin_engine_outcomes_total{partition=\"0\"}"))
                        .isEqualTo(10);
            }
        }
    }

    @Test
    @Tag("figures")
    void aPoisonBatchAtTheHeadOfTheSpillIsGivenUpAndTheNextIsTaken() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, AVAILABILITY, Map.of())) {
            leavePoison(collector);
            long begun = System.nanoTime();
            try (TocsinClient after = client(collector, endpoint(collector)).build()) {
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> after.balance().acked() == 7);
                long ackedMillis = (System.nanoTime() - begun) / 1_000_000;
                assertThat(after.flush(Duration.ofSeconds(30))).isTrue();
                FaultResults.ofThisRun()
                        .add(
                                "poison batch at the head of the spill",
                                1,
                                1,
                                new LedgerAudit(unaccountedFor(after.balance()), 0, 0),
                                Map.of("next_acked_ms", ackedMillis),
                                List.of());

                assertThat(after.balance().dropped(DropReason.UNDELIVERABLE)).isEqualTo(3);
                assertThat(after.balance().submitted()).isEqualTo(10);
            }
        }
    }

    private static long unaccountedFor(Balance balance) {
        return balance.submitted() - balance.acked() - balance.dropped(DropReason.UNDELIVERABLE);
    }

    /** A former life whose first batch is no batch at all, not even its sequence can be read. */
    private void leavePoison(RunningCollector collector) {
        Catalog catalog = new Catalog();
        catalog.define(
                RunningCollector.METRIC,
                Attributes.of(RunningCollector.AGENT, "planner"),
                SeriesKind.SERIES_KIND_OUTCOME);
        Spill spill = new Spill(
                new SpillSettings(folder.resolve("spill"), 1 << 20, Duration.ofHours(1), false, false),
                new Identity("former", 1, ""),
                catalog,
                collector.clock,
                System::nanoTime,
                problem -> {});
        spill.open();
        spill.append(new SpilledBatch(1, 3, new byte[] {-1, -1, -1, -1}), false);
        spill.append(
                new SpilledBatch(
                        2,
                        7,
                        Producer.batch(2, collector.clock.millis(), 7, 0)
                                .build()
                                .toByteArray()),
                false);
        spill.close(true);
    }
}
