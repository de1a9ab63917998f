/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.SubscribeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber that was away while more than a thousand alerts began. */
class ResumeTest {
    private static final int BEFORE = 10;
    private static final int MEANWHILE = 1_200;
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}";

    @TempDir
    Path folder;

    @Test
    void seesEveryEventAfterItsCursorOnceAndInOrder() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, OUTAGE, Map.of())) {
            Channel channel = collector.channel();
            List<AlertEvent> seen = new ArrayList<>();
            String cursor;
            try (SubscriberClient first = new SubscriberClient(channel, SubscribeRequest.newBuilder())) {
                assertThat(first.next().hasSnapshot()).isTrue();
                outages(collector, channel, 0, BEFORE);
                for (int i = 0; i < BEFORE; i++) {
                    seen.add(first.nextEvent());
                }
                cursor = first.cursor();
            }
            for (int agent = BEFORE; agent < BEFORE + MEANWHILE; agent += 100) {
                outages(collector, channel, agent, agent + 100);
            }

            try (SubscriberClient again =
                    new SubscriberClient(channel, SubscribeRequest.newBuilder().setCursor(cursor))) {
                for (int i = 0; i < MEANWHILE; i++) {
                    seen.add(again.nextEvent());
                }
                assertThat(again.waiting()).isZero();
            }

            assertThat(seen)
                    .extracting(AlertEvent::getNumber)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, BEFORE + MEANWHILE)
                            .boxed()
                            .toList());
            assertThat(seen)
                    .extracting(event -> event.getAlert().getGroup(0).getValue())
                    .doesNotHaveDuplicates();
        }
    }

    /** Ten failures of each agent of those numbers, and the time in which they are judged. */
    private static void outages(RunningCollector collector, Channel channel, int from, int to) {
        PushRequest.Builder failures = PushRequest.newBuilder();
        for (int agent = from; agent < to; agent++) {
            for (int i = 0; i < 10; i++) {
                failures.addOutcomes(OutcomeRow.newBuilder()
                        .setName(RunningCollector.METRIC)
                        .putAttributes(RunningCollector.AGENT, "agent-" + agent)
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR));
            }
        }
        assertThat(IngestServiceGrpc.newBlockingStub(channel)
                        .push(failures.build())
                        .getAccepted())
                .isEqualTo((to - from) * 10);
        collector.clock.advance(Duration.ofMillis(250));
    }
}
