/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.faults.FaultResults;
import io.tocsin.collector.faults.LedgerAudit;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.SubscribeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The collector's clock jumps, and then back; or a producer's does. Steady traffic meanwhile is counted in its own seconds, raises no alert, and nothing that is kept goes. One agent
 * fails at the beginning, so that there are events to keep.
 */
@Tag("figures")
class ClockFaultsTest {
    private static final String RULES = """
            - {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}
            - {name: silent, detector: absence, select: {metric: gen_ai.invoke_agent.duration, where: {gen_ai.agent.name: steady}}}
            """;

    private static final int SECONDS = 70;
    private static final int PER_SECOND = 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Map<Long, Long> expected = new TreeMap<>();
    private Ack last = Ack.getDefaultInstance();
    private long rejected;

    /** What happens to alerts without any fault. */
    private static List<String> usual;

    @BeforeAll
    static void withoutAnyFault(@TempDir Path elsewhere) throws Exception {
        ClockFaultsTest undisturbed = new ClockFaultsTest();
        undisturbed.folder = elsewhere;
        try (RunningCollector collector = undisturbed.collector()) {
            String begin = cursor(collector);
            Producer steady = new Producer(collector, "steady");
            fail(collector);
            for (int part = 0; part < 3; part++) {
                undisturbed.serve(collector, steady);
            }
            collector.awaitApplied(undisturbed.last.getPosition());
            usual = changes(events(collector, begin));
        }
        assertThat(usual).isNotEmpty();
    }

    @AfterAll
    static void forget() {
        usual = null;
    }

    private static List<String> changes(List<AlertEvent> events) {
        return events.stream()
                .map(event ->
                        event.getAlert().getDedupKey() + " " + event.getAlert().getState())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P365D", "P-365D"})
    void theCollectorsClockJumps(Duration by) throws Exception {
        try (RunningCollector collector = collector()) {
            String begin = cursor(collector);
            Producer steady = new Producer(collector, "steady");
            fail(collector);
            serve(collector, steady);
            collector.wallIsAheadBy(by);
            serve(collector, steady);
            collector.wallIsAheadBy(Duration.ZERO);
            serve(collector, steady);

            judge("clock of the collector", by, collector, begin);
            assertThat(collector.figure("tocsin_journal_clock_jumps_total{partition=\"0\"}"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P365D", "P-365D"})
    void aProducersClockIsWrongAndThenRight(Duration by) throws Exception {
        try (RunningCollector collector = collector()) {
            String begin = cursor(collector);
            Producer steady = new Producer(collector, collector.channel(), "steady", by);
            fail(collector);
            serve(collector, steady);
            steady.clockJumps(by.negated());
            serve(collector, steady);
            steady.clockJumps(by);
            serve(collector, steady);

            judge("clock of a producer", by, collector, begin);
            assertThat(collector.figure("tocsin_ingest_batches_corrected_total"))
                    .as("flagged")
                    .isEqualTo(2 * SECONDS);
        }
    }

    private RunningCollector collector() throws Exception {
        return new RunningCollector(
                folder,
                RULES,
                Map.of(
                        "monitoring.default-rules",
                        "true",
                        "monitoring.in-memory",
                        "false",
                        "monitoring.data-dir",
                        folder.resolve("data").toString()));
    }

    /** Something that must still be told at the end. */
    private static void fail(RunningCollector collector) {
        new Producer(collector, "failing").outcomes(30, 30);
        collector.clock.advance(Duration.ofSeconds(2));
        await().atMost(LONG).until(() -> !alerts(collector.channel()).isEmpty());
    }

    private void serve(RunningCollector collector, Producer producer) {
        for (int second = 0; second < SECONDS; second++) {
            producer.heartbeat();
            last = producer.outcomes(PER_SECOND, 0);
            rejected += last.getRejectionsCount();
            expected.merge(collector.clock.millis() / 1_000, (long) PER_SECOND, Long::sum);
            collector.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void judge(String fault, Duration by, RunningCollector collector, String begin) {
        Map<Long, Long> counted =
                countsBySecond(collector.channel(), last.getPosition()).get("steady");
        long missing = expected.entrySet().stream()
                .mapToLong(second -> Math.max(0, second.getValue() - counted.getOrDefault(second.getKey(), 0L)))
                .sum();
        long elsewhere = counted.entrySet().stream()
                .mapToLong(second -> Math.max(0, second.getValue() - expected.getOrDefault(second.getKey(), 0L)))
                .sum();
        List<AlertEvent> events = events(collector, begin);
        List<String> unusual = new ArrayList<>(changes(events));
        usual.forEach(unusual::remove);
        FaultResults.ofThisRun()
                .add(
                        fault + " " + by,
                        1,
                        1,
                        new LedgerAudit(missing, elsewhere, unusual.size()),
                        Map.of(
                                "records",
                                expected.values().stream().mapToLong(n -> n).sum(),
                                "events",
                                (long) events.size()),
                        List.of());
        assertThat(unusual).as("false alerts").isEmpty();
        assertThat(events).as("nothing expires").hasSameSizeAs(usual);
        assertThat(rejected).isZero();
        assertThat(counted).isEqualTo(expected);
        assertThat(collector.figure("tocsin_engine_late_records_total{partition=\"0\"}"))
                .isZero();
    }

    private static String cursor(RunningCollector collector) {
        try (SubscriberClient client = subscriber(collector, "")) {
            client.next();
            return client.cursor();
        }
    }

    private static SubscriberClient subscriber(RunningCollector collector, String from) {
        return new SubscriberClient(
                collector.channel(), SubscribeRequest.newBuilder().setCursor(from));
    }

    /** All since that cursor; a gap fails it. */
    private static List<AlertEvent> events(RunningCollector collector, String begin) {
        List<AlertEvent> events = new ArrayList<>();
        long through;
        try (SubscriberClient now = subscriber(collector, "")) {
            through = now.next().getSnapshot().getThroughEvent();
        }
        try (SubscriberClient all = subscriber(collector, begin)) {
            while (events.size() < through) {
                events.add(all.nextEvent());
            }
        }
        assertThat(events).extracting(AlertEvent::getNumber).startsWith(1L);
        return events;
    }
}
