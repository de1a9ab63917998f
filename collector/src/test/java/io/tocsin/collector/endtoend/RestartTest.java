/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.Batch;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.Rule;
import io.tocsin.v1.RuleInput;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SubscribeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that stops and is started again on the same data directory. */
class RestartTest {
    private static final String SELECT =
            "select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]";
    private static final String OUTAGE = "- {name: outage, detector: outage, " + SELECT + "}\n";
    private static final String THROUGHPUT = "- {name: drop, detector: throughput-drop, " + SELECT + "}\n";
    private static final String ABSENCE = "- {name: gone, detector: absence, " + SELECT + "}\n";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private RunningCollector start(String rules) throws Exception {
        return new RunningCollector(
                folder,
                rules,
                Map.of(
                        "monitoring.in-memory",
                        "false",
                        "monitoring.data-dir",
                        folder.resolve("data").toString()),
                clock);
    }

    private StreamClient connect(RunningCollector collector) {
        return Producer.open(collector.channel(), "planner", clock.millis());
    }

    private Batch.Builder batch(long sequence, int bad) {
        Batch.Builder batch = Producer.batch(sequence, ManualClock.NOON, 7, 0);
        for (int row = 0; row < bad; row++) {
            batch.getOutcomesBuilder().setLatencySeconds(row, Double.NaN);
        }
        return batch;
    }

