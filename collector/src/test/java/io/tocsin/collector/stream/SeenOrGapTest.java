/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.call.FakeEvents;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.SubscribeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a subscriber has seen and the gaps that it was told of are all events, each once, whatever it does. */
class SeenOrGapTest {
    private static final int ALERTS = 20;
    private static final int TRIALS = 5;
    /** What a subscriber asks for ahead when it reads. */
    private static final int AT_ONCE = 100;

    private final AlertDoorRig rig = new AlertDoorRig();
    private final SplittableRandom random = new SplittableRandom(1);

    @AfterEach
    void close() {
        rig.close();
    }

    private void change(int times) {
        for (int change = 0; change < times; change++) {
            AlertState state = random.nextInt(3) == 0 ? AlertState.RESOLVED : AlertState.FIRING;
            rig.events().append(FakeEvents.alert("default", "a" + random.nextInt(ALERTS), state, Severity.HIGH, false));
        }
    }

    @Test
    @Tag("figures")
    void aSubscriberThatNeverReadsIsToldOfWhatItMissed() {
        SubscriberLedger ledger = new SubscriberLedger();
        try (SubscriberClient client = new SubscriberClient(rig.server.channel(), SubscribeRequest.newBuilder(), 1)) {
            ledger.take(client.next());
            for (int trial = 0; trial < TRIALS; trial++) {
                floodUntilItIsBehind();
                rig.clock.advance(Duration.ofSeconds(11));
                client.read(AT_ONCE);
                readOn(client, ledger);
            }
        }
        assertThat(rig.counters.gapsSlow()).isEqualTo(TRIALS);
        judge("subscriber that never reads", ledger);
    }

    /** Until the connection's buffers are full and the door has noticed. */
    private void floodUntilItIsBehind() {
        long sentBefore = rig.counters.events();
        long changesBefore = rig.events().last();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            change(500);
            rig.clock.advance(Duration.ofMillis(1));
            return rig.counters.behind() == 1
                    && rig.events().last() - changesBefore - (rig.counters.events() - sentBefore) > 2_000;
        });
        long[] sent = {-1};
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    long before = sent[0];
                    sent[0] = rig.counters.events();
                    return before == sent[0];
                });
    }

    /** Takes what comes until it knows of all that there is. */
    private void readOn(SubscriberClient client, SubscriberLedger ledger) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    int taken = 0;
                    for (; client.waiting() > 0; taken++) {
                        ledger.take(client.next());
                    }
                    if (taken > 0) {
                        client.read(taken);
                    }
                    return ledger.reached() >= rig.events().last();
                });
    }

    @Test
    @Tag("figures")
    void aCursorOlderThanRetentionIsToldOfWhatIsGone() {
        SubscriberLedger ledger = new SubscriberLedger();
        change(10);
        for (int trial = 0; trial < TRIALS; trial++) {
            try (SubscriberClient client = rig.subscribe(ledger.cursor())) {
                readOn(client, ledger);
                change(1 + random.nextInt(50));
                readOn(client, ledger);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> rig.counters.open() == 0);
            change(100 + random.nextInt(1_000));
            rig.events().keep(1 + random.nextInt(50));
        }
        try (SubscriberClient client = rig.subscribe(ledger.cursor())) {
            readOn(client, ledger);
        }
        assertThat(rig.counters.gapsExpired()).isEqualTo(TRIALS);
        judge("subscriber with a cursor older than retention", ledger);
    }

    private void judge(String fault, SubscriberLedger ledger) {
        long last = rig.events().last();
        FaultResults.ofThisRun()
                .add(
                        fault,
                        1,
                        TRIALS,
                        new LedgerAudit(ledger.unaccounted(last), ledger.doubled(), ledger.beyond(last)),
                        Map.of("events", last, "seen", ledger.seen(), "in_gaps", last - ledger.seen()),
                        List.of());
        assertThat(ledger.seen()).isPositive();
        assertThat(ledger.unaccounted(last)).as("neither seen nor in a gap").isZero();
        assertThat(ledger.doubled()).as("seen twice, or seen and in a gap").isZero();
        assertThat(ledger.beyond(last)).isZero();
        assertThat(ledger.firing())
                .isEqualTo(rig.events().snapshot("default").alerts().stream()
                        .map(alert -> alert.id())
                        .sorted()
                        .toList());
    }
}
