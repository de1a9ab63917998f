/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {
    private final EvaluationPlan plan = EvaluationPlan.of(Fleet.standard(), 500, 100, 1);

    @Test
    void halfOfTheHoursAreWithoutIncidents() {
        List<EvaluationPlan.Section> quiet =
                plan.sections().stream().filter(s -> s.incidents().isEmpty()).toList();

        assertThat(plan.hours()).isCloseTo(100, within(0.01));
        assertThat(quiet.stream().mapToDouble(EvaluationPlan.Section::hours).sum())
                .isCloseTo(50, within(0.01));
    }

    @Test
    void allIncidentsFitAndLastAMinuteOrMoreUnlessTheyAreSilence() {
        assertThat(plan.incidents()).isEqualTo(500);
        for (EvaluationPlan.Section section : plan.sections()) {
            for (Incident incident : section.incidents()) {
                assertThat(incident.startMillis()).isGreaterThanOrEqualTo(section.startMillis() + 900_000);
                assertThat(incident.endMillis() + 240_000).isLessThanOrEqualTo(section.endMillis());
                switch (incident.kind()) {
                    case SILENCE -> assertThat(incident.size()).isBetween(5.0, 90.0);
                    default ->
                        assertThat(incident.endMillis() - incident.startMillis())
                                .isBetween(60_000L, 90_000L);
                }
            }
        }
    }

    @Test
    void oddNumbersAreSpreadWithoutLoss() {
        assertThat(EvaluationPlan.of(Fleet.standard(), 97, 41, 3).incidents()).isEqualTo(97);
    }

    @Test
    void tellsHowManyWouldFit() {
        assertThatThrownBy(() -> EvaluationPlan.of(Fleet.standard(), 500, 10, 1))
                .hasMessageContaining("--incidents must be at most");
    }
}
