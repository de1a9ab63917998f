/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.store.Exemplar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExampleTracesTest {
    /** Trace n ended at second n and took 100 - n seconds; the even ones failed. */
    private static List<String> chosen(boolean aboutLatency, List<Integer> numbers) {
        ExampleTraces examples = new ExampleTraces(aboutLatency);
        for (int n : numbers) {
            examples.take(0, n, 100 - n, n % 2 == 0, n * 1_000L);
        }
        return examples.ids();
    }

    private static List<String> ids(int... numbers) {
        List<String> ids = new ArrayList<>();
        for (int n : numbers) {
            ids.add(Exemplar.idOf(0, n));
        }
        return ids;
    }

    private static List<Integer> upTo(int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 1; n <= last; n++) {
            numbers.add(n);
        }
        return numbers;
    }

    @Test
    void areTheLastFailedOnesNewestLastOrTheSlowest() {
        assertThat(chosen(false, upTo(20))).isEqualTo(ids(12, 14, 16, 18, 20));
        assertThat(chosen(true, upTo(20))).isEqualTo(ids(1, 2, 3, 4, 5));
    }

    @Test
    void areSlowOnesWhereNoneFailed() {
        assertThat(chosen(false, List.of(7, 3, 5))).isEqualTo(ids(3, 5, 7));
    }

    @Test
    void areNamedOnceAndWhateverTheirOrder() {
        for (int seed = 0; seed < 50; seed++) {
            List<Integer> shuffled = upTo(20);
            shuffled.addAll(upTo(20));
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(chosen(false, shuffled)).as("seed " + seed).isEqualTo(ids(12, 14, 16, 18, 20));
            assertThat(chosen(true, shuffled)).as("seed " + seed).isEqualTo(ids(1, 2, 3, 4, 5));
        }
    }

    @Test
    void haveThirtyTwoDigits() {
        assertThat(Exemplar.idOf(0x0af7651916cd43ddL, 0x8448eb211c80319cL))
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }
}
