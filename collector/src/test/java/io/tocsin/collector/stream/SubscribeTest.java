/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static io.tocsin.collector.call.FakeEvents.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.Gap;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscribeTest {
    private final AlertDoorRig rig = new AlertDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void beginsWithWhatIsFiringAndGoesOnWithWhatHappens() {
        rig.fire("a");
        rig.events().append(alert("default", "b", AlertState.RESOLVED, Severity.LOW, false));
        SubscriberClient client = rig.subscribe();

        Snapshot snapshot = client.next().getSnapshot();
        rig.fire("c");

        assertThat(snapshot.getAlertsList()).extracting(Alert::getId).containsExactly("a");
        assertThat(snapshot.getThroughEvent()).isEqualTo(2);
        AlertEvent event = client.nextEvent();
        assertThat(event.getNumber()).isEqualTo(3);
        assertThat(event.getAlert().getId()).isEqualTo("c");
        assertThat(event.getAlert().getEvidence().hasExpectedLow()).isFalse();
        assertThat(event.getAlert().getEvidence().getExpectedHigh()).isEqualTo(1);
        assertThat(event.getAlert().hasResolvedAt()).isFalse();
    }

    @Test
    void resumesWithItsCursorOverAThousandEvents() {
        SubscriberClient first = rig.subscribe();
        first.next();
        rig.fire("seen");
        first.nextEvent();
        String cursor = first.cursor();
        first.close();
        for (int i = 0; i < 1_500; i++) {
            rig.fire("alert-" + i % 50);
        }

        SubscriberClient second = rig.subscribe(cursor);

        for (int number = 2; number <= 1_501; number++) {
            assertThat(second.nextEvent().getNumber()).isEqualTo(number);
        }
        assertThat(rig.counters.gapsExpired() + rig.counters.gapsSlow()).isZero();
    }

    @Test
    void resumesInTheMiddleOfWhatItReadWithoutLossOrRepetition() {
        SubscriberClient client = rig.subscribe();
        client.next();
        List<Long> seen = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 60; i++) {
                rig.fire("r" + round + "-" + i);
            }
            String cursor = "";
            for (int i = 0; i < 37; i++) {
                SubscribeResponse response = client.next();
                seen.add(response.getEvent().getNumber());
                cursor = response.getCursor();
            }
            client.close();
            client = rig.subscribe(cursor);
        }
        while (seen.size() < 1_200) {
            seen.add(client.nextEvent().getNumber());
        }

        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(1_200);
        assertThat(seen.get(1_199)).isEqualTo(1_200);
    }

    @Test
    void announcesAGapAndSendsASnapshotWhenItsEventsHaveExpired() {
        rig.fire("a");
        SubscriberClient first = rig.subscribe();
        first.next();
        String cursor = first.cursor();
        first.close();
        // or it would have a gap of its own
        await().until(() -> rig.counters.open() == 0);
        for (int i = 0; i < 30; i++) {
            rig.fire("b");
        }
        rig.events().keep(5);

        SubscriberClient second = rig.subscribe(cursor);

        SubscribeResponse gap = second.next();
        assertThat(gap.getGap())
                .isEqualTo(Gap.newBuilder()
                        .setFromEvent(2)
                        .setToEvent(31)
                        .setReason("expired")
                        .build());
        assertThat(second.next().getSnapshot().getAlertsList())
                .extracting(Alert::getId)
                .containsExactly("a", "b");
        rig.fire("c");
        assertThat(second.nextEvent().getNumber()).isEqualTo(32);
        assertThat(rig.counters.gapsExpired()).isEqualTo(1);
    }

    @Test
    void sendsALargeSnapshotInPartsWhoseCursorsBeginItAnew() {
        for (int i = 0; i < 1_234; i++) {
            rig.fire(String.format("alert-%04d", i));
        }
        SubscriberClient client = rig.subscribe();
        List<String> ids = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        SubscribeResponse part;
        String cursorOfFirst = "";
        do {
            part = client.next();
            cursorOfFirst = sizes.isEmpty() ? part.getCursor() : cursorOfFirst;
            sizes.add(part.getSnapshot().getAlertsCount());
            part.getSnapshot().getAlertsList().forEach(alert -> ids.add(alert.getId()));
        } while (part.getSnapshot().getMore());

        assertThat(sizes).containsExactly(500, 500, 234);
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        SubscriberClient again = rig.subscribe(cursorOfFirst);
        assertThat(again.nextEvent().getNumber()).isEqualTo(1);
        SubscriberClient resumed = rig.subscribe(part.getCursor());
        rig.fire("later");
        assertThat(resumed.nextEvent().getNumber()).isEqualTo(1_235);
    }

    @Test
    void announcesAGapWhenTheCursorIsOfAnotherRun() {
        rig.fire("a");
        SubscriberClient before = rig.subscribe();
        before.next();
        try (AlertDoorRig restarted = new AlertDoorRig()) {
            restarted.fire("x");
            restarted.fire("y");

            SubscriberClient after = restarted.subscribe(before.cursor());

            assertThat(after.next().getGap().getReason()).isEqualTo("restarted");
            assertThat(after.next().getSnapshot().getAlertsList())
                    .extracting(Alert::getId)
                    .containsExactly("x", "y");
        }
    }

    @Test
    void announcesAGapToASubscriberThatHasBeenFarBehindForLong() {
        SubscriberClient slow = new SubscriberClient(rig.server.channel(), SubscribeRequest.newBuilder(), 1);
        slow.next();
        await().until(() -> {
            // until the connection's buffers are full and the door has noticed
            for (int i = 0; i < 500; i++) {
                rig.fire("a");
            }
            rig.clock.advance(Duration.ofMillis(1));
            return rig.events().last() - rig.counters.events() > 1_000;
        });
        long sent = rig.counters.events();
        await().during(Duration.ofMillis(200)).until(() -> rig.counters.events() == sent);
        rig.clock.advance(Duration.ofSeconds(11));

        slow.read(1_000_000);

        SubscribeResponse response = slow.next();
        while (response.hasEvent()) {
            response = slow.next();
        }
        assertThat(response.getGap().getReason()).isEqualTo("slow");
        assertThat(response.getGap().getToEvent()).isEqualTo(rig.events().last());
        assertThat(slow.next().getSnapshot().getThroughEvent())
                .isEqualTo(rig.events().last());
        assertThat(rig.counters.gapsSlow()).isEqualTo(1);
    }

    @Test
    void leavesNothingOutOfABurstForASubscriberThatReads() {
        SubscriberClient client = rig.subscribe();
        client.next();
        for (int i = 0; i < 5_000; i++) {
            rig.fire("a");
        }

        for (int number = 1; number <= 5_000; number++) {
            assertThat(client.nextEvent().getNumber()).isEqualTo(number);
        }
    }

    @Test
    void letsThroughOnlyWhatTheFilterTakes() {
        SubscriberClient client = new SubscriberClient(
                rig.server.channel(),
                SubscribeRequest.newBuilder()
                        .setFilter(AlertFilter.newBuilder()
                                .setMinSeverity(io.tocsin.v1.Severity.SEVERITY_HIGH)
                                .addStates(io.tocsin.v1.AlertState.ALERT_STATE_FIRING)
                                .addRules("latency-spike")
                                .addMatchers(Matcher.newBuilder().setKey("team").addValues("blue"))
                                .addMatchers(Matcher.newBuilder()
                                        .setKey("gen_ai.agent.name")
                                        .addValues("planner"))));
        client.next();

        rig.fire("default", "low", Severity.LOW);
        rig.events().append(alert("default", "done", AlertState.RESOLVED, Severity.HIGH, false));
        rig.events().append(alert("default", "slo", AlertState.FIRING, Severity.HIGH, true));
        rig.fire("default", "bad", Severity.CRITICAL);

        assertThat(client.nextEvent().getAlert().getId()).isEqualTo("bad");
        assertThat(client.waiting()).isZero();
    }

    @Test
    void showsEachTenantOnlyItsOwn() {
        rig.fire("blue", "b1", Severity.HIGH);
        SubscriberClient blue = new SubscriberClient(rig.server.channel("blue"), SubscribeRequest.newBuilder());
        SubscriberClient red = new SubscriberClient(rig.server.channel("red"), SubscribeRequest.newBuilder());
        assertThat(blue.next().getSnapshot().getAlertsCount()).isEqualTo(1);
        assertThat(red.next().getSnapshot().getAlertsCount()).isZero();

        rig.fire("red", "r1", Severity.HIGH);
        rig.fire("blue", "b2", Severity.HIGH);

        assertThat(red.nextEvent().getAlert().getId()).isEqualTo("r1");
        assertThat(blue.nextEvent().getAlert().getId()).isEqualTo("b2");
    }

    @Test
    void saysThatItIsThereWhenNothingHappensAndItsCursorMovesOn() {
        SubscriberClient client = rig.subscribe();
        client.next();
        String first = client.cursor();
        rig.fire("somebody-else", "x", Severity.HIGH);

        await().until(() -> {
            rig.clock.advance(Duration.ofMillis(50));
            return rig.counters.keepAlives() >= 3;
        });

        await().until(() -> !client.cursor().equals(first));
        assertThat(client.waiting()).isZero();
    }

    @Test
    void forgetsASubscriberThatLeaves() {
        SubscriberClient client = rig.subscribe();
        client.next();
        assertThat(rig.counters.open()).isEqualTo(1);
        assertThat(rig.events().listeners()).isEqualTo(1);

        client.close();

        await().until(() -> rig.counters.open() == 0);
        assertThat(rig.events().listeners()).isZero();
    }

    @Test
    void refusesMoreSubscribersThanThereMayBe() {
        for (int i = 0; i < AlertDoorRig.QUICK.maxSubscribers(); i++) {
            rig.subscribe().next();
        }

        Status status = rig.subscribe().end();

        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).contains("there are 3 subscriptions");
        assertThat(rig.counters.refused()).isEqualTo(1);
    }

    @Test
    void refusesACursorThatIsNone() {
        assertThat(rig.subscribe("garbage!").end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(rig.subscribe("AAAA").end().getDescription())
                .isEqualTo("cursor must be empty or the cursor of a response, was \"AAAA\"");
    }

    @Test
    void refusesACursorOfAnotherPartition() {
        rig.partitions.openRecording("default", "old");
        SubscriberClient live = rig.subscribe();
        live.next();

        Status status = new SubscriberClient(
                        rig.server.channel(),
                        SubscribeRequest.newBuilder()
                                .setCursor(live.cursor())
                                .setScope(Scope.newBuilder().setRecording("old")))
                .end();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("cursor is of partition 0, but the scope is partition 1");
    }

    @Test
    void refusesACursorBeyondTheLastEvent() {
        rig.fire("a");
        SubscriberClient client = rig.subscribe();
        client.next();
        rig.partitions.openRecording("default", "old");
        Cursor beyond = Cursor.decode(client.cursor());

        Status status = rig.subscribe(new Cursor(0, beyond.log(), 99).encode()).end();

        assertThat(status.getDescription()).isEqualTo("cursor is at event 99, but the last is 1");
    }

    @Test
    void refusesAnUnknownRecordingNamingThoseThereAre() {
        rig.partitions.openRecording("default", "old");

        Status status = new SubscriberClient(
                        rig.server.channel(),
                        SubscribeRequest.newBuilder()
                                .setScope(Scope.newBuilder().setRecording("new")))
                .end();

        assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status.getDescription()).isEqualTo("recording \"new\" is not known, there are old");
    }

    @Test
    void endsWhenItsRecordingIsRemoved() {
        rig.partitions.openRecording("default", "old");
        SubscriberClient client = new SubscriberClient(
                rig.server.channel(),
                SubscribeRequest.newBuilder().setScope(Scope.newBuilder().setRecording("old")));
        client.next();

        rig.partitions.removeRecording("default", "old");
        rig.clock.advance(Duration.ofSeconds(6));

        assertThat(client.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void tellsSubscribersThatTheCollectorStops() {
        SubscriberClient client = rig.subscribe();
        client.next();

        rig.stopDoor();

        assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
