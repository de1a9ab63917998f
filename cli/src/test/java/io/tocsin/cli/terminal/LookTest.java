/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {
    @Test
    void coloursUnlessSomebodyDoesNotWantThemAndUnicodeWhereTheLocaleHasIt() {
        assertThat(Look.of(Map.of("LANG", "en_US.UTF-8"))).isEqualTo(new Look(true, true));
        assertThat(Look.of(Map.of("LANG", "C.utf8", "NO_COLOR", "1"))).isEqualTo(new Look(false, true));
        assertThat(Look.of(Map.of("LANG", "en_US.UTF-8", "LC_ALL", "C"))).isEqualTo(new Look(true, false));
        assertThat(Look.of(Map.of())).isEqualTo(new Look(true, false));
    }

    @Test
    void aTerminalNeverObeysTextFromElsewhere() {
        assertThat(Look.simplest().text(Tone.PLAIN, "a\u001b[2Jb\r\nc\u202Ed").toString())
                .isEqualTo("a [2Jb  c d");
        assertThat(SafeText.of("schön\u009b5 µs", true)).isEqualTo("schön 5 µs");
        assertThat(SafeText.of("schön… 5 µs", false)).isEqualTo("sch?n~ 5 us");
    }

    @Test
    void withoutATerminalOrWithADumbOneThereIsNoScreen() {
        assertThat(new ProcessTerminal(true, Map.of("TERM", "xterm")).available())
                .isTrue();
        assertThat(new ProcessTerminal(true, Map.of("TERM", "dumb")).available())
                .isFalse();
        assertThat(new ProcessTerminal(true, Map.of()).available()).isFalse();
        assertThat(new ProcessTerminal(false, Map.of("TERM", "xterm")).available())
                .isFalse();
    }
}
