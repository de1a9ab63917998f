/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalsTest {
    // F. Garwood's exact limits, as tabled: half the chi-square quantile 0.95 at 2(k + 1) degrees of freedom
    @Test
    void poissonBoundsAreThoseOfTheTables() {
        assertThat(Intervals.poissonUpper95(0)).isCloseTo(2.9957, within(0.001));
        assertThat(Intervals.poissonUpper95(1)).isCloseTo(4.7439, within(0.001));
        assertThat(Intervals.poissonUpper95(5)).isCloseTo(10.513, within(0.001));
        assertThat(Intervals.poissonUpper95(10)).isCloseTo(16.962, within(0.001));
        assertThat(Intervals.poissonUpper95(100)).isCloseTo(118.08, within(0.01));
    }

    // R. G. Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 29 of 29
    @Test
    void sharesHaveWilsonsInterval() {
        assertThat(Intervals.wilson95(81, 263).low()).isCloseTo(0.2553, within(0.0001));
        assertThat(Intervals.wilson95(81, 263).high()).isCloseTo(0.3662, within(0.0001));
        assertThat(Intervals.wilson95(15, 148).low()).isCloseTo(0.0624, within(0.0001));
        assertThat(Intervals.wilson95(15, 148).high()).isCloseTo(0.1605, within(0.0001));
        assertThat(Intervals.wilson95(0, 20).low()).isZero();
        assertThat(Intervals.wilson95(0, 20).high()).isCloseTo(0.1611, within(0.0001));
        assertThat(Intervals.wilson95(29, 29).low()).isCloseTo(0.8830, within(0.0001));
        assertThat(Intervals.wilson95(29, 29).high()).isEqualTo(1);
    }

    @Test
    void nothingSeenSaysNothing() {
        assertThat(Intervals.wilson95(0, 0)).isEqualTo(new Intervals.Share(0, 1));
    }
}
