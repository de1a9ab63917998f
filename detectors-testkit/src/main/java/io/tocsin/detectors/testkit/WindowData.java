/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A window with exact quantiles, made of its values. Immutable; see {@link Windows} for short ways to make one. */
public final class WindowData implements Window {
    private final int member;
    private final int input;
    private final long startMillis;
    private final long endMillis;
    private final double coverage;
    private final double[] sorted;
    private final long times;
    private final double last;
    private final Map<String, Long> errors;
    private final long allErrors;
    private final Map<String, String> attributes;

    private WindowData(Builder b) {
        member = b.member;
        input = b.input;
        startMillis = b.startMillis;
        endMillis = b.startMillis + b.stepMillis;
        coverage = b.coverage;
        sorted = b.values.clone();
        Arrays.sort(sorted);
        times = b.times;
        last = b.values.length == 0 || !b.gauge ? Double.NaN : b.values[b.values.length - 1];
        errors = Collections.unmodifiableMap(new TreeMap<>(b.errors));
        allErrors = errors.values().stream().mapToLong(Long::longValue).sum();
        attributes = Map.copyOf(b.attributes);
    }

    private WindowData(WindowData other, long startMillis, int input) {
        member = other.member;
        this.input = input;
        this.startMillis = startMillis;
        endMillis = startMillis + (other.endMillis - other.startMillis);
        coverage = other.coverage;
        sorted = other.sorted;
        times = other.times;
        last = other.last;
        errors = other.errors;
        allErrors = other.allErrors;
        attributes = other.attributes;
    }

    /** The same at another time, of another input. */
    WindowData movedTo(long newStartMillis, int newInput) {
        return new WindowData(this, newStartMillis, newInput);
    }

    /** A window without records that begins there. */
    public static Builder at(long startMillis, long stepMillis) {
        return new Builder(startMillis, stepMillis);
    }

    @Override
    public int member() {
        return member;
    }

    @Override
    public int input() {
        return input;
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public long endMillis() {
        return endMillis;
    }

    @Override
    public double coverage() {
        return coverage;
    }

    @Override
    public long count() {
        double count = (double) sorted.length * times;
        return count >= Long.MAX_VALUE ? Long.MAX_VALUE : sorted.length * times;
    }

    @Override
    public long errors() {
        return allErrors;
    }

    @Override
    public Set<String> errorTypes() {
        return errors.keySet();
    }

    @Override
    public long errors(String type) {
        return errors.getOrDefault(type, 0L);
    }

    @Override
    public double sum() {
        double sum = 0;
        for (double value : sorted) {
            sum += value * times;
        }
        return sum;
    }

    @Override
    public double min() {
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    @Override
    public double max() {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    @Override
    public double last() {
        return last;
    }

    @Override
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q must be 0 to 1, was " + q);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
    }

    @Override
    public long countAtMost(double x) {
        long count = 0;
        for (double value : sorted) {
            count += value <= x ? times : 0;
        }
        return count;
    }

    @Override
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "window of member " + member + ", input " + input + ", at " + startMillis + ": " + count() + " values, "
                + errors() + " errors, coverage " + coverage;
    }

    /** Makes windows. Not thread-safe. */
    public static final class Builder {
        private final long startMillis;
        private final long stepMillis;
        private int member;
        private int input;
        private double coverage = 1;
        private double[] values = new double[0];
        private long times = 1;
        private boolean gauge;
        private final Map<String, Long> errors = new LinkedHashMap<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();

        private Builder(long startMillis, long stepMillis) {
            this.startMillis = startMillis;
            this.stepMillis = stepMillis;
        }

        /** Whose window it is; 0 unless told otherwise. */
        public Builder member(int newMember) {
            member = newMember;
            return this;
        }

        /** Of which input; 0 unless told otherwise. */
        public Builder input(int newInput) {
            input = newInput;
            return this;
        }

        /** Share of the time in which we listened; 1 unless told otherwise. */
        public Builder coverage(double newCoverage) {
            coverage = newCoverage;
            return this;
        }

        /** The values, in order of time. */
        public Builder values(double... newValues) {
            values = newValues.clone();
            return this;
        }

        /** Each value counts so many times. */
        public Builder times(long newTimes) {
            times = newTimes;
            return this;
        }

        /** The values are a gauge's, so the last one counts. */
        public Builder gauge() {
            gauge = true;
            return this;
        }

        /** So many outcomes failed like that. */
        public Builder errors(String type, long count) {
            errors.put(type, count);
            return this;
        }

        /** A grouping attribute. */
        public Builder attribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        /** The window. */
        public WindowData build() {
            return new WindowData(this);
        }
    }
}
