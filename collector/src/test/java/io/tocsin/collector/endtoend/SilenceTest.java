/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Batch;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nothing means: zero, gone, unknown, or our own fault. With the real rules for drops of throughput and for no data. */
class SilenceTest {
    private static final String RULES = """
            - {name: drop, detector: throughput-drop, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}
            - {name: no-data, detector: absence, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}
            """;
    /** Twice the warm-up, and whole steps. */
    private static final int USUAL_SECONDS = 240;

    private static final int SILENT_SECONDS = 90;
    private static final int RATE = 20;

    @TempDir
    Path folder;

    @Test
    void isZeroOfALivingProducerNothingOfAStoppedOneAndUnknownOfOneThatVanished() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, RULES, Map.of())) {
            Producer busy = new Producer(collector, "busy");
            Producer silent = new Producer(collector, "silent");
            Producer stopping = new Producer(collector, "stopping");
            Producer vanishing = new Producer(collector, "vanishing");
            for (int second = 0; second < USUAL_SECONDS; second++) {
                for (Producer producer : List.of(busy, silent, stopping, vanishing)) {
                    producer.outcomes(RATE, 0);
                }
                collector.clock.advance(Duration.ofSeconds(1));
            }
            stopping.goodbye();
            vanishing.vanish();
            for (int second = 0; second < SILENT_SECONDS; second++) {
                silent.heartbeat();
                busy.outcomes(RATE, 0);
                collector.clock.advance(Duration.ofSeconds(1));
            }
            Ack last = busy.outcomes(RATE, 0);
            collector.awaitApplied(last.getPosition());

            // zero is a drop; of one that is gone or not heard we cannot tell
            assertThat(firing(collector, "drop")).containsExactly("silent");
            // a minute without data is an alert of its own, unless it was announced
            assertThat(firing(collector, "no-data")).containsExactly("silent", "vanishing");
            assertThat(QueryServiceGrpc.newBlockingStub(collector.channel())
                            .getHealth(GetHealthRequest.getDefaultInstance())
                            .getProducersMap())
                    .isEqualTo(Map.of("alive", 2, "lost", 1));
        }
    }

    @Test
    void isNotJudgedWhileTheCollectorItselfRefused() throws Exception {
        HangingDetector.writePlugin(folder.resolve("plugins"));
        Map<String, String> smallQueue = Map.of(
                "monitoring.journal.max-waiting-bytes", "1 MiB",
                "monitoring.journal.group-max-bytes", "1 MiB",
                "monitoring.ingest.max-batch-bytes", "1 MiB");
        try (RunningCollector collector = new RunningCollector(folder, RULES + HangingDetector.RULE, smallQueue)) {
            Producer silent = new Producer(collector, "silent");
            StreamClient refused = Producer.open(collector.channel(), "refused", collector.clock.millis());
            for (int second = 0; second < USUAL_SECONDS; second++) {
                silent.outcomes(RATE, 0);
                collector.clock.advance(Duration.ofSeconds(1));
            }
            // the engine hangs, so the queue before it fills up: one large batch fits, a second does not
            try (HangingDetector.Hang hang = HangingDetector.hang(collector.channel())) {
                Batch.Builder large = Producer.batch(1, collector.clock.millis(), 60_000, 0);
                refused.batch(large).nextAck();
                for (int second = 0; second < SILENT_SECONDS; second++) {
                    if (second % 5 == 0) {
                        Refusal refusal = refused.batch(large.setSequence(2)).nextRefusal();
                        assertThat(refusal.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
                        assertThat(refusal.hasRetryAfter()).isTrue();
                    }
                    // what is small enough is acknowledged all the same: a detector that hangs does not hold up ingest
                    silent.outcomes(0, 0);
                    collector.clock.advance(Duration.ofSeconds(1));
                }
            }
            collector.awaitApplied(silent.outcomes(0, 0).getPosition());
            assertThat(firing(collector, "drop")).isEmpty();

            // and once nothing is refused any more, the same silence is zero again
            for (int second = 0; second < SILENT_SECONDS; second++) {
                silent.outcomes(0, 0);
                collector.clock.advance(Duration.ofSeconds(1));
            }
            await().until(() -> firing(collector, "drop").equals(Set.of("silent")));
            assertThat(collector.figure("tocsin_journal_refusals_total{partition=\"0\"}"))
                    .isEqualTo(SILENT_SECONDS / 5);
        }
    }

    private static Set<String> firing(RunningCollector collector, String rule) {
        return alerts(collector.channel()).stream()
                .filter(alert -> alert.getRule().equals(rule) && alert.getState() == AlertState.ALERT_STATE_FIRING)
                .map(alert -> alert.getGroup(0).getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
