/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private static final Parameter<Double> ABOVE =
            Parameter.decimal("above", "limit").above(0.0).withDefault(Double.POSITIVE_INFINITY);

    @Test
    void aLimitThatIsLeftOutIsNone() {
        assertThat(ABOVE.format(Double.POSITIVE_INFINITY)).isEqualTo("none");
        assertThat(ABOVE.parse(" none ")).isInfinite();
        assertThat(ABOVE.parse("2.5")).isEqualTo(2.5);
    }

    @Test
    void aBadValueIsRefusedByNameValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> ABOVE.parse("-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("above must be above 0, was -1");
        assertThatThrownBy(() -> ABOVE.parse("NaN"))
                .hasMessageContaining("above must be")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> ABOVE.parse("Infinity")).hasMessageContaining("Infinity");
    }

    @Test
    void whatIsNoNumberIsToldTheTypeAndTheRange() {
        Parameter<Long> few = Parameter.whole("few", "how many").atLeast(1L).atMost(10L);
        Parameter<Duration> window = Parameter.duration("window", "length").atLeast(Duration.ofSeconds(1));

        assertThatThrownBy(() -> ABOVE.parse("many")).hasMessage("above must be a finite number above 0, was \"many\"");
        assertThatThrownBy(() -> few.parse("many"))
                .hasMessage("few must be a whole number, 1 or more and 10 or less, was \"many\"");
        assertThatThrownBy(() -> window.parse("long"))
                .hasMessage("window must be a duration such as 30s, 5m or 1h, 1s or more, was \"long\"");
    }

    @Test
    void durationsAreReadAndShownAsPeopleWriteThem() {
        Parameter<Duration> window = Parameter.duration("window", "length").atLeast(Duration.ofSeconds(1));

        assertThat(window.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(window.parse("PT30S")).isEqualTo(Duration.ofSeconds(30));
        assertThat(window.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThatThrownBy(() -> window.parse("0s")).hasMessage("window must be 1s or more, was 0s");
    }

    @Test
    void aTableNamesTheColumnThatIsWrong() {
        Parameter<List<Parameters>> table = Parameter.table(
                "rows", "of them", Parameter.whole("count", "how many").atLeast(1L));

        assertThat(table.parse("count=1; count=2")).hasSize(2);
        assertThatThrownBy(() -> table.parse("count=0")).hasMessageContaining("count must be 1 or more, was 0");
        assertThatThrownBy(() -> table.parse("size=1")).hasMessageContaining("\"size\" is no column");
    }
}
