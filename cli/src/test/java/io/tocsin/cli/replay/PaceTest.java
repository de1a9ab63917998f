/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long nowMillis = 5_000_000;
    private long sleptMillis;

    @Test
    void asFastAsItGoesNeverWaits() throws Exception {
        Pace pace = Pace.recorded(Double.POSITIVE_INFINITY, () -> Instant.ofEpochMilli(nowMillis), this::sleep);

        assertThat(pace.due(1_000)).isEqualTo(1_000);
        assertThat(pace.due(900_000)).isEqualTo(900_000);
        assertThat(sleptMillis).isZero();
    }

    @Test
    void sixtyTimesAsFastTakesASecondForAMinute() throws Exception {
        Pace pace = Pace.recorded(60, () -> Instant.ofEpochMilli(nowMillis), this::sleep);

        assertThat(pace.due(1_000)).isEqualTo(1_000);
        assertThat(pace.due(61_000)).isEqualTo(61_000);
        assertThat(sleptMillis).isEqualTo(1_000);
        pace.due(301_000);
        assertThat(sleptMillis).isEqualTo(5_000);
    }

    @Test
    void asLiveShiftsTheFirstRecordToNowAndKeepsDistances() throws Exception {
        Pace pace = Pace.asLive(() -> Instant.ofEpochMilli(nowMillis), this::sleep);

        assertThat(pace.due(1_000)).isEqualTo(5_000_000);
        assertThat(pace.due(1_900)).isEqualTo(5_000_900);
        assertThat(sleptMillis).isEqualTo(900);
        assertThat(pace.due(1_400)).as("out of order").isEqualTo(5_000_400);
    }

    private void sleep(long millis) {
        sleptMillis += millis;
        nowMillis += millis;
    }
}
