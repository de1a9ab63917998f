/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleStage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables that speak of rules, each with what it does to them. */
class RuleFlagsTest {
    private static final String MINE = """
            monitoring:
              slos:
                - {name: my-slo, target: 99%, select: {metric: m}}
              rules:
                - name: my-spike
                  detector: latency-spike
                  select: {metric: m}
                  step: 5s
                  parameters: {window-size: 30}
                - {name: my-limit, detector: threshold, select: {metric: m}, parameters: {above: 1}}
            """;

    @TempDir
    Path folder;

    @Test
    void withoutSlosNoRuleThatKeepsOneRuns() {
        WrittenSettings told = written().variable("MONITORING_SLO_ENABLED", "false");

        assertThat(running(told)).isNotEmpty().allMatch(rule -> !stage(rule).equals(RuleStage.SLO));
        assertThat(running(told)).extracting(Rule::name).contains("my-spike", "my-limit", "outage");
        assertThat(told.load().notices())
                .containsExactly("monitoring.slos[0] (name my-slo) does not run, monitoring.slo.enabled is false ("
                        + folder.resolve("tocsin.yaml") + " line 3)");
    }

    @Test
    void withoutAnomalyDetectionNoRuleThatLooksForAnyRuns() {
        WrittenSettings told = written().variable("MONITORING_ANOMALY_DETECTION_ENABLED", "false");

        assertThat(running(told)).isNotEmpty().allMatch(rule -> !stage(rule).equals(RuleStage.ANOMALY));
        assertThat(running(told)).extracting(Rule::name).contains("my-slo", "my-limit", "no-data");
        assertThat(told.load().notices())
                .containsExactly(
                        "monitoring.rules[0] (name my-spike) does not run, monitoring.anomaly-detection.enabled is false ("
                                + folder.resolve("tocsin.yaml") + " line 6)");
    }

    @Test
    void theEvaluationIntervalIsTheStepOfSlosThatSetNone() {
        WrittenSettings told = written().variable("MONITORING_SLO_EVALUATION_INTERVAL", "30");

        assertThat(told.rule("my-slo").stepMillis()).isEqualTo(30_000);
        assertThat(told.rule("orchestration-latency").stepMillis()).isEqualTo(30_000);
        assertThat(told.rule("my-spike").stepMillis()).isEqualTo(5_000);
        assertThat(told.rule("latency-spike").stepMillis()).isEqualTo(10_000);
        assertThat(told.variable("MONITORING_SLO_EVALUATION_INTERVAL", "1m")
                        .rule("my-slo")
                        .stepMillis())
                .isEqualTo(60_000);
    }

    @Test
    void theWindowSizeReachesDetectorsThatHaveOneWhereTheRuleSetsNone() {
        WrittenSettings told = written().variable("MONITORING_ANOMALY_DETECTION_WINDOW_SIZE", "60");

        for (String ours : List.of("latency-spike", "error-rate-spike", "throughput-drop", "agent-failure")) {
            assertThat(told.rule(ours).parameters()).as(ours).containsEntry("window-size", "60");
        }
        assertThat(told.rule("my-spike").parameters()).containsEntry("window-size", "30");
        assertThat(told.rule("my-limit").parameters()).doesNotContainKey("window-size");
        assertThat(written().rule("latency-spike").parameters()).isEqualTo(Map.of());
    }

    @Test
    void saysWhatHasNoEffect() {
        assertThat(new WrittenSettings(folder)
                        .variable("MONITORING_JAEGER_ENDPOINT", "http://jaeger:4318/v1/traces")
                        .variable("MONITORING_ALERTING_ENABLED", "false")
                        .commandLine("monitoring.webhook.url", "https://hook")
                        .load()
                        .notices())
                .containsExactly(
                        "monitoring.jaeger.endpoint has no effect, monitoring.opentelemetry.enabled is false"
                                + " (environment variable MONITORING_JAEGER_ENDPOINT)",
                        "monitoring.webhook.url has no effect, monitoring.alerting.enabled is false (command line)");
    }

    private WrittenSettings written() {
        return new WrittenSettings(folder).file(MINE);
    }

    private static List<Rule> running(WrittenSettings told) {
        return told.rules().stream().filter(rule -> !rule.disabled()).toList();
    }

    private static RuleStage stage(Rule rule) {
        return RuleStage.of(rule.detector());
    }
}
