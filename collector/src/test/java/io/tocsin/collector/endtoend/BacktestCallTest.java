/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.Alert;
import io.tocsin.v1.BacktestAlert;
import io.tocsin.v1.BacktestRequest;
import io.tocsin.v1.BacktestResponse;
import io.tocsin.v1.BacktestSummary;
import io.tocsin.v1.Rule;
import io.tocsin.v1.RuleInput;
import io.tocsin.v1.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules tried out on the journal of a collector that runs. */
class BacktestCallTest {
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}\n";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private RunningCollector start(boolean inMemory) throws Exception {
        return new RunningCollector(
                folder,
                OUTAGE,
                Map.of(
                        "monitoring.in-memory",
                        Boolean.toString(inMemory),
                        "monitoring.data-dir",
                        folder.resolve("data").toString()),
                clock);
    }

    private static void outage(RunningCollector collector) throws Exception {
        new Producer(collector, "planner").outcomes(50, 50);
        collector.clock.advance(Duration.ofMillis(250));
        await().until(() -> RunningCollector.alerts(collector.channel()).size() == 1);
    }

    private static List<BacktestResponse> backtest(RunningCollector collector, BacktestRequest.Builder request) {
        List<BacktestResponse> steps = new ArrayList<>();
        AdminServiceGrpc.newBlockingStub(collector.channel())
                .backtest(request.build())
                .forEachRemaining(steps::add);
        return steps;
    }

    private static List<BacktestAlert> alerts(List<BacktestResponse> steps) {
        return steps.stream()
                .filter(BacktestResponse::hasAlert)
                .map(BacktestResponse::getAlert)
                .toList();
    }

    private static BacktestSummary summary(List<BacktestResponse> steps) {
        return steps.get(steps.size() - 1).getSummary();
    }

    @Test
    void whatRunsGivesWhatFired() throws Exception {
        try (RunningCollector collector = start(false)) {
            outage(collector);
            List<Alert> live = RunningCollector.alerts(collector.channel());

            List<BacktestResponse> steps = backtest(collector, BacktestRequest.newBuilder());

            assertThat(alerts(steps))
                    .containsExactly(BacktestAlert.newBuilder()
                            .setVerdict(BacktestAlert.Verdict.VERDICT_SAME)
                            .setThen(live.get(0))
                            .setNow(live.get(0))
                            .build());
            assertThat(summary(steps).getSameEvents()).isTrue();
            assertThat(summary(steps).getRecords()).isEqualTo(50);
        }
    }

    @Test
    void aRuleLessAndARuleMoreShowTheDifference() throws Exception {
        try (RunningCollector collector = start(false)) {
            outage(collector);
            Rule more = Rule.newBuilder()
                    .setName("other")
                    .setDetector("outage")
                    .addInputs(RuleInput.newBuilder()
                            .setSelector(Selector.newBuilder().setMetric("gen_ai.invoke_agent.duration")))
                    .build();

            BacktestSummary without =
                    summary(backtest(collector, BacktestRequest.newBuilder().addWithoutRules("outage")));
            assertThat(without.getOnlyThen()).isEqualTo(1);
            assertThat(without.getSame()).isZero();

            List<BacktestResponse> only = backtest(
                    collector, BacktestRequest.newBuilder().addRules(more).setOnlyTheseRules(true));
            assertThat(alerts(only))
                    .extracting(alert -> alert.getVerdict() + " "
                            + alert.getThen().getRule() + alert.getNow().getRule())
                    .contains("VERDICT_ONLY_THEN outage");
            assertThat(RunningCollector.alerts(collector.channel())).hasSize(1);
        }
    }

    @Test
    void mistakesAreTold() throws Exception {
        try (RunningCollector collector = start(false)) {
            assertThatThrownBy(() -> backtest(
                            collector,
                            BacktestRequest.newBuilder()
                                    .addRules(Rule.newBuilder().setName("x").setDetector("outag"))))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("INVALID_ARGUMENT")
                    .hasMessageContaining("outag");
        }
        try (RunningCollector collector = start(true)) {
            assertThatThrownBy(() -> backtest(collector, BacktestRequest.newBuilder()))
                    .hasMessageContaining("FAILED_PRECONDITION")
                    .hasMessageContaining("--data-dir");
        }
    }
}
