/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncodedSketchTest {
    private static final double[] QUANTILES = {0, 0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 1};

    private static Sketch random(SplittableRandom random) {
        Sketch sketch = new Sketch();
        int size = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(2_000);
        boolean below = random.nextInt(3) == 0;
        for (int i = 0; i < size; i++) {
            double value = StrictMath.exp(random.nextDouble() * 6 - 3);
            if (random.nextInt(20) == 0) {
                value = 0;
            }
            sketch.add(below && random.nextBoolean() ? -value : value, 1 + random.nextInt(300));
        }
        return sketch;
    }

    private static byte[] written(Sketch sketch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sketch.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static EncodedSketch encoded(Sketch sketch) throws IOException {
        return EncodedSketch.at(written(sketch), 0);
    }

    @Test
    void saysWhatTheSketchSays() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Sketch sketch = random(new SplittableRandom(seed));
            EncodedSketch encoded = encoded(sketch);

            assertThat(encoded.count()).as("seed %s", seed).isEqualTo(sketch.count());
            assertThat(encoded.sum()).as("seed %s", seed).isEqualTo(sketch.sum());
            assertThat(encoded.min()).as("seed %s", seed).isEqualTo(Double.valueOf(sketch.min()));
            assertThat(encoded.max()).as("seed %s", seed).isEqualTo(Double.valueOf(sketch.max()));
            for (double q : QUANTILES) {
                assertThat(encoded.quantile(q))
                        .as("seed %s, quantile %s", seed, q)
                        .isEqualTo(Double.valueOf(sketch.quantile(q)));
            }
            assertThat(written(encoded.sketch())).as("seed %s", seed).isEqualTo(written(sketch));
        }
    }

    @Test
    void isMergedAsTheSketchIs() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Sketch fromSketches = new Sketch();
            Sketch fromBytes = new Sketch();
            for (int i = 0; i < 5; i++) {
                Sketch one = random(random);
                fromSketches.merge(one);
                fromBytes.merge(encoded(one));
            }

            assertThat(written(fromBytes)).as("seed %s", seed).isEqualTo(written(fromSketches));
        }
    }

    @Test
    void mergesCountsThatNoIntHolds() throws IOException {
        Sketch many = new Sketch();
        many.add(1, Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            many.add(1 + i);
        }
        Sketch merged = new Sketch();
        for (int i = 0; i < 3; i++) {
            merged.merge(encoded(many));
        }
        Sketch twice = merged.copy();
        twice.merge(merged);

        assertThat(merged.count()).isEqualTo(3 * (Integer.MAX_VALUE + 100L));
        assertThat(merged.countAtMost(1)).isEqualTo(3 * (Integer.MAX_VALUE + 1L));
        assertThat(twice.countAtMost(1)).isEqualTo(6 * (Integer.MAX_VALUE + 1L));
    }

    @Test
    void refusesAQuantileThatIsNone() throws IOException {
        EncodedSketch encoded = encoded(random(new SplittableRandom(1)));

        assertThatThrownBy(() -> encoded.quantile(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }

    @Test
    void acceptsNoDamagedBytesThatTheSketchWouldRefuse() throws IOException {
        byte[] bytes = written(random(new SplittableRandom(5)));
        SplittableRandom random = new SplittableRandom(6);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            EncodedSketch encoded;
            try {
                encoded = EncodedSketch.at(damaged, 0);
            } catch (IOException e) {
                refused++;
                continue;
            }
            Sketch read = Sketch.read(new DataInputStream(new ByteArrayInputStream(damaged)));
            assertThat(encoded.count()).isEqualTo(read.count());
            assertThat(encoded.quantile(0.9)).isEqualTo(Double.valueOf(read.quantile(0.9)));
        }
        assertThat(refused).isPositive();
    }
}
