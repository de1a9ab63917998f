/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.util.SplittableRandom;

/**
 * Batches of outcomes, encoded once, that can be sent again and again with another sequence and another time: a batch is
 * two numbers at its beginning, and columns that do not depend on them. Immutable.
 */
public final class EncodedBatches {
    private static final int ERROR_TYPE = 1;
    private static final double USUAL_SECONDS = 0.2;
    private static final double SPREAD = 0.5;
    private static final double FAILED_SHARE = 0.004;
    private static final int SEQUENCE_TAG = 1 << 3;
    private static final int BASE_TIME_TAG = 2 << 3;
    private static final int LONGEST_HEAD = 2 * 11;

    private final byte[][] columns;
    private final int outcomesEach;

    private EncodedBatches(byte[][] columns, int outcomesEach) {
        this.columns = columns;
        this.outcomesEach = outcomesEach;
    }

    /** Outcomes spread evenly over the series, log-normal around 200 ms, 4 in 1,000 failed; each batch spans 2 ms. */
    public static EncodedBatches random(int batches, int outcomesEach, int series, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BatchEncoder encoder = new BatchEncoder();
        BatchColumns one = new BatchColumns();
        byte[][] encoded = new byte[batches][];
        for (int batch = 0; batch < batches; batch++) {
            one.clear();
            for (int row = 0; row < outcomesEach; row++) {
                boolean failed = random.nextDouble() < FAILED_SHARE;
                double seconds = USUAL_SECONDS * Math.exp(SPREAD * random.nextGaussian());
                long millis = row * 3L / outcomesEach;
                one.addOutcome(random.nextInt(series), millis, seconds, failed, failed ? ERROR_TYPE : 0, 0, 0, 0);
            }
            encoded[batch] = encoder.encode(one); // without sequence and base time, which are 0
        }
        return new EncodedBatches(encoded, outcomesEach);
    }

    public int outcomesEach() {
        return outcomesEach;
    }

    /** Of all batches, without sequence and base time. */
    public double bytesPerOutcome() {
        long bytes = 0;
        for (byte[] batch : columns) {
            bytes += batch.length;
        }
        return (double) bytes / columns.length / outcomesEach;
    }

    /** The bytes of a {@code tocsin.v1.Batch} of that sequence, 1 or more, whose first outcome ended then. */
    public byte[] batch(long sequence, long baseTimeMillis) {
        byte[] body = columns[(int) (sequence % columns.length)];
        byte[] head = new byte[LONGEST_HEAD];
        int length = number(head, 0, SEQUENCE_TAG, sequence);
        length = number(head, length, BASE_TIME_TAG, baseTimeMillis);
        byte[] batch = new byte[length + body.length];
        System.arraycopy(head, 0, batch, 0, length);
        System.arraycopy(body, 0, batch, length, body.length);
        return batch;
    }

    private static int number(byte[] into, int at, int tag, long value) {
        int next = at;
        into[next++] = (byte) tag;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            into[next++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        into[next++] = (byte) left;
        return next;
    }
}
