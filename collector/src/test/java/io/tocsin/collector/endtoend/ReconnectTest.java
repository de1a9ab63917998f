/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.Position;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real SDK, a way that is cut under it again and again, and the real collector: nothing lost, nothing counted twice. */
class ReconnectTest {
    private static final int CUTS = 4;
    private static final int RECORDS = 500;
    private static final int AGENTS = 5;

    @TempDir
    Path folder;

    @Test
    void whatWasNotAcknowledgedIsSentAgainWithItsDefinitionsAndCountsOnce() throws Exception {
        String rules = "- {name: any, detector: absence, select: {metric: gen_ai.invoke_agent.duration}}";
        try (RunningCollector collector = new RunningCollector(folder, rules, Map.of());
                FaultProxy way = new FaultProxy("127.0.0.1", collector.grpcPort());
                TocsinClient tocsin = TocsinClient.builder()
                        .endpoint(way.endpoint())
                        .clock(collector.clock)
                        .whenFull(WhenFull.WAIT)
                        .maxBatchRecords(20)
                        .maxBatchDelay(Duration.ofMillis(5))
                        .build()) {
            List<Outcomes> agents = IntStream.range(0, AGENTS)
                    .mapToObj(i -> tocsin.outcomes(
                            RunningCollector.METRIC, Attributes.of(RunningCollector.AGENT, "agent-" + i)))
                    .toList();
            for (int cut = 0; cut < CUTS; cut++) {
                record(agents);
                assertThat(tocsin.flush(Duration.ofSeconds(30))).isTrue();
                double taken = collector.figure("tocsin_ingest_records_accepted_total");
                int connections = way.connections();
                way.deaf(true);
                record(agents);
                // taken by the collector, and the SDK does not know it
                await().until(() -> collector.figure("tocsin_ingest_records_accepted_total") > taken);
                assertThat(tocsin.balance().acked()).isEqualTo((long) taken);
                way.deaf(false);
                way.cut();
                await().atMost(Duration.ofSeconds(30)).until(() -> way.connections() > connections);
            }

            assertThat(tocsin.flush(Duration.ofSeconds(30)))
                    .as("%s %s", tocsin.balance(), tocsin.connection())
                    .isTrue();

            long sent = 2L * CUTS * RECORDS;
            Balance balance = tocsin.balance();
            assertThat(balance.submitted()).isEqualTo(sent);
            assertThat(balance.acked()).isEqualTo(sent);
            assertThat(balance.rejected() + balance.droppedInAll()).isZero();
            Map<String, Long> expected = new TreeMap<>();
            IntStream.range(0, AGENTS).forEach(i -> expected.put("agent-" + i, sent / AGENTS));
            long offset = tocsin.lastAcked().orElseThrow().offset();
            assertThat(counts(collector.channel(), offset)).isEqualTo(expected);
            assertThat(collector.figure("tocsin_engine_outcomes_total{partition=\"0\"}"))
                    .isEqualTo(sent);
            assertThat(collector.figure("tocsin_ingest_streams_total")).isGreaterThanOrEqualTo(CUTS);
        }
    }

    private static void record(List<Outcomes> agents) {
        for (int i = 0; i < RECORDS; i++) {
            agents.get(i % AGENTS).record(Duration.ofMillis(10), Status.OK);
        }
    }

    private static Map<String, Long> counts(Channel channel, long offset) {
        Map<String, Long> counts = new TreeMap<>();
        for (AgentMetrics agent : QueryServiceGrpc.newBlockingStub(channel)
                .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                        .setRange(TimeRange.newBuilder()
                                .setMinPosition(Position.newBuilder().setOffset(offset)))
                        .build())
                .getAgentsList()) {
            counts.put(agent.getAgentType(), agent.getCount());
        }
        return counts;
    }
}
