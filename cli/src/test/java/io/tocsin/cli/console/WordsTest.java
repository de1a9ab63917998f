/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0.0000214,21 µs",
        "0.0854,85 ms",
        "0.9994,999 ms",
        "1.324,1.32 s",
        "12.34,12.3 s",
        "125,2 m 5 s",
        "7260,2 h 1 m"
    })
    void secondsAreShort(double seconds, String text) {
        assertThat(Words.seconds(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1,100 %", "0.999,99.900 %", "0.99954,99.954 %", "0.305,30.50 %", "0,0 %", "0.0004,0.040 %"})
    void sharesKeepTheDigitsThatMatter(double share, String text) {
        assertThat(Words.percent(share)).isEqualTo(text);
    }

    @Test
    void lengthsAreWrittenAsRulesWriteThem() {
        assertThat(Words.length(Duration.ofDays(30))).isEqualTo("30d");
        assertThat(Words.length(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(Words.length(Duration.ofSeconds(90))).isEqualTo("90s");
    }
}
