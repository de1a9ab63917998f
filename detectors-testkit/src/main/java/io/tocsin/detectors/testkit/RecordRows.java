/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Records;
import java.util.ArrayList;
import java.util.List;

/** Single records. Immutable. */
public final class RecordRows implements Records {
    private record Row(
            int member,
            int input,
            long timeMillis,
            long count,
            double value,
            boolean failed,
            String error,
            List<String> keys) {}

    private final long arrivalMillis;
    private final List<Row> rows;

    private RecordRows(long arrivalMillis, List<Row> rows) {
        this.arrivalMillis = arrivalMillis;
        this.rows = rows;
    }

    /** Records that arrive at that time. */
    public static Builder at(long arrivalMillis) {
        return new Builder(arrivalMillis);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long arrivalMillis() {
        return arrivalMillis;
    }

    @Override
    public int member(int row) {
        return rows.get(row).member();
    }

    @Override
    public int input(int row) {
        return rows.get(row).input();
    }

    @Override
    public long timeMillis(int row) {
        return rows.get(row).timeMillis();
    }

    @Override
    public long count(int row) {
        return rows.get(row).count();
    }

    @Override
    public double value(int row) {
        return rows.get(row).value();
    }

    @Override
    public boolean failed(int row) {
        return rows.get(row).failed();
    }

    @Override
    public String error(int row) {
        return rows.get(row).error();
    }

    @Override
    public long key(int row, int key) {
        long hash = 0xcbf29ce484222325L;
        String text = text(row, key);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    public String text(int row, int key) {
        return rows.get(row).keys().get(key);
    }

    @Override
    public String toString() {
        return "records at " + arrivalMillis + ": " + rows;
    }

    /** Collects records in journal order. Not thread-safe. */
    public static final class Builder {
        private final long arrivalMillis;
        private final List<Row> rows = new ArrayList<>();

        private Builder(long arrivalMillis) {
            this.arrivalMillis = arrivalMillis;
        }

        /** A record of member 0 and input 0; {@code error} is "" for a good one. */
        public Builder record(long timeMillis, double value, String error, String... keys) {
            return record(0, 0, timeMillis, 1, value, error, keys);
        }

        /** A record that stands for {@code count}; {@code error} is "" for a good one. */
        public Builder record(
                int member, int input, long timeMillis, long count, double value, String error, String... keys) {
            rows.add(new Row(member, input, timeMillis, count, value, !error.isEmpty(), error, List.of(keys)));
            return this;
        }

        /** The records, one or more. */
        public RecordRows build() {
            if (rows.isEmpty()) {
                throw new IllegalStateException("records must have 1 row or more, had none");
            }
            return new RecordRows(arrivalMillis, List.copyOf(rows));
        }
    }
}
