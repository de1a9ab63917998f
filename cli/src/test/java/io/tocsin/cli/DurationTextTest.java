/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
    private final DurationText text = new DurationText();

    @ParameterizedTest
    @CsvSource({"60s,PT60S", "90,PT90S", "5m,PT5M", "1h30m,PT1H30M", "500ms,PT0.5S", "2d,PT48H", "1m30s,PT90S"})
    void readsWhatPeopleWrite(String written, Duration duration) {
        assertThat(text.convert(written)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5s", "5 s", "s", "1.5h"})
    void refusesTheRest(String written) {
        assertThatThrownBy(() -> text.convert(written))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("must be like 90s, 5m or 1h30m");
    }

    @Test
    void aMinuteIsNotAMillisecond() {
        assertThat(text.convert("1m5ms")).isEqualTo(Duration.ofMinutes(1).plusMillis(5));
    }
}
