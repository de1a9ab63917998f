/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.TENANT;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.detectors.DetectorFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of rules whose plugin is another one after a restart, or cannot save: nothing is judged on a wrong ground, no alert resolved by it. */
class EngineStateOfPluginsTest {
    private static final ProducerKey PRODUCER = producer("p");

    private final RetriesFactory before = new RetriesFactory();
    private final RetriesFactory after = new RetriesFactory();
    private final EngineRig rig = EngineRig.with(before);

    EngineStateOfPluginsTest() {
        rig.tick(T0);
        rig.alive(PRODUCER, T0);
        rig.rule(EngineRig.perAgent("retries", "retries"));
        rig.define(PRODUCER, "a", "b");
        failures(rig, 6);
        assertThat(rig.states()).containsExactly(AlertState.FIRING);
    }

    private static void failures(EngineRig rig, int count) {
        rig.outcomes(PRODUCER, 0, T0 + 1_000, count, count, 0.1);
    }

    private EngineRig resumed(DetectorFactory... detectors) throws IOException {
        StateImage state = rig.saved();
        return EngineRig.resumed(EngineSettings.DEFAULTS, List.of(detectors), state, rig.offset());
    }

    private static RuleView rule(EngineRig rig) {
        return rig.board.rules(TENANT).get(0);
    }

    @Test
    void goesOnWithItsState() throws IOException {
        EngineRig resumed = resumed(after);
        resumed.outcomes(PRODUCER, 0, T0 + 2_000, 1, 0, 0.1);
        assertThat(resumed.states()).containsExactly(AlertState.RESOLVED);
        assertThat(resumed.engine.counters().detectorsStartedOver()).isZero();
    }

    @Test
    void aStateThatIsRefusedIsBegunAnewAndTheAlertStays() throws IOException {
        after.takesState = false;
        startsOver(resumed(after));
    }

    @Test
    void aStateOfAFormatThatIsNotKnownIsBegunAnew() throws IOException {
        after.stateFormat = 2;
        startsOver(resumed(after));
    }

    @Test
    void aStateThatCannotBeSavedIsBegunAnew() throws IOException {
        before.savesState = false;
        startsOver(resumed(after));
        rig.engine.showCounters();
        assertThat(rig.engine.counters().statesNotSaved()).isEqualTo(2);
    }

    @Test
    void aStateThatIsTooLargeIsBegunAnew() throws IOException {
        before.paddingBytes = 9 << 20;
        startsOver(resumed(after));
    }

    private static void startsOver(EngineRig resumed) {
        assertThat(resumed.engine.counters().detectorsStartedOver())
                .as("one a group")
                .isEqualTo(2);
        assertThat(rule(resumed).groups()).isEqualTo(2);
        assertThat(resumed.states()).as("no judgement, no change").isEmpty();
        failures(resumed, 1);
        assertThat(resumed.states())
                .as("one failure in a row is what a new detector knows of")
                .containsExactly(AlertState.RESOLVED);
    }

    @Test
    void aRuleWhoseDetectorIsGoneIsIdleAndItsAlertStaysUntilItIsSetAgain() throws IOException {
        EngineRig resumed = resumed();
        assertThat(rule(resumed).problem()).contains("\"retries\" is not known");
        failures(resumed, 6);
        resumed.tick(T0 + 60_000);
        assertThat(resumed.states()).isEmpty();

        String alertId = rig.eventList().get(0).alert().id();
        resumed.apply(new Entry.AlertAcknowledged(TENANT, alertId, "anna", ""));
        assertThat(resumed.states()).containsExactly(AlertState.ACKNOWLEDGED);

        EngineRig again = EngineRig.resumed(EngineSettings.DEFAULTS, List.of(after), resumed.saved(), resumed.offset());
        assertThat(again.states()).isEmpty();
        again.rule(EngineRig.perAgent("retries", "retries"));
        assertThat(again.states()).containsExactly(AlertState.RESOLVED);
        assertThat(again.eventList().get(0).alert().resolution()).isEqualTo("rule changed");
        failures(again, 6);
        assertThat(again.states()).containsExactly(AlertState.RESOLVED, AlertState.FIRING);
    }

    @Test
    void aDetectorThatDeclaresOtherInputsDoesNotGoOn() throws IOException {
        EngineRig resumed = resumed(new RetriesFactory(RetriesFactory.REQUESTS.perMember()));
        assertThat(rule(resumed).problem()).contains("declares other inputs");
        failures(resumed, 1);
        assertThat(resumed.states()).isEmpty();
    }
}
