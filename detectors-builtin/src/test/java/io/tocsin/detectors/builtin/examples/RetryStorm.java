/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Records;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Single records with a key: the same task comes again and again. Keeps the last so many tasks in a table by the key's hash, a newer one taking
 * the place of an older one; so its memory is bounded, and a collision costs a little precision.
 */
final class RetryStorm implements Detector {
    private static final int PLACES = 1024;

    private final long attempts;
    private final double share;
    private final long[] keys = new long[PLACES];
    private final int[] seen = new int[PLACES];
    private long records;
    private long repeated;

    RetryStorm(Parameters parameters) {
        attempts = parameters.get(Factory.ATTEMPTS);
        share = parameters.get(Factory.SHARE);
    }

    @Override
    public void observe(Records rows, Findings findings) {
        for (int row = 0; row < rows.size(); row++) {
            long key = rows.key(row, 0);
            int place = Math.floorMod(key, PLACES);
            if (keys[place] != key) {
                keys[place] = key;
                seen[place] = 0;
            }
            seen[place]++;
            records++;
            repeated += seen[place] > attempts ? 1 : 0;
        }
    }

    @Override
    public void step(long endMillis, Findings findings) {
        if (records > 0) {
            double observed = (double) repeated / records;
            findings.judge(0, "retries", observed / share)
                    .compared(observed, 0, share, "1")
                    .text("{observed} of records are further attempts");
        }
        records = 0;
        repeated = 0;
        java.util.Arrays.fill(seen, 0);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(records);
        out.writeLong(repeated);
        for (int place = 0; place < PLACES; place++) {
            out.writeLong(keys[place]);
            out.writeInt(seen[place]);
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format != 1) {
            throw new IOException("state format must be 1, was " + format);
        }
        records = in.readLong();
        repeated = in.readLong();
        for (int place = 0; place < PLACES; place++) {
            keys[place] = in.readLong();
            seen[place] = in.readInt();
        }
    }

    /** Makes them. */
    public static final class Factory implements DetectorFactory {
        static final Input ATTEMPTED = Input.records("attempts", "each attempt at a task", "task.id");
        static final Parameter<Long> ATTEMPTS = Parameter.whole("attempts", "of one task in a step, that are fine")
                .atLeast(1L)
                .withDefault(3L);
        static final Parameter<Double> SHARE = Parameter.decimal("share", "share of further attempts that is a storm")
                .atLeast(0.01)
                .atMost(1.0)
                .withDefault(0.3);

        public Factory() {}

        @Override
        public String name() {
            return "retry-storm";
        }

        @Override
        public String summary() {
            return "The same tasks are tried again and again.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(ATTEMPTED);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(ATTEMPTS, SHARE);
        }

        @Override
        public Detector create(Parameters parameters) {
            return new RetryStorm(parameters);
        }
    }
}
