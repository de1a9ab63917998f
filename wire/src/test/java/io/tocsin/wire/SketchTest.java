/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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

    @Test
    void mergingIsTheSameAsAddingAllInAnyOrder() {
        for (long seed = 1; seed <= 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = values(random, 3_000);
            Sketch all = new Sketch();
            Sketch[] parts = {new Sketch(), new Sketch(), new Sketch()};
            for (double value : values) {
                all.add(value);
                parts[random.nextInt(3)].add(value);
            }
            Sketch merged = new Sketch();
            merged.merge(parts[2]);
            merged.merge(parts[0]);
            merged.merge(parts[1]);
            Sketch backwards = new Sketch();
            for (int i = values.length - 1; i >= 0; i--) {
                backwards.add(values[i]);
            }
            assertSame(merged, all, "merged, seed " + seed);
            assertSame(backwards, all, "backwards, seed " + seed);
        }
    }

    @Test
    void mergesWithItself() {
        Sketch sketch = sketchOf(1, 2, 2, -3, 0);
        sketch.merge(sketch);

        assertSame(sketch, sketchOf(1, 1, 2, 2, 2, 2, -3, -3, 0, 0), "twice itself");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        for (int size : new int[] {0, 1, 16, 17, 5_000}) {
            Sketch sketch = sketchOf(values(new SplittableRandom(size), size));

            Sketch read = Sketch.read(new DataInputStream(new ByteArrayInputStream(written(sketch))));

            assertSame(read, sketch, size + " values");
            assertThat(read.sum()).isEqualTo(sketch.sum());
            assertThat(written(read)).isEqualTo(written(sketch));
        }
    }

    @Test
    void writesTheSameHoweverItCameToBe() throws IOException {
        double[] values = values(new SplittableRandom(9), 500);
        Sketch reused = sketchOf(7, 1e9, -1e-9);
        reused.reset();
        for (double value : values) {
            reused.add(value);
        }

        assertThat(written(reused)).isEqualTo(written(sketchOf(values)));
        assertThat(written(reused.copy())).isEqualTo(written(reused));
    }

    @Test
    void neverReadsDamagedBytesAsMoreThanASketchOrAnError() throws IOException {
        byte[] bytes = written(sketchOf(values(new SplittableRandom(3), 200)));
        SplittableRandom random = new SplittableRandom(4);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Sketch read = Sketch.read(new DataInputStream(new ByteArrayInputStream(damaged)));
                assertThat(read.memoryBytes()).isLessThan(2_000_000);
                assertThat(read.count()).isNotNegative();
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void countsValuesAtMostALimitToTheBin() {
        double[] values = values(new SplittableRandom(5), 4_000);
        Sketch sketch = sketchOf(values);
        for (double x : new double[] {-50, -1, -0.01, 0, 0.001, 0.5, 1, 3, 1_000}) {
            double slack = Math.abs(x) / 64 + 0x1p-30;
            long least = Arrays.stream(values).filter(v -> v <= x).count();
            long most = Arrays.stream(values).filter(v -> v <= x + slack).count();

            assertThat(sketch.countAtMost(x)).as("at most %s", x).isBetween(least, most);
        }
        assertThat(sketch.countAtMost(sketch.max())).isEqualTo(4_000);
        assertThat(sketch.countAtMost(Math.nextDown(sketch.min()))).isZero();
        assertThat(sketch.countAtMost(Double.NaN)).isZero();
    }

    @Test
    void takesTheWholeRangeOfDoubles() {
        double[] extremes = {-Double.MAX_VALUE, -1, -Double.MIN_VALUE, 0, Double.MIN_VALUE, 0x1p-30, 1, Double.MAX_VALUE
        };
        Sketch sketch = sketchOf(extremes);

        for (int rank = 1; rank <= extremes.length; rank++) {
            double exact = extremes[rank - 1];
            assertThat(sketch.quantile((double) rank / extremes.length))
                    .as("rank %d", rank)
                    .isCloseTo(exact, within(Math.max(0x1p-30, Math.abs(exact) * Sketch.RELATIVE_ERROR)));
        }
        assertThat(sketch.min()).isEqualTo(-Double.MAX_VALUE);
        assertThat(sketch.max()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void countsBeyondAnInt() {
        for (int distinct : new int[] {1, 40}) {
            Sketch sketch = new Sketch();
            for (int i = 0; i < distinct; i++) {
                sketch.add(1 + i, Integer.MAX_VALUE);
                sketch.add(1 + i);
                sketch.add(1 + i, 1L << 47);
            }
            long each = Integer.MAX_VALUE + 1L + (1L << 47);
            assertThat(sketch.count()).isEqualTo(distinct * each);
            assertThat(sketch.countAtMost(1)).isEqualTo(each);
            assertThat(sketch.quantile(0.5))
                    .isCloseTo((distinct + 1) / 2, within(sketch.quantile(0.5) * Sketch.RELATIVE_ERROR));
        }
    }

    @Test
    void isSmallWhileItHoldsFewDistinctValues() {
        Sketch sketch = new Sketch();
        for (int i = 0; i < 100_000; i++) {
            sketch.add(1 + i % 16);
        }
        int few = sketch.memoryBytes();
        for (int i = 0; i < 100_000; i++) {
            sketch.add(0.001 * (1 + i % 1_000));
        }

        assertThat(few).isLessThan(300);
        assertThat(sketch.memoryBytes()).isLessThan(6_000);
    }

    @Test
    void refusesWhatIsNoNumber() {
        Sketch sketch = new Sketch();

        assertThatThrownBy(() -> sketch.add(Double.NaN)).hasMessage("value must be finite, was NaN");
        assertThatThrownBy(() -> sketch.add(Double.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sketch.add(1, -1)).hasMessage("n must be 0 or more, was -1");
        assertThatThrownBy(() -> sketch.quantile(1.1)).hasMessage("q must be 0 to 1, was 1.1");
        sketch.add(5, 0);
        assertThat(sketch.count()).isZero();
    }

    private static double[] values(SplittableRandom random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double value = Math.exp(random.nextDouble() * 10 - 6);
            values[i] = random.nextInt(5) == 0 ? -value : random.nextInt(20) == 0 ? 0 : value;
        }
        return values;
    }

    private static Sketch sketchOf(double... values) {
        Sketch sketch = new Sketch();
        for (double value : values) {
            sketch.add(value);
        }
        return sketch;
    }

    private static byte[] written(Sketch sketch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sketch.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Equal in all that does not depend on the order of additions; sums do, in their last digits. */
    private static void assertSame(Sketch actual, Sketch expected, String which) {
        assertThat(actual.count()).as(which).isEqualTo(expected.count());
        assertThat(actual.min()).as(which).isEqualTo(Double.valueOf(expected.min()));
        assertThat(actual.max()).as(which).isEqualTo(Double.valueOf(expected.max()));
        assertThat(actual.sum())
                .as(which)
                .isCloseTo(expected.sum(), within(1e-9 * Math.max(1, Math.abs(expected.sum()))));
        for (double q : QUANTILES) {
            assertThat(actual.quantile(q)).as(which).isEqualTo(Double.valueOf(expected.quantile(q)));
        }
        for (double x = -10; x < 10; x += 0.37) {
            assertThat(actual.countAtMost(x)).as(which).isEqualTo(expected.countAtMost(x));
        }
    }
}
