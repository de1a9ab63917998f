/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The life of an alert, driven by scores of ten-second windows; NaN: no judgement. */
class EngineAlertsTest {
    private static final double CANNOT_TELL = Double.NaN;

    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");

    /** Begins with a rule and one agent, whose windows get these scores. */
    private void judge(Rule rule, double... scores) {
        probe.judge = (window, findings) -> {
            int step = (int) ((window.startMillis() - T0) / 10_000);
            if (step >= 0 && step < scores.length && !Double.isNaN(scores[step])) {
                findings.judge(0, "level", scores[step])
                        .compared(scores[step], 0, 1, "s")
                        .label("why", "test")
                        .text("{observed} because {why}, usually at most {high}");
            }
        };
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule);
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 1, 0, 0.1);
        rig.tick(T0 + scores.length * 10_000L + 1_000);
    }

    private static Rule rule(long forMillis, long keepMillis, long cooldownMillis, double clearBelow) {
        Rule base = perAgent("watch", "probe");
        return new Rule(
                base.name(),
                base.detector(),
                base.inputs(),
                base.groupBy(),
                base.memberBy(),
                base.stepMillis(),
                base.parameters(),
                forMillis,
                keepMillis,
                cooldownMillis,
                clearBelow,
                1,
                Optional.of(Severity.HIGH),
                Attributes.of("team", "core"),
                false,
                "",
                base.origin());
    }

    @Test
    void firesAtOnceAndResolvesAtOnceUnlessTheRuleSaysOtherwise() {
        judge(rule(0, 0, 0, 1), 0.2, 1.5, 2.5, 0.9);

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
        AlertEvent fired = rig.eventList().get(0);
        assertThat(fired.number()).isEqualTo(1);
        assertThat(fired.atMillis()).isEqualTo(T0 + 21_000);
        assertThat(fired.previous()).isEmpty();
        Alert alert = fired.alert();
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.group()).isEqualTo(Attributes.of("agent", "a"));
        assertThat(alert.labels()).isEqualTo(Attributes.of("team", "core"));
        assertThat(alert.evidence().text()).isEqualTo("1.50 s because test, usually at most 1 s");
        Alert resolved = rig.eventList().get(1).alert();
        assertThat(resolved.id()).isEqualTo(alert.id());
        assertThat(resolved.peakScore()).isEqualTo(2.5);
        assertThat(resolved.evidence().text()).as("of its worst").startsWith("2.50 s because test");
        assertThat(resolved.resolution()).isEqualTo("recovered");
    }

    @Test
    void noneBeginsInAJournalWhoseCollectorMakesNone() {
        rig.apply(new Entry.Started("test", Map.of(), false));
        judge(rule(0, 0, 0, 1), 2, 2, 2);

        assertThat(rig.eventList()).isEmpty();
    }

    @Test
    void oneThatHasBegunGoesOnUnderACollectorThatMakesNone() {
        judge(rule(0, 0, 0, 1), 2, 2, 0, 2);
        List<AlertState> untold = rig.states();
        EngineRig told = EngineRig.with(probe);
        for (Entry entry : rig.entries) {
            told.apply(entry);
            if (told.states().size() == 1) {
                told.apply(new Entry.Started("test", Map.of(), false));
            }
        }

        assertThat(untold).containsExactly(AlertState.FIRING, AlertState.RESOLVED, AlertState.FIRING);
        assertThat(told.states()).startsWith(AlertState.FIRING);
    }

    @Test
    void isPendingUntilItWasBadForLongEnough() {
        judge(rule(20_000, 0, 0, 1), 2, 2, 2, 2);

        assertThat(rig.states()).containsExactly(AlertState.PENDING, AlertState.FIRING);
        assertThat(rig.eventList().get(1).atMillis()).isEqualTo(T0 + 31_000);
    }

    @Test
    void aPendingOneThatIsFineAgainNeverFires() {
        judge(rule(20_000, 0, 0, 1), 2, 0, 2, 0);

        assertThat(rig.states())
                .containsExactly(AlertState.PENDING, AlertState.RESOLVED, AlertState.PENDING, AlertState.RESOLVED);
    }

    @Test
    void keepsFiringUntilItWasFineForLongEnough() {
        judge(rule(0, 20_000, 0, 1), 2, 0, 0, 2, 0, 0, 0, 0);

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
        assertThat(rig.eventList().get(1).atMillis()).isEqualTo(T0 + 71_000);
    }

    @Test
    void betweenTheLimitAndClearBelowItStaysWhatItIs() {
        judge(rule(0, 0, 0, 0.5), 0.9, 2, 0.9, 0.6, 0.9, 0.4, 0.9);

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
        assertThat(rig.eventList().get(1).atMillis()).isEqualTo(T0 + 61_000);
    }

    @Test
    void noJudgementNeitherResolvesNorFires() {
        judge(rule(0, 0, 0, 1), 2, CANNOT_TELL, CANNOT_TELL, CANNOT_TELL);

        assertThat(rig.states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void staysQuietDuringTheCooldownAndFiresAfterItIfItIsStillBad() {
        judge(rule(0, 0, 35_000, 1), 2, 0, 2, 2, 2, 2, 2);

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.RESOLVED, AlertState.FIRING);
        assertThat(rig.eventList().get(2).atMillis()).isEqualTo(T0 + 61_000);
        assertThat(rig.eventList().get(2).alert().id())
                .isNotEqualTo(rig.eventList().get(0).alert().id());
        assertThat(rig.eventList().get(2).alert().dedupKey())
                .isEqualTo(rig.eventList().get(0).alert().dedupKey());
    }

    @Test
    void removingTheRuleResolvesItsAlerts() {
        judge(rule(0, 0, 0, 1), 2);
        rig.apply(new Entry.RuleRemoved(EngineRig.TENANT, "watch"));

        assertThat(rig.eventList().get(1).alert().resolution()).isEqualTo("rule removed");
        assertThat(rig.board.rules(EngineRig.TENANT)).isEmpty();
    }

    @Test
    void aDetectorThatThrowsInFiveStepsInARowIsSetAsideThoughOtherCallsReturnAndItsAlertStays() {
        judge(rule(0, 0, 0, 1), 2);
        probe.judge = (window, findings) -> {
            findings.judge(0, "level", 0);
            throw new AssertionError("broken plugin");
        };

        rig.tick(T0 + 121_000);
        rig.engine.publish();

        assertThat(rig.states()).containsExactly(AlertState.FIRING);
        assertThat(rig.board.rules(EngineRig.TENANT).get(0).setAside())
                .isEqualTo(1); // though step() returned each time
        assertThat(rig.board.rules(EngineRig.TENANT).get(0).problem())
                .contains("set aside", "observe(Window) (EngineAlertsTest.java:", "broken plugin");
        assertThat(rig.engine.counters().detectorFailures()).isEqualTo(5);
    }

    @Test
    void aStepWithoutAThrowEndsTheRow() {
        judge(rule(0, 0, 0, 1), 2);
        int[] steps = {0};
        probe.judge = (window, findings) -> {
            if (++steps[0] % 4 != 0) {
                throw new IllegalStateException("now and then");
            }
        };

        rig.tick(T0 + 301_000);
        rig.engine.publish();

        assertThat(rig.board.rules(EngineRig.TENANT).get(0).setAside()).isZero();
    }

    @Test
    void aKindThatIsNoNameCostsTheCall() {
        probe.judge = (window, findings) -> findings.judge(0, "Bad Kind", 2);
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule(0, 0, 0, 1));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 1, 0, 0.1);
        rig.tick(T0 + 11_000);
        rig.engine.publish();

        assertThat(rig.eventList()).isEmpty();
        assertThat(rig.board.rules(EngineRig.TENANT).get(0).problem())
                .contains("kind must be 1 to 64 of a-z, 0-9 and '-', was \"Bad Kind\"");
    }

    @Test
    void noSequenceOfJudgementsResolvesAnAlertTwiceOrOutOfOrder() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            EngineAlertsTest fresh = new EngineAlertsTest();
            double[] scores = new double[60];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(5) == 0 ? CANNOT_TELL : random.nextDouble(2);
            }
            fresh.judge(
                    rule(
                            random.nextInt(3) * 10_000L,
                            random.nextInt(3) * 10_000L,
                            random.nextInt(3) * 15_000L,
                            0.5 + random.nextDouble() / 2),
                    scores);

            List<String> open = new ArrayList<>();
            long number = 0;
            for (AlertEvent event : fresh.rig.eventList()) {
                assertThat(event.number()).as("seed " + seed).isEqualTo(++number);
                String id = event.alert().id();
                switch (event.alert().state()) {
                    case PENDING -> {
                        assertThat(open).as("seed " + seed).isEmpty();
                        open.add(id);
                    }
                    case FIRING -> {
                        if (event.previous().isEmpty()) {
                            assertThat(open).as("seed " + seed).isEmpty();
                            open.add(id);
                        }
                        assertThat(open).as("seed " + seed).containsExactly(id);
                    }
                    case ACKNOWLEDGED -> assertThat(open).as("seed " + seed).containsExactly(id);
                    case RESOLVED ->
                        assertThat(open.remove(id)).as("seed " + seed).isTrue();
                }
            }
        }
    }
}