    private static long counted(RunningCollector collector, Ack seen) {
        return countsBySecond(collector.channel(), seen.getPosition())
                .getOrDefault("planner", Map.of())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void whatWasAcknowledgedIsCountedOnceWhoeverSendsItAgain() throws Exception {
        Ack first;
        Ack bad;
        try (RunningCollector collector = start(ABSENCE)) {
            StreamClient stream = connect(collector);
            first = stream.batch(batch(1, 0)).nextAck();
            bad = stream.batch(batch(2, 3)).nextAck();
            assertThat(counted(collector, bad)).isEqualTo(11);
        }
        try (RunningCollector collector = start(ABSENCE)) {
            StreamClient stream = connect(collector);
            Ack firstAgain = stream.batch(batch(1, 0)).nextAck();
            Ack badAgain = stream.batch(batch(2, 3)).nextAck();
            assertThat(firstAgain.getAlreadyAccepted()).isTrue();
            assertThat(firstAgain.getPosition()).isEqualTo(first.getPosition());
            assertThat(badAgain.getRejectionsList())
                    .isEqualTo(bad.getRejectionsList())
                    .hasSize(3);

            assertThat(stream.batch(batch(1, 1)).nextRefusal().getCode()).isEqualTo(Code.FAILED_PRECONDITION_VALUE);
            Ack third = stream.batch(batch(3, 0)).nextAck();
            assertThat(third.getAlreadyAccepted()).isFalse();
            assertThat(third.getPosition().getOffset())
                    .isGreaterThan(bad.getPosition().getOffset());
            assertThat(counted(collector, third)).isEqualTo(18);
        }
    }

    @Test
    void eventsHaveTheSameNumbersAndACursorGoesOn() throws Exception {
        List<AlertEvent> before = new ArrayList<>();
        String begin;
        String cursor;
        List<Alert> alerts;
        try (RunningCollector collector = start(OUTAGE)) {
            try (SubscriberClient subscriber =
                    new SubscriberClient(collector.channel(), SubscribeRequest.newBuilder())) {
                assertThat(subscriber.next().hasSnapshot()).isTrue();
                begin = subscriber.cursor();
                outage(collector, "planner");
                before.add(subscriber.nextEvent());
                outage(collector, "critic");
                before.add(subscriber.nextEvent());
                cursor = subscriber.cursor();
            }
            alerts = RunningCollector.alerts(collector.channel());
        }
        try (RunningCollector collector = start(OUTAGE)) {
            assertThat(RunningCollector.alerts(collector.channel()))
                    .isEqualTo(alerts)
                    .hasSize(2);
            try (SubscriberClient all = new SubscriberClient(
                            collector.channel(), SubscribeRequest.newBuilder().setCursor(begin));
                    SubscriberClient later = new SubscriberClient(
                            collector.channel(), SubscribeRequest.newBuilder().setCursor(cursor))) {
                assertThat(List.of(all.nextEvent(), all.nextEvent())).isEqualTo(before);
                outage(collector, "writer");
                AlertEvent third = later.nextEvent();
                assertThat(third.getNumber()).isEqualTo(before.get(1).getNumber() + 1);
                assertThat(all.nextEvent()).isEqualTo(third);
            }
        }
    }

    private static void outage(RunningCollector collector, String agent) {
        new Producer(collector, agent).outcomes(50, 50);
        collector.clock.advance(Duration.ofMillis(250));
    }

    @Test
    void theTimeWithoutACollectorIsNotTakenForSilence() throws Exception {
        try (RunningCollector collector = start(THROUGHPUT)) {
            work(new Producer(collector, "planner"), collector, 300);
        }
        clock.advance(Duration.ofMinutes(20));
        try (RunningCollector collector = start(THROUGHPUT)) {
            work(new Producer(collector, "planner").after(300), collector, 60);
            assertThat(RunningCollector.alerts(collector.channel())).isEmpty();
        }
    }

    private void work(Producer producer, RunningCollector collector, int seconds) throws Exception {
        for (int second = 0; second < seconds; second++) {
            Ack ack = producer.outcomes(5, 0);
            clock.advance(Duration.ofSeconds(1));
            if (second % 10 == 9) {
                collector.awaitApplied(ack.getPosition());
            }
        }
    }

    @Test
    void rulesOfTheFileFollowTheFileAndOthersStay() throws Exception {
        try (RunningCollector collector = start(OUTAGE + ABSENCE)) {
            var unused = AdminServiceGrpc.newBlockingStub(collector.channel())
                    .addRule(AddRuleRequest.newBuilder()
                            .setRule(Rule.newBuilder()
                                    .setName("by-hand")
                                    .setDetector("absence")
                                    .addInputs(RuleInput.newBuilder()
                                            .setSelector(Selector.newBuilder().setMetric(RunningCollector.METRIC))))
                            .build());
        }
        long sets;
        try (RunningCollector collector = start(OUTAGE + ABSENCE)) {
            assertThat(rules(collector)).containsExactly("by-hand", "gone", "outage");
            sets = journalled("outage");
        }
        assertThat(sets).as("an unchanged rule is not written again").isEqualTo(1);
        try (RunningCollector collector = start(OUTAGE.replace("outage, detector", "out, detector"))) {
            await().untilAsserted(() -> assertThat(rules(collector)).containsExactly("by-hand", "out"));
        }
    }

    private static List<String> rules(RunningCollector collector) {
        return AdminServiceGrpc.newBlockingStub(collector.channel())
                .listRules(ListRulesRequest.getDefaultInstance())
                .getRulesList()
                .stream()
                .map(Rule::getName)
                .toList();
    }

    /** How often a rule of that name and detector stands in the journal. */
    private long journalled(String name) throws Exception {
        String wanted = "\0\6" + name + "\0\6" + name;
        long found = 0;
        try (var files = Files.list(folder.resolve("data/partition-0/journal"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
                    found++;
                }
            }
        }
        return found;
    }

    @Test
    void aSecondCollectorIsToldWhoHoldsTheDirectory() throws Exception {
        try (RunningCollector collector = start(OUTAGE)) {
            assertThat(collector.grpcPort()).isPositive();
            assertThatThrownBy(() -> start(OUTAGE))
                    .isInstanceOf(CollectorStartException.class)
                    .hasMessageContaining(folder.resolve("data").toString())
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() throws Exception {
        start(OUTAGE).close();
        assertThatThrownBy(() -> new RunningCollector(
                        folder,
                        OUTAGE,
                        Map.of(
                                "monitoring.in-memory",
                                "false",
                                "monitoring.partitions",
                                "2",
                                "monitoring.data-dir",
                                folder.resolve("data").toString()),
                        clock))
                .hasMessageContaining("was made for 1 partitions, monitoring.partitions is 2");
    }

    @Test
    void aNewerLayoutIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/layout"), "format=7\npartitions=1\n");
        assertThatThrownBy(() -> start(OUTAGE)).hasMessageContaining("has format 7, this build reads formats up to 1");
    }
}
