/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SketchTest {
    private static final double[] QUANTILES = {0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1};

    @Test
    void keepsItsErrorBoundAgainstAnExactSort() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[1 + random.nextInt(5_000)];
            double spread = random.nextDouble() * 20;
            double sign = seed % 3 == 0 ? -1 : 1;
            Sketch sketch = new Sketch();
            for (int i = 0; i < values.length; i++) {
                double value = Math.exp((random.nextDouble() - 0.5) * spread);
                values[i] = seed % 5 == 0 && random.nextBoolean() ? -value : sign * value;
                sketch.add(values[i]);
            }
            Arrays.sort(values);
            for (double q : QUANTILES) {
                double exact = values[Math.max(1, (int) Math.ceil(q * values.length)) - 1];
                assertThat(sketch.quantile(q))
                        .as("seed %d, quantile %s", seed, q)
                        .isCloseTo(exact, within(Math.abs(exact) * Sketch.RELATIVE_ERROR));
            }
        }
    }

    @Test
    void saysNotANumberWhileItIsEmpty() {
        Sketch empty = new Sketch();

        assertThat(empty.count()).isZero();
        assertThat(empty.sum()).isZero();
        assertThat(empty.min()).isNaN();
        assertThat(empty.max()).isNaN();
        assertThat(empty.quantile(0.5)).isNaN();
        assertThat(empty.countAtMost(1)).isZero();
    }
}
