/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.terminal.Heights.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeightsTest {
    private static final List<Need> NEEDS = List.of(new Need(3, 5), new Need(0, 0), new Need(2, 9), new Need(2, 3));

    @Test
    void eachGetsItsLeastThenTheFirstWhatTheyWantAndTheLastTheRest() {
        assertThat(Heights.share(9, NEEDS)).containsExactly(5, 0, 2, 2);
        assertThat(Heights.share(30, NEEDS)).containsExactly(5, 0, 9, 16);
    }

    @Test
    void withoutRoomForItsLeastAPaneIsLeftOut() {
        assertThat(Heights.share(4, NEEDS)).containsExactly(4, 0, 0, 0);
        assertThat(Heights.share(0, NEEDS)).containsExactly(0, 0, 0, 0);
    }
}
