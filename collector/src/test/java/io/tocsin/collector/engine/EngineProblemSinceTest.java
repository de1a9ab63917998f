/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Input;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when there has been something to detect. */
class EngineProblemSinceTest {
    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final ProducerKey producer = producer("p");

    private static Rule rule(String detector, long forMillis, long cooldownMillis, Map<String, String> parameters) {
        Rule base = perAgent("watch", detector);
        return new Rule(
                base.name(),
                base.detector(),
                base.inputs(),
                base.groupBy(),
                base.memberBy(),
                base.stepMillis(),
                parameters,
                forMillis,
                0,
                cooldownMillis,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                Origin.API);
    }

    private EngineRig judged(long forMillis, long cooldownMillis, double... scores) {
        EngineRig rig = EngineRig.with(probe);
        probe.judge =
                (window, findings) -> findings.judge(0, "level", scores[(int) ((window.startMillis() - T0) / 10_000)]);
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule("probe", forMillis, cooldownMillis, Map.of()));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 1, 0, 0.1);
        rig.tick(T0 + scores.length * 10_000L + 1_000);
        return rig;
    }

    private static Alert lastOf(EngineRig rig) {
        return rig.eventList().get(rig.eventList().size() - 1).alert();
    }

    @Test
    void isTheBeginningOfTheFirstBadWindow() {
        Alert fired = lastOf(judged(20_000, 0, 0, 2, 2, 2, 2));

        assertThat(fired.problemSinceMillis()).isEqualTo(T0 + 10_000);
        assertThat(fired.startedMillis()).isEqualTo(T0 + 21_000);
        assertThat(fired.firedMillis()).isEqualTo(T0 + 41_000);
    }

    @Test
    void countsWhatWasBadDuringTheCooldownButNotWhatWasFineInBetween() {
        EngineRig rig = judged(0, 45_000, 2, 0, 2, 0, 2, 2, 2);

        assertThat(lastOf(rig).firedMillis()).isEqualTo(T0 + 71_000);
        assertThat(lastOf(rig).problemSinceMillis()).isEqualTo(T0 + 40_000);
    }

    @Test
    void ofTalliesIsTheSecondInWhichTheFailuresBeganNotTheOneThatProvedIt() {
        EngineRig rig = EngineRig.withBuiltIns();
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule("outage", 0, 0, Map.of()));
        rig.define(producer, "a");
        for (int second = 0; second < 120; second++) {
            long at = T0 + second * 1_000L;
            rig.outcomes(producer, 0, at, 10, second >= 60 ? 10 : second % 20 == 7 ? 1 : 0, 0.1);
            rig.tick(at + 1_000);
        }

        Alert outage = rig.eventList().get(0).alert();
        assertThat(outage.problemSinceMillis()).isEqualTo(T0 + 60_000);
        assertThat(outage.startedMillis()).as("half of the last minute").isGreaterThan(T0 + 85_000);
    }

    @Test
    void ofAnSloIsMeasuredAgainstWhatItsBudgetAllows() {
        EngineRig rig = EngineRig.withBuiltIns();
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule("slo", 0, 0, Map.of("target", "0.99")));
        rig.define(producer, "a");
        for (int second = 0; second < 900; second++) {
            long at = T0 + second * 1_000L;
            boolean usual = second % 2 == 0 && second < 600; // half of the budget
            rig.outcomes(producer, 0, at, 100, second >= 600 ? 30 : usual ? 1 : 0, 0.1);
            rig.tick(at + 1_000);
        }

        assertThat(rig.eventList()).isNotEmpty();
        assertThat(rig.eventList().get(0).alert().problemSinceMillis()).isEqualTo(T0 + 600_000);
    }
}
