/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    private static final long START = 1_000_000;

    private final DemoScript script = new DemoScript(
            List.of(incident(1, 20_000, 30_000), incident(2, 36_000, 46_000), incident(3, 80_000, 90_000)),
            START + 20_000);

    @Test
    void whatIsAskedForBeginsAtOnceAndMovesWhatWouldComeTooSoon() {
        Incident injected = inject(32_000);

        assertThat(injected.number()).isEqualTo(4);
        assertThat(script.byHand(injected)).isTrue();
        assertThat(script.incidents())
                .extracting(i -> i.number() + " " + (i.startMillis() - START) + "-" + (i.endMillis() - START))
                .containsExactly("1 20000-30000", "4 32300-44300", "2 50300-60300", "3 80000-90000");
    }

    @Test
    void itWaitsForTheOneThatGoesOnAndForTheDetectorsToLearn() {
        assertThat(inject(25_000).startMillis()).isEqualTo(START + 31_000);
        DemoScript early = new DemoScript(List.of(), START + 20_000);
        assertThat(early.inject(IncidentKind.ERROR_BURST, 0.5, Place.everywhere(), 12_000, START)
                        .startMillis())
                .isEqualTo(START + 20_000);
    }

    @Test
    void theEndMovesSoThatTheLastOneCanBeFound() {
        assertThat(script.end(START + 100_000)).isEqualTo(START + 100_000);
        inject(88_000);

        assertThat(script.end(START + 100_000)).isEqualTo(START + 91_000 + 12_000 + 6_000);
    }

    @Test
    void whatHadNotHadItsTimeCountsForNothingUnlessItWasFound() {
        FiredAlert found = new FiredAlert("x", "", Map.of(), START + 37_000);

        assertThat(script.score(List.of(), 15_000, START + 40_000).judged())
                .extracting(j -> j.incident().number())
                .containsExactly(1);
        assertThat(script.score(List.of(found), 1_000, START + 40_000).judged())
                .extracting(Judged::foundBy)
                .hasSize(2)
                .last()
                .satisfies(by -> assertThat(by).isPresent());
    }

    @Test
    void everyChoiceOfTheMenuIsAnIncidentThatMustBeFound() {
        IncidentMenu menu = new IncidentMenu(Fleet.standard());
        for (int kind = 0; kind < menu.menu().kinds().size(); kind++) {
            for (int size = 0; size < 3; size++) {
                for (int place : menu.menu().kinds().get(kind).places()) {
                    Injection injection = menu.chosen(new io.tocsin.cli.board.InjectMenu.Choice(kind, size, place));
                    assertThat(injection.kind() == IncidentKind.SILENCE
                                    || injection.size() >= injection.kind().promisedSize())
                            .isTrue();
                    assertThat(injection.lastsMillis()).isBetween(5_000L, 20_000L);
                }
            }
        }
    }

    private Incident inject(long afterStartMillis) {
        return script.inject(IncidentKind.ERROR_BURST, 0.5, Place.agentType("coder"), 12_000, START + afterStartMillis);
    }

    private static Incident incident(int number, long start, long end) {
        return new Incident(number, IncidentKind.LATENCY_SPIKE, 4, Place.everywhere(), START + start, START + end);
    }
}
