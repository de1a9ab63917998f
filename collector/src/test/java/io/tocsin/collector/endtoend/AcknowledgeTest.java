/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.GetRequest;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People take care of an alert, through every stage of a collector. */
class AcknowledgeTest {
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}";

    @TempDir
    Path folder;

    @Test
    void subscribersHearOfItASnapshotShowsItAndOfTwoAtOnceEachIsToldWhatTheirsDid() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, OUTAGE, Map.of())) {
            Channel channel = collector.channel();
            try (SubscriberClient subscriber = new SubscriberClient(channel, SubscribeRequest.newBuilder())) {
                assertThat(subscriber.next().hasSnapshot()).isTrue();
                outage(collector, channel);
                Alert fired = subscriber.nextEvent().getAlert();

                CompletableFuture<AcknowledgeResponse> anna =
                        CompletableFuture.supplyAsync(() -> acknowledge(channel, fired.getId(), "anna"));
                CompletableFuture<AcknowledgeResponse> bob =
                        CompletableFuture.supplyAsync(() -> acknowledge(channel, fired.getId(), "bob"));
                List<AcknowledgeResponse> answers = new ArrayList<>(List.of(anna.get(), bob.get()));
                answers.sort(
                        java.util.Comparator.comparingLong(a -> a.getPosition().getOffset()));
                AlertEvent first = subscriber.nextEvent();
                AlertEvent second = subscriber.nextEvent();

                assertThat(anna.get().getAlert().getAcknowledgement().getBy()).isEqualTo("anna");
                assertThat(bob.get().getAlert().getAcknowledgement().getBy()).isEqualTo("bob");
                assertThat(first.getAlert()).isEqualTo(answers.get(0).getAlert());
                assertThat(first.getPosition()).isEqualTo(answers.get(0).getPosition());
                assertThat(second.getAlert()).isEqualTo(answers.get(1).getAlert());
                assertThat(AlertServiceGrpc.newBlockingStub(channel)
                                .get(GetRequest.newBuilder()
                                        .setId(fired.getId())
                                        .build())
                                .getAlert())
                        .as("who came last")
                        .isEqualTo(second.getAlert());
            }

            try (SubscriberClient newcomer = new SubscriberClient(channel, SubscribeRequest.newBuilder())) {
                assertThat(newcomer.next().getSnapshot().getAlertsList())
                        .extracting(Alert::getState)
                        .containsExactly(AlertState.ALERT_STATE_ACKNOWLEDGED);
            }
        }
    }

    private static AcknowledgeResponse acknowledge(Channel channel, String id, String by) {
        return AlertServiceGrpc.newBlockingStub(channel)
                .acknowledge(AcknowledgeRequest.newBuilder().setId(id).setBy(by).build());
    }

    private static void outage(RunningCollector collector, Channel channel) {
        PushRequest.Builder failures = PushRequest.newBuilder();
        for (int i = 0; i < 10; i++) {
            failures.addOutcomes(OutcomeRow.newBuilder()
                    .setName(RunningCollector.METRIC)
                    .putAttributes(RunningCollector.AGENT, "planner")
                    .setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR));
        }
        assertThat(IngestServiceGrpc.newBlockingStub(channel)
                        .push(failures.build())
                        .getAccepted())
                .isEqualTo(10);
        collector.clock.advance(Duration.ofMillis(250));
    }
}
