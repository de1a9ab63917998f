/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyDecoderTest {
    @Test
    void arrowsOfBothModesPagesAndEnds() throws IOException {
        assertThat(keys("\u001b[A\u001bOB\u001b[5~\u001b[6~\u001b[H\u001b[4~"))
                .extracting(KeyPress::key)
                .containsExactly(
                        KeyName.UP, KeyName.DOWN, KeyName.PAGE_UP, KeyName.PAGE_DOWN, KeyName.HOME, KeyName.END);
    }

    @Test
    void anEscapeAloneIsTheEscapeKey() throws IOException {
        assertThat(keys("\u001b")).containsExactly(KeyPress.of(KeyName.ESCAPE));
        assertThat(keys("\u001b?")).containsExactly(KeyPress.of(KeyName.ESCAPE), KeyPress.of('?'));
    }

    @Test
    void unknownSequencesAreSwallowedWhole() throws IOException {
        assertThat(keys("\u001b[1;5Cq")).containsExactly(KeyPress.of(KeyName.OTHER), KeyPress.of('q'));
    }

    @Test
    void controlKeysAndSigns() throws IOException {
        assertThat(keys("\u0003\f\t\re?"))
                .containsExactly(
                        KeyPress.of(KeyName.INTERRUPT),
                        KeyPress.of(KeyName.REDRAW),
                        KeyPress.of(KeyName.TAB),
                        KeyPress.of(KeyName.ENTER),
                        KeyPress.of('e'),
                        KeyPress.of('?'));
    }

    @Test
    void theEndOfTheTerminalIsAnInterrupt() throws IOException {
        assertThat(new KeyDecoder(millis -> -1).next(1)).contains(KeyPress.of(KeyName.INTERRUPT));
    }

    private static List<KeyPress> keys(String typed) throws IOException {
        int[] at = {0};
        KeyDecoder decoder =
                new KeyDecoder(millis -> at[0] < typed.length() ? typed.charAt(at[0]++) : KeyDecoder.Source.NOTHING);
        List<KeyPress> keys = new ArrayList<>();
        for (Optional<KeyPress> key = decoder.next(1); key.isPresent(); key = decoder.next(1)) {
            keys.add(key.get());
        }
        return keys;
    }
}
