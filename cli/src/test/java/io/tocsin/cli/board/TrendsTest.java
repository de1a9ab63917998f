/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrendsTest {
    private static final long NOW = BoardSamples.NOW;

    @Test
    void nowIsTheNewestWholeSteps() {
        Trends trends = Trends.of(BoardSamples.series(), Duration.ofSeconds(1), NOW - 1_000);

        Trends.Step now = trends.now("coder").orElseThrow();
        assertThat(trends.nowLength()).isEqualTo(Duration.ofSeconds(5));
        // seconds 59 to 63, of which each has 150 and its number modulo 7
        assertThat(now.count()).isEqualTo(5 * 150 + 3 + 4 + 5 + 6 + 0);
        assertThat((double) now.failed() / now.count()).isBetween(0.48, 0.5);
        assertThat(trends.now("nobody")).isEmpty();
    }

    @Test
    void stepsWithoutRecordsCountAsNone() {
        Trends trends = Trends.of(BoardSamples.series(), Duration.ofSeconds(1), NOW - 1_000);

        assertThat(trends.rates("planner", 64)).hasSize(64).contains(0.0);
        assertThat(trends.errors("planner", 64)).contains(Double.NaN);
    }

    @Test
    void aStepStaysInItsSpanAsTimeGoesOn() {
        Trends before = Trends.of(BoardSamples.series(), Duration.ofSeconds(1), NOW - 2_000);
        Trends after = Trends.of(BoardSamples.series(), Duration.ofSeconds(1), NOW - 1_000);

        assertThat(after.rates("coder", 8)).startsWith(before.rates("coder", 8).toArray(Double[]::new));
    }
}
