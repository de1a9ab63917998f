/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IncidentScriptTest {
    private static final long HOUR = 3_600_000;

    private final IncidentScript hours = new IncidentScript(Fleet.standard(), 60_000, 90_000, 240_000, 0.7, true);
    private final IncidentScript minute = new IncidentScript(Fleet.standard(), 5_000, 15_000, 6_000, 1, false);

    @Test
    void sameSeedGivesTheSameScript() {
        assertThat(hours.draw(5, 0, 10 * HOUR, 100)).isEqualTo(hours.draw(5, 0, 10 * HOUR, 100));
        assertThat(hours.draw(5, 0, 10 * HOUR, 100)).isNotEqualTo(hours.draw(6, 0, 10 * HOUR, 100));
    }

    @Test
    void incidentsRestFromEachOtherAndFromBothEnds() {
        for (long seed = 0; seed < 50; seed++) {
            long freeFrom = 1_000 + 240_000;
            for (Incident incident : hours.draw(seed, 1_000, 10 * HOUR, 90)) {
                assertThat(incident.startMillis()).as("seed " + seed).isGreaterThanOrEqualTo(freeFrom);
                freeFrom = incident.endMillis() + 240_000;
            }
            assertThat(freeFrom).as("seed " + seed).isLessThanOrEqualTo(10 * HOUR);
        }
    }

    @Test
    void everyKindComesOnceBeforeAnyComesTwice() {
        List<Incident> incidents = hours.draw(9, 0, 10 * HOUR, 60);

        for (int i = 0; i < 60; i += 6) {
            Set<IncidentKind> kinds =
                    incidents.subList(i, i + 6).stream().map(Incident::kind).collect(Collectors.toSet());
            assertThat(kinds).isEqualTo(EnumSet.allOf(IncidentKind.class));
        }
    }

    @Test
    void theStatedShareIsOfThePromisedSizeOrMore() {
        List<Incident> incidents = hours.draw(2, 0, 400 * HOUR, 4_000);

        assertThat(incidents).hasSize(4_000);
        assertThat(incidents.stream().filter(Incident::promised).count() / 4_000.0)
                .isCloseTo(0.7, within(0.03));
        assertThat(incidents).anyMatch(i -> i.size() == i.kind().promisedSize());
        assertThat(incidents)
                .allMatch(i -> i.size() >= i.kind().smallestSize()
                        && i.size() <= i.kind().largestSize());
    }

    @Test
    void aSilenceLastsAsLongAsItsSizeSays() {
        assertThat(hours.draw(2, 0, 100 * HOUR, 600))
                .filteredOn(i -> i.kind() == IncidentKind.SILENCE)
                .allMatch(i -> i.endMillis() - i.startMillis() == (long) (i.size() * 1_000));
        assertThat(minute.draw(2, 0, HOUR, 600))
                .filteredOn(i -> i.kind() == IncidentKind.SILENCE)
                .allMatch(i -> i.size() * 1_000 == i.endMillis() - i.startMillis());
    }

    @Test
    void aMinuteHoldsTwoIncidentsOrMore() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(minute.draw(seed, 20_000, 58_000, 50)).as("seed " + seed).hasSizeBetween(1, 4);
        }
    }

    @Test
    void tellsWhatFits() {
        assertThat(hours.fits(100, 10 * HOUR)).isTrue();
        assertThat(hours.fits(200, 10 * HOUR)).isFalse();
    }
}
