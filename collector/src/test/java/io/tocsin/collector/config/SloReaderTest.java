/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Matcher;
import io.tocsin.detectors.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsAnObjectiveInFull() {
        Rule rule = written("""
                monitoring:
                  slos:
                    - name: planner-fast
                      description: The planner answers in time.
                      type: latency
                      latency: 1500ms
                      target: 99.5%
                      window: 7d
                      select: {metric: gen_ai.invoke_agent.duration, where: {gen_ai.agent.name: planner}}
                      group-by: [tocsin.task.type]
                      alert-windows:
                        - {short: 5m, long: 1h, factor: 14.4}
                        - {short: 30m, long: 6h, factor: 6}
                      minimum-bad: 5
                      severity: critical
                      labels: {team: planning}
                      cooldown: 10m
                """).rule("planner-fast");

        assertThat(rule.detector()).isEqualTo("slo");
        assertThat(rule.parameters())
                .containsEntry("type", "latency")
                .containsEntry("latency", "1.5")
                .containsEntry("target", "0.995")
                .containsEntry("window", "7d")
                .containsEntry("minimum-bad", "5")
                .containsEntry("alert-windows", "short=5m long=1h factor=14.4; short=30m long=6h factor=6");
        assertThat(rule.inputs().get(0).selector().matchers())
                .containsExactly(Matcher.equal("gen_ai.agent.name", "planner"));
        assertThat(rule.groupBy()).containsExactly("tocsin.task.type");
        assertThat(rule.severity()).contains(Severity.CRITICAL);
        assertThat(rule.labels().get("team")).isEqualTo("planning");
        assertThat(rule.cooldownMillis()).isEqualTo(600_000);
        assertThat(rule.keepFiringMillis()).isEqualTo(60_000);
        assertThat(rule.clearBelow()).isEqualTo(0.9);
        assertThat(rule.origin()).isEqualTo(Origin.FILE);
    }

    @Test
    void readsTheSameFromJson() {
        Rule rule = written("""
                {"monitoring": {"slos": [{"name": "busy", "type": "throughput", "target": 50,
                  "select": {"metric": "gen_ai.invoke_agent.duration"}}]}}
                """).rule("busy");

        assertThat(rule.parameters()).containsEntry("type", "throughput").containsEntry("target", "50");
    }

    @Test
    void takesThePlaceOfOurSloOfTheSameName() {
        Rule rule = written("monitoring: {slos: [{name: agent-task-completion, target: 90%, select: {metric: m}}]}")
                .rule("agent-task-completion");

        assertThat(rule.parameters()).containsEntry("target", "0.9");
    }

    @Test
    void tellsWhatIsWrongInTheWordsOfAnObjective() {
        String at = " (" + folder.resolve("tocsin.yaml") + " line ";

        assertThat(written("""
                monitoring:
                  rules:
                    - {name: b, detector: outage, select: {metric: m}}
                  slos:
                    - name: a
                      target: 99.9
                      type: latenzy
                      latency: 2
                      objective: 99%
                      window: 30s
                    - name: b
                      type: latency
                    - name: c
                      select: {metric: m}
                      target: 99%
                      detector: slo
                      alert-windows: [{short: 1h, long: 5m, factor: 1}]
                """).problems())
                .containsExactlyInAnyOrder(
                        "monitoring.slos[0] (name a).target must be a share such as 99.9% or 0.999, was \"99.9\"" + at
                                + "6)",
                        "monitoring.slos[0] (name a).type must be one of availability, latency, error-rate, throughput,"
                                + " was \"latenzy\"" + at + "7)",
                        "monitoring.slos[0] (name a).latency must be a duration such as 2s or 500ms, was \"2\"" + at
                                + "8)",
                        "monitoring.slos[0] (name a).objective is not known; allowed are "
                                + String.join(", ", SloReader.KEYS) + at + "9)",
                        "monitoring.slos[0] (name a).select must be set, as select: {metric: gen_ai.invoke_agent.duration}"
                                + at + "5)",
                        "monitoring.slos[0] (name a).window must be 1m or more, was 30s" + at + "10)",
                        "monitoring.slos[1] (name b).target must be set, as target: 99.9%" + at + "11)",
                        "monitoring.slos[1] (name b).select must be set, as select: {metric: gen_ai.invoke_agent.duration}"
                                + at + "11)",
                        "monitoring.slos[1] (name b).latency must be set if type is latency, and only then; was none with"
                                + " type latency" + at + "11)",
                        "monitoring.slos[1] (name b).name must be another than that of a rule under monitoring.rules,"
                                + " which has it too" + at + "11)",
                        "monitoring.slos[2] (name c).detector is not known; allowed are "
                                + String.join(", ", SloReader.KEYS) + at + "16)",
                        "monitoring.slos[2] (name c).alert-windows must have short below long in each row, was short=1h"
                                + " long=5m factor=1" + at + "17)");
    }

    private WrittenSettings written(String file) {
        return new WrittenSettings(folder).file(file);
    }
}
