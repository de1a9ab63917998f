/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorecardTest {
    private static final long GRACE = 15_000;

    private final Incident atCoder =
            new Incident(1, IncidentKind.LATENCY_SPIKE, 3, Place.agentType("coder"), 100_000, 110_000);

    @Test
    void anAlertAboutThePlaceFindsTheIncident() {
        Scorecard<Incident> card = Scorecard.of(List.of(atCoder), List.of(alert("coder", 102_500)), GRACE);

        assertThat(card.missed()).isZero();
        assertThat(card.falseAlarms()).isEmpty();
        assertThat(card.judged().get(0).delayMillis()).contains(2_500L);
    }

    @Test
    void anAlertAboutTheWholeSystemFindsTheIncident() {
        FiredAlert whole = new FiredAlert("orchestration-availability", "burn", Map.of(), 103_000);

        assertThat(Scorecard.of(List.of(atCoder), List.of(whole), GRACE).missed())
                .isZero();
    }

    @Test
    void anAlertAboutAnotherPlaceIsFalseAndFindsNothing() {
        Scorecard<Incident> card = Scorecard.of(List.of(atCoder), List.of(alert("planner", 102_500)), GRACE);

        assertThat(card.missed()).isEqualTo(1);
        assertThat(card.falseAlarms()).extracting(FiredAlert::subject).containsExactly("planner");
    }

    @Test
    void anAlertBeforeOrLongAfterIsFalse() {
        List<FiredAlert> alerts = List.of(alert("coder", 99_999), alert("coder", 110_000 + GRACE + 1));

        assertThat(Scorecard.of(List.of(atCoder), alerts, GRACE).falseAlarms()).hasSize(2);
    }

    @Test
    void theFirstAlertCountsAndFurtherOnesAreNotFalse() {
        List<FiredAlert> alerts = List.of(alert("coder", 125_000), alert("coder", 101_000));
        Scorecard<Incident> card = Scorecard.of(List.of(atCoder), alerts, GRACE);

        assertThat(card.judged().get(0).delayMillis()).contains(1_000L);
        assertThat(card.falseAlarms()).isEmpty();
    }

    @Test
    void anAlertInTheGraceOfOneAndTheTimeOfTheNextBelongsToTheNext() {
        Incident next = new Incident(2, IncidentKind.SILENCE, 9, Place.everywhere(), 118_000, 127_000);
        Scorecard<Incident> card = Scorecard.of(List.of(atCoder, next), List.of(alert("coder", 119_000)), GRACE);

        assertThat(card.judged().get(0).foundBy()).isEmpty();
        assertThat(card.judged().get(1).foundBy()).isPresent();
    }

    @Test
    void anAlertAboutAnotherInstanceIsFalse() {
        Incident one = new Incident(1, IncidentKind.AGENT_FAILING, 0.3, Place.instance("coder", "coder-2"), 0, 60_000);
        Map<String, String> other = Map.of("gen_ai.agent.name", "coder", "gen_ai.agent.id", "coder-1");
        Map<String, String> same = Map.of("gen_ai.agent.name", "coder", "gen_ai.agent.id", "coder-2");

        assertThat(Scorecard.of(List.of(one), List.of(new FiredAlert("r", "k", other, 5)), GRACE)
                        .missed())
                .isEqualTo(1);
        assertThat(Scorecard.of(List.of(one), List.of(new FiredAlert("r", "k", same, 5)), GRACE)
                        .missed())
                .isZero();
    }

    private static FiredAlert alert(String agent, long firedAtMillis) {
        return new FiredAlert("latency-spike", "latency", Map.of("gen_ai.agent.name", agent), firedAtMillis);
    }
}
