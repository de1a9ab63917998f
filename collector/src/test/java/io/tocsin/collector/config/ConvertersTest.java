/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvertersTest {
    @Test
    void readsSizesInBinaryUnits() {
        ByteSizeConverter sizes = new ByteSizeConverter();

        assertThat(List.of("65536", "1 KiB", "4MiB", "2 GiB").stream()
                        .map(sizes::convert)
                        .toList())
                .containsExactly(65_536L, 1_024L, 4L << 20, 2L << 30);
        for (String wrong : List.of("4 MB", "-1", "1.5 MiB", "", "9999999999999")) {
            assertThatThrownBy(() -> sizes.convert(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everySettingHasADefaultThatIsAllowedAndAHelpOfItsOwn() {
        List<Setting> settings = Setting.all();

        assertThat(settings)
                .hasSizeGreaterThan(20)
                .allSatisfy(setting -> assertThat(setting.defaultText()
                                .flatMap(text -> setting.problem(text, new SecretReader(Map.of()))))
                        .as(setting.key())
                        .isEmpty());
        assertThat(new HashSet<>(settings.stream().map(Setting::key).toList())).hasSameSizeAs(settings);
        assertThat(settings).extracting(Setting::help).doesNotContain("");
    }
}
