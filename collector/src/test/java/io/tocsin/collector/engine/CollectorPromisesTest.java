/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.TENANT;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Selector;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the collector promises to detectors, by the numbers of CONTRACT.md. */
class CollectorPromisesTest {
    private static final long MINUTE = 60_000;

    private final ProducerKey producer = producer("p");

    /** A rule over all agents in one group, that tells agents apart where an input asks for it. */
    private static Rule rule(CallLog log) {
        Rule base = EngineRig.grouped("watch", "log", List.of(), List.of("agent"), 10_000);
        return new Rule(
                base.name(),
                base.detector(),
                log.inputs().stream()
                        .map(input -> new RuleInput(input.name(), Selector.of(EngineRig.METRIC)))
                        .toList(),
                base.groupBy(),
                base.memberBy(),
                base.stepMillis(),
                Map.of(),
                0,
                0,
                0,
                1,
                1,
                base.severity(),
                base.labels(),
                false,
                "",
                base.origin());
    }

    private EngineRig begin(CallLog log, String... agents) {
        EngineRig rig = EngineRig.with(log);
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(rule(log));
        rig.define(producer, agents);
        log.calls.clear();
        return rig;
    }

    private static CallLog windowsOfMembers() {
        return new CallLog(
                Input.outcomes("calls", "calls").perMember(),
                Input.outcomes("same", "the same calls").perMember());
    }

    @Test
    void p1_oneCallAtATimeEachSeeingTheOneBefore() throws Exception {
        CallLog log = new CallLog(
                Input.outcomes("calls", "calls"), Input.tallies("tallied", "calls"), Input.records("single", "calls"));
        EngineRig rig = begin(log, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 3, 0, 0.1);
        int before = log.calls.size();

        // on another thread, as the partition's may differ
        Thread other = new Thread(() -> {
            rig.tick(T0 + 11_000);
            rig.engine.publish();
            rig.tick(T0 + 3 * 60 * MINUTE);
        });
        other.start();
        other.join();

        assertThat(log.overlapped).isFalse();
        assertThat(log.calls.subList(0, before)).containsExactly("records 1000 1333 1666");
        assertThat(log.calls.subList(before, before + 4))
                .containsExactly("window 0.0 at 0 count 3", "step 10", "tallies 0.1@1=3", "inspect 0");
        assertThat(log.calls).last().isEqualTo("close");
    }

    @Test
    void p2_oneWindowForEachMemberInputAndStepOldestFirstUntilForget() {
        CallLog log = windowsOfMembers();
        EngineRig rig = begin(log, "a", "b");
        rig.outcomes(producer, 0, T0 + 1_000, 2, 0, 0.1);
        rig.outcomes(producer, 1, T0 + 12_000, 1, 0, 0.1);
        rig.apply(new Entry.LivenessChanged(producer, Liveness.LOST, T0 + 25_000));

        rig.tick(T0 + 31_000);

        assertThat(log.callsOf("window"))
                .containsExactly(
                        "window 0.0 at 0 count 2",
                        "window 0.1 at 0 count 2",
                        "window 0.0 at 10 count 0",
                        "window 0.1 at 10 count 0",
                        "window 1.0 at 10 count 1",
                        "window 1.1 at 10 count 1",
                        "window 0.0 at 20 count 0 partly",
                        "window 0.1 at 20 count 0 partly",
                        "window 1.0 at 20 count 0 partly",
                        "window 1.1 at 20 count 0 partly");
        rig.tick(T0 + 3 * 60 * MINUTE);
        assertThat(log.calls).endsWith("forget 0", "forget 1", "close");
        assertThat(log.callsOf("window 0.0")).doesNotHaveDuplicates();
    }

    @Test
    void p3_stepFollowsTheWindowsOfItsStepAndComesWhenIdleToo() {
        CallLog log = windowsOfMembers();
        EngineRig rig = begin(log, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 2, 0, 0.1);
        rig.tick(T0 + 21_000);
        assertThat(log.calls)
                .containsExactly(
                        "window 0.0 at 0 count 2",
                        "window 0.1 at 0 count 2",
                        "step 10",
                        "window 0.0 at 10 count 0",
                        "window 0.1 at 10 count 0",
                        "step 20");

        CallLog tallies = new CallLog(Input.tallies("calls", "calls"));
        EngineRig idle = begin(tallies, "a");
        idle.tick(T0 + 31_000);
        assertThat(tallies.calls).containsExactly("step 10", "step 20", "step 30");
    }

    @Test
    void p4_nothingComesTwiceAndTalliesAreInOrder() {
        CallLog log = new CallLog(
                Input.outcomes("calls", "calls").perMember(),
                Input.tallies("tallied", "calls").perMember(),
                Input.records("single", "calls").perMember());
        EngineRig rig = begin(log, "a", "b");
        rig.batch(producer, columns -> {
            columns.addOutcome(1, T0 + 2_000, 0.1, false, 0, 0, 0, 0);
            columns.addOutcome(0, T0 + 3_000, 0.1, false, 0, 0, 0, 0);
            columns.addOutcome(0, T0 + 1_000, 0.1, false, 0, 0, 0, 0);
        });
        rig.tick(T0 + 11_000);
        // the window is judged by now, and not sealed
        rig.outcomes(producer, 0, T0 + 3_000, 1, 0, 0.1);
        rig.tick(T0 + 12_000);
        rig.tick(T0 + 13_000);

        assertThat(log.callsOf("records")).containsExactly("records 2000 3000 1000", "records 3000");
        assertThat(log.callsOf("tallies")).containsExactly("tallies 0.1@1=1 0.1@3=1 1.1@2=1", "tallies 0.1@3=1");
        assertThat(log.callsOf("window")).containsExactly("window 0.0 at 0 count 2", "window 1.0 at 0 count 1");
    }

