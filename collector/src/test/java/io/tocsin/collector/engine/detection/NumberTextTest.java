/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "2.6712, s, 2.67 s",
        "0.8012, s, 801 ms",
        "45, s, 45 s",
        "0.252, 1, 25.2 %",
        "0.00201, 1, 0.201 %",
        "1, 1, 100 %",
        "1, '', 1",
        "14.4, '', 14.4",
        "12.345, 1/s, 12.3/s",
        "5, {token}, 5 token",
        "Infinity, s, anything",
        "NaN, s, nothing"
    })
    void showsANumberWithItsUnit(double value, String unit, String shown) {
        assertThat(NumberText.show(value, unit)).isEqualTo(shown);
    }

    @Test
    void fillsNamesInBracesAndLeavesThoseThatWereNotGiven() {
        assertThat(NumberText.fill("{a} and {b}, {c", Map.of("a", "1 s"))).isEqualTo("1 s and {b}, {c");
    }
}
