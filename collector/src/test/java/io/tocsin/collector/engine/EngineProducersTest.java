/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.detectors.Input;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Producers that go and come back, and what comes before time begins. */
class EngineProducersTest {
    private static final long LATER = T0 + Duration.ofMinutes(20).toMillis();

    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");

    @BeforeEach
    void judgeFailures() {
        probe.judge = (window, findings) -> {
            if (window.count() > 0) {
                findings.judge(0, "failures", window.errors());
            }
        };
    }

    private void begin() {
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        rig.tick(T0 + 11_000);
    }

    @Test
    void aProducerThatComesBackAfterItWasLongLostIsJudgedAgain() {
        begin();
        rig.apply(new Entry.LivenessChanged(producer, Liveness.LOST, T0 + 12_000));
        rig.tick(LATER);

        rig.alive(producer, LATER);
        rig.outcomes(producer, 0, LATER + 1_000, 10, 10, 0.1);
        rig.tick(LATER + 11_000);

        assertThat(rig.states()).containsExactly(AlertState.FIRING);
        rig.tick(LATER + 21_000);
        assertThat(probe.windows.get(probe.windows.size() - 1).coverage()).isEqualTo(1.0);
    }

    @Test
    void aProducerThatComesBackAfterGoodbyeIsJudgedAgain() {
        begin();
        rig.apply(new Entry.LivenessChanged(producer, Liveness.STOPPED, T0 + 12_000));
        rig.tick(LATER);

        rig.alive(producer, LATER);
        rig.outcomes(producer, 0, LATER + 1_000, 10, 10, 0.1);
        rig.tick(LATER + 11_000);

        assertThat(rig.states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void aRuleThatComesAfterAllHaveStoppedDoesNotTakeTheirSilenceForNews() {
        begin();
        rig.apply(new Entry.LivenessChanged(producer, Liveness.STOPPED, T0 + 12_000));
        rig.tick(T0 + 60_000);
        probe.judge = (window, findings) -> findings.judge(0, "silent", window.count() == 0 ? 5 : 0);

        rig.rule(perAgent("another", "probe"));
        rig.tick(T0 + 120_000);

        assertThat(rig.eventList()).isEmpty();
    }

    @Test
    void whatCameBeforeTheFirstTickIsNotIdleSince1970() {
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        rig.alive(producer, T0);
        rig.outcomes(producer, 0, T0 + 1_000, 10, 10, 0.1);

        // a recording in one group: its only tick is its last record
        rig.tick(T0 + 1_900);
        rig.apply(new Entry.Ended());

        assertThat(rig.engine.series()).isEqualTo(1);
        assertThat(rig.states()).containsExactly(AlertState.FIRING);
    }
}
