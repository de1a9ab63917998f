/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Tallies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tallies, in the order in which the collector hands them over. Immutable. */
public final class TallyRows implements Tallies {
    private record Row(int member, int input, long second, long all, long failed, long over, long overOrFailed) {}

    private final long nowMillis;
    private final List<Row> rows;

    private TallyRows(long nowMillis, List<Row> rows) {
        this.nowMillis = nowMillis;
        this.rows = rows;
    }

    /** Rows that arrive at that time. */
    public static Builder at(long nowMillis) {
        return new Builder(nowMillis);
    }

    @Override
    public int size() {
        return rows.size();
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
    public long second(int row) {
        return rows.get(row).second();
    }

    @Override
    public long all(int row) {
        return rows.get(row).all();
    }

    @Override
    public long failed(int row) {
        return rows.get(row).failed();
    }

    @Override
    public long over(int row) {
        return rows.get(row).over();
    }

    @Override
    public long overOrFailed(int row) {
        return rows.get(row).overOrFailed();
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public String toString() {
        return "tallies at " + nowMillis + ": " + rows;
    }

    /** Collects rows and sorts them. Not thread-safe. */
    public static final class Builder {
        private final long nowMillis;
        private final List<Row> rows = new ArrayList<>();

        private Builder(long nowMillis) {
            this.nowMillis = nowMillis;
        }

        /** Outcomes of member 0 and input 0 in a second, none of them slow. */
        public Builder row(long second, long all, long failed) {
            return row(0, 0, second, all, failed, 0, failed);
        }

        /** Outcomes of a second. */
        public Builder row(int member, int input, long second, long all, long failed, long over, long overOrFailed) {
            rows.add(new Row(member, input, second, all, failed, over, overOrFailed));
            return this;
        }

        /** The rows, one or more. */
        public TallyRows build() {
            if (rows.isEmpty()) {
                throw new IllegalStateException("tallies must have 1 row or more, had none");
            }
            List<Row> sorted = new ArrayList<>(rows);
            sorted.sort(Comparator.comparingInt(Row::member)
                    .thenComparingInt(Row::input)
                    .thenComparingLong(Row::second));
            return new TallyRows(nowMillis, List.copyOf(sorted));
        }
    }
}
