/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.v1.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Our codec against protobuf-java, on seeded input; a failure names the seed. */
class BatchCodecAgreementTest {
    private static final int MAX_ROWS = 100;

    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchDecoder decoder = new BatchDecoder(MAX_ROWS);
    private final BatchColumns read = new BatchColumns();
    private int refused;
    private int accepted;

    @Test
    void writesAndReadsAHundredThousandBatchesAsProtobufDoes() throws Exception {
        for (long seed = 0; seed < 100_000; seed++) {
            byte[] bytes = encoder.encode(new RandomBatches(seed).columns(30));
            Batch batch = Batch.parseFrom(bytes);

            if (!Arrays.equals(batch.toByteArray(), bytes)) {
                throw new AssertionError("seed " + seed + ": not the bytes that protobuf-java writes");
            }
            decoder.decode(bytes, 0, bytes.length, read);
            ReferenceBatch.assertSame(batch, read, "seed " + seed);
        }
    }

    @Test
    void readsEveryFormThatProtobufAllows() throws Exception {
        for (long seed = 0; seed < 10_000; seed++) {
            RandomBatches random = new RandomBatches(seed);
            Batch batch = Batch.parseFrom(encoder.encode(random.columns(20)));
            byte[] odd = random.writtenOddly(batch);

            Batch byProtobuf = Batch.parseFrom(odd);
            assertThat(byProtobuf.getOutcomes().getSeriesList())
                    .as("seed %d", seed)
                    .isEqualTo(batch.getOutcomes().getSeriesList());
            decoder.decode(odd, 0, odd.length, read);
            ReferenceBatch.assertSame(byProtobuf, read, "seed " + seed);
        }
    }

    @Test
    void judgesEveryTruncationAsProtobufDoes() {
        for (long seed = 0; seed < 200; seed++) {
            byte[] bytes = encoder.encode(new RandomBatches(seed).columns(12));
            for (int length = 0; length <= bytes.length; length++) {
                judge(Arrays.copyOf(bytes, length), "seed " + seed + ", length " + length);
            }
        }
        assertThat(refused).isPositive();
        assertThat(accepted).isPositive();
    }

    @Test
    void judgesDamagedBytesAsProtobufDoes() throws Exception {
        for (long seed = 0; seed < 50_000; seed++) {
            RandomBatches batches = new RandomBatches(seed);
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = encoder.encode(batches.columns(8));
            if (random.nextBoolean()) {
                bytes = batches.writtenOddly(Batch.parseFrom(bytes));
            }
            for (int damage = 1 + random.nextInt(3); damage > 0 && bytes.length > 0; damage--) {
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(3)) {
                    case 0 -> bytes[at] = (byte) random.nextInt(256);
                    case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    default -> bytes = without(bytes, at);
                }
            }
            judge(bytes, "seed " + seed);
        }
        assertThat(refused).isPositive();
        assertThat(accepted).isPositive();
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    /** Both read the same, or both refuse; ours alone refuses if and only if the columns do not fit each other. */
    private void judge(byte[] bytes, String which) {
        Batch batch = null;
        try {
            batch = Batch.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            // then ours must refuse too
        }
        boolean sound = batch != null && ReferenceBatch.isSound(batch, MAX_ROWS);
        try {
            decoder.decode(bytes, 0, bytes.length, read);
            if (!sound) {
                throw new AssertionError(which + ": taken, but protobuf-java says "
                        + (batch == null ? "malformed" : "columns do not fit: " + batch));
            }
            accepted++;
            ReferenceBatch.assertSame(batch, read, which);
        } catch (MalformedBatchException e) {
            refused++;
            if (sound && !hasOverlongNumber(bytes)) {
                throw new AssertionError(which + ": refused, but protobuf-java reads " + batch, e);
            }
            assertThat(read.rows()).as(which).isZero();
        }
    }

    /** protobuf-java takes some numbers that do not end with their tenth byte; no other form of protobuf does. */
    private static boolean hasOverlongNumber(byte[] bytes) {
        int run = 0;
        for (byte next : bytes) {
            run = next < 0 ? run + 1 : 0;
            if (run == 10) {
                return true;
            }
        }
        return false;
    }
}