    @Test
    void p5_numbersAreDenseAndUsedAgainOnlyAfterForget() {
        CallLog log = new CallLog(Input.outcomes("calls", "calls").perMember());
        EngineRig rig = begin(log, "a", "b");
        rig.outcomes(producer, 0, T0 + 1_000, 1, 0, 0.1);
        rig.outcomes(producer, 1, T0 + 1_000, 1, 0, 0.1);
        long later = T0 + Duration.ofMinutes(50).toMillis();
        rig.tick(later);
        rig.outcomes(producer, 1, later, 1, 0, 0.1);
        long last = T0 + Duration.ofMinutes(75).toMillis();
        rig.tick(last);
        ProducerKey other = producer("other");
        rig.define(other, "c", "d");
        rig.outcomes(other, 0, last, 1, 0, 0.1);
        rig.outcomes(other, 1, last, 1, 0, 0.1);
        rig.tick(last + 11_000);

        int forgotten = log.calls.indexOf("forget 0");
        assertThat(log.calls.subList(0, forgotten)).noneMatch(call -> call.startsWith("window 2"));
        assertThat(log.callsOf("forget")).containsExactly("forget 0");
        assertThat(log.calls.subList(log.calls.size() - 4, log.calls.size()))
                .extracting(call -> call.split(" at ")[0])
                .containsExactly("window 0.0", "window 1.0", "window 2.0", "step 4510");
    }

    /** Until checkpoints come no state is kept, so there is none to hand over, whole or damaged. */
    @Test
    void p6_noStateIsHandedOverThatWasNotSaved() {
        CallLog log = windowsOfMembers();
        EngineRig rig = begin(log, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 2, 0, 0.1);
        rig.tick(T0 + 3 * 60 * MINUTE);

        assertThat(log.callsOf("restore")).hasSameSizeAs(log.callsOf("save"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throws",
                "throws an Error",
                "null kind",
                "null label",
                "null number",
                "null unit",
                "null text",
                "null severity",
                "negative member",
                "unknown member",
                "not a number"
            })
    void p7_aThrowOfAnyKindCostsThatCallAloneAndNeverResolves(String mistake) {
        CallLog log = windowsOfMembers();
        EngineRig rig = begin(log, "a");
        log.inStep = findings -> findings.judge(0, "level", 2);
        rig.outcomes(producer, 0, T0 + 1_000, 2, 0, 0.1);
        rig.tick(T0 + 11_000);

        log.inStep = findings -> {
            findings.judge(0, "level", 0);
            findings.judge(0, "another", 2);
            mistake(mistake, findings);
        };
        rig.tick(T0 + 21_000);
        rig.engine.publish();

        assertThat(rig.states()).containsExactly(AlertState.FIRING);
        assertThat(rig.engine.counters().detectorFailures()).isEqualTo(1);
        log.inStep = findings -> findings.judge(0, "level", 0);
        rig.tick(T0 + 31_000);
        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
    }

    @SuppressWarnings("DataFlowIssue") // nulls are the point
    private static void mistake(String mistake, io.tocsin.detectors.Findings findings) {
        switch (mistake) {
            case "throws" -> throw new IllegalStateException("broken plugin");
            case "throws an Error" -> throw new NoClassDefFoundError("broken plugin");
            case "null kind" -> findings.judge(0, null, 2);
            case "null label" -> findings.judge(0, "third", 2).label("why", null);
            case "null number" -> findings.judge(0, "third", 2).number(null, 1, "");
            case "null unit" -> findings.judge(0, "third", 2).compared(1, 2, 3, null);
            case "null text" -> findings.judge(0, "third", 2).text(null);
            case "null severity" -> findings.judge(0, "third", 2).severity((Severity) null);
            case "negative member" -> findings.judge(-1, "level", 2);
            case "unknown member" -> findings.judge(1, "level", 2);
            case "not a number" -> findings.judge(0, "level", Double.NaN);
            default -> throw new IllegalArgumentException(mistake);
        }
    }

    @Test
    void p7_aDetectorThatThrowsFiveTimesInARowIsSetAsideAndItsAlertStays() {
        CallLog log = new CallLog(Input.tallies("calls", "calls"));
        EngineRig rig = begin(log, "a");
        log.inStep = findings -> findings.judge(0, "level", 2);
        rig.tick(T0 + 11_000);
        log.inStep = findings -> {
            throw new IllegalStateException("broken plugin");
        };

        rig.tick(T0 + 20 * MINUTE);
        rig.engine.publish();

        assertThat(log.callsOf("step")).hasSize(6);
        assertThat(rig.states()).containsExactly(AlertState.FIRING);
        assertThat(rig.board.rules(TENANT).get(0).setAside()).isEqualTo(1);
        assertThat(rig.board.rules(TENANT).get(0).problem()).contains("set aside");
    }

    @Test
    void p7_aPluginThatCannotEvenBeginCostsItsRuleAlone() {
        CallLog log = new CallLog(Input.tallies("calls", "calls"));
        EngineRig rig = EngineRig.with(log, new FailsToCreate());
        rig.tick(T0);
        rig.rule(EngineRig.perAgent("broken", "fails"));
        rig.rule(rule(log));
        rig.define(producer, "a");
        rig.tick(T0 + 11_000);
        rig.engine.publish();

        assertThat(log.callsOf("step")).containsExactly("step 10");
        assertThat(rig.board.rules(TENANT).get(0).problem()).contains("deep");
    }
}
