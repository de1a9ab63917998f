/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.cli.console.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    private static YamlValue value(String text) {
        return YamlFile.read("f.yaml", "a:\n  b: " + text)
                .table()
                .require("a")
                .table()
                .require("b");
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "10s, 10000", "1h30m, 5400000", "2d, 172800000", "0, 0", "1m500ms, 60500"})
    void readsLengths(String text, long millis) {
        assertThat(value(text).length()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"5", "5x", "m", "5m!", "-5m", "5m 3s"})
    void refusesWhatIsNoLength(String text) {
        assertThatThrownBy(() -> value(text).length())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("f.yaml line 2: a.b must be a length of time")
                .hasMessageContaining(text);
    }

    @Test
    void readsRangesAndShares() {
        assertThat(value("10m..10m15s").lengths()).containsExactly(Duration.ofMinutes(10), Duration.ofSeconds(615));
        assertThat(value("5m").lengths()).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(5));
        assertThat(value("0..200").numbers()).containsExactly(0, 200);
        assertThat(value("12.5%").share()).isEqualTo(0.125);
        assertThat(value("0.1").share()).isEqualTo(0.1);
        assertThatThrownBy(() -> value("101%").share()).hasMessageContaining("must be 0 to 1");
        assertThatThrownBy(() -> value("5m..4m").lengths()).hasMessageContaining("must end after it begins");
        assertThatThrownBy(() -> value("much").number()).hasMessageContaining("must be a number, was \"much\"");
    }

    @Test
    void namesLineAndPathOfAKeyThatIsNotKnown() {
        YamlValue file = YamlFile.read("f.yaml", "tests:\n  - name: x\n    evry: 5s\n");
        YamlValue test = file.table().require("tests").items().get(0);
        assertThatThrownBy(() -> test.table().allow("name", "every"))
                .hasMessage("f.yaml line 3: tests[0].evry is not known; did you mean every?");
        assertThatThrownBy(() -> test.table().require("series")).hasMessage("f.yaml line 2: tests[0] must have series");
    }

    @Test
    void saysWhereItIsNoYaml() {
        assertThatThrownBy(() -> YamlFile.read("f.yaml", "a: [1\nb: 2"))
                .hasMessageStartingWith("f.yaml line 2 is no YAML");
        assertThatThrownBy(() -> YamlFile.read("f.yaml", "")).hasMessage("f.yaml is empty");
        assertThatThrownBy(() -> YamlFile.read(Path.of("/nowhere.yaml"))).hasMessage("there is no file /nowhere.yaml");
        assertThatThrownBy(() -> value("1\n  b: 2")).hasMessageContaining("a.b stands there twice");
    }
}
