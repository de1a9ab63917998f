/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.TENANT;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an acknowledgement does to an alert; one window of ten seconds a step. */
class EngineAcknowledgementsTest {
    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");
    private long now = T0;
    private double score;
    private Severity severity = Severity.MEDIUM;

    EngineAcknowledgementsTest() {
        probe.judge = (window, findings) -> findings.judge(0, "level", score).severity(severity);
    }

    private void begin(long forMillis) {
        Rule base = perAgent("watch", "probe");
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(new Rule(
                base.name(),
                base.detector(),
                base.inputs(),
                base.groupBy(),
                base.memberBy(),
                base.stepMillis(),
                base.parameters(),
                forMillis,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                base.origin()));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 1, 0, 0.1);
    }

    private void step(double newScore) {
        score = newScore;
        now += 10_000;
        rig.tick(now + 1_000);
    }

    private Alert last() {
        return rig.eventList().get(rig.eventList().size() - 1).alert();
    }

    private void acknowledge(String tenant, String id, String by, String note) {
        rig.apply(new Entry.AlertAcknowledged(tenant, id, by, note));
    }

    @Test
    void aFiringAlertIsAcknowledgedWithAnEventOfItsOwn() {
        begin(0);
        step(2);
        acknowledge(TENANT, last().id(), "anna", "looking");

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED);
        assertThat(rig.eventList().get(1).previous()).contains(AlertState.FIRING);
        assertThat(rig.eventList().get(1).position().offset()).isEqualTo(rig.entries.size());
        assertThat(last().acknowledgement()).contains(new Acknowledgement("anna", "looking", T0 + 11_000));
        assertThat(rig.events.snapshot(TENANT).alerts()).containsExactly(last());
        assertThat(rig.events.firing(TENANT)).isEqualTo(1);
    }

    @Test
    void saidAgainItChangesWhoAndWhatButNotSinceWhen() {
        begin(0);
        step(2);
        acknowledge(TENANT, last().id(), "anna", "looking");
        step(2);
        acknowledge(TENANT, last().id(), "bob", "");

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.ACKNOWLEDGED);
        assertThat(last().acknowledgement()).contains(new Acknowledgement("bob", "", T0 + 11_000));
        assertThat(last().changedMillis()).isEqualTo(T0 + 21_000);
    }

    @Test
    void staysAcknowledgedWhileItIsNoMoreSevereThanItWas() {
        begin(0);
        step(2);
        acknowledge(TENANT, last().id(), "anna", "");
        step(3);
        severity = Severity.LOW;
        step(4);

        assertThat(rig.states()).containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED);
    }

    @Test
    void firesAnewWhenItBecomesMoreSevereAndKeepsWhoTookCareBefore() {
        begin(0);
        step(2);
        acknowledge(TENANT, last().id(), "anna", "looking");
        severity = Severity.CRITICAL;
        step(3);

        assertThat(last().state()).isEqualTo(AlertState.FIRING);
        assertThat(last().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(last().firedMillis()).as("it is the same problem").isEqualTo(T0 + 11_000);
        assertThat(last().acknowledgement()).contains(new Acknowledgement("anna", "looking", T0 + 11_000));

        acknowledge(TENANT, last().id(), "anna", "now it is bad");

        assertThat(last().state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(last().acknowledgement()).contains(new Acknowledgement("anna", "now it is bad", T0 + 21_000));
    }

    @Test
    void whoTookCareStaysOnRecordWhenItIsResolved() {
        begin(0);
        step(2);
        acknowledge(TENANT, last().id(), "anna", "looking");
        step(0);

        assertThat(last().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(last().acknowledgement()).isPresent();
        step(2);
        assertThat(last().acknowledgement())
                .as("the next time is another alert")
                .isEmpty();
    }

    @Test
    void whatIsPendingResolvedUnknownOrAnothersDoesNotChange() {
        begin(20_000);
        step(2);
        String pending = last().id();
        acknowledge(TENANT, pending, "anna", "");
        acknowledge(TENANT, "0000000000000000", "anna", "");
        step(2);
        step(2);
        acknowledge("another", pending, "anna", "");
        step(0);
        acknowledge(TENANT, pending, "anna", "");

        assertThat(rig.states()).isEqualTo(List.of(AlertState.PENDING, AlertState.FIRING, AlertState.RESOLVED));
        assertThat(last().acknowledgement()).isEmpty();
    }
}
