/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void heightsGoFromZeroToTheGreatestAndTheNewestStandToTheRight() {
        assertThat(Sparkline.of(List.of(0.0, 5.0, 10.0), 4, 0, true)).isEqualTo(" ▁▅█");
        assertThat(Sparkline.of(List.of(0.0, 5.0, 10.0), 2, 0, false)).isEqualTo("=#");
    }

    @Test
    void whatIsNotKnownIsASpaceAndNoiseNearZeroStaysLow() {
        assertThat(Sparkline.of(List.of(Double.NaN, 0.001), 2, 0.05, true)).isEqualTo(" ▁");
        assertThat(Sparkline.of(List.of(0.0, 0.0), 2, 0, true)).isEqualTo("▁▁");
    }

    @Test
    void aBarIsFullOrEmptyOnlyIfItIs() {
        assertThat(Sparkline.bar(0.999, 4, true)).isEqualTo("███░");
        assertThat(Sparkline.bar(0.001, 4, true)).isEqualTo("█░░░");
        assertThat(Sparkline.bar(1, 4, false)).isEqualTo("####");
        assertThat(Sparkline.bar(-0.3, 4, false)).isEqualTo("----");
    }
}
