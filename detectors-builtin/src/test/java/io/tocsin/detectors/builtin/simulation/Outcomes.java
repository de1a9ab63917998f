/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

import io.tocsin.detectors.Window;
import java.util.Arrays;
import java.util.Set;

/** A window that is filled, read and used again. Confined to one thread. */
final class Outcomes implements Window {
    private double[] values = new double[1024];
    private int count;
    private int errors;
    private boolean sorted;
    private int member;
    private long startMillis;
    private long endMillis;

    void clear() {
        count = 0;
        errors = 0;
        sorted = false;
    }

    void add(double seconds, boolean failed) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = seconds;
        errors += failed ? 1 : 0;
    }

    void addAll(Outcomes other) {
        while (count + other.count > values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        System.arraycopy(other.values, 0, values, count, other.count);
        count += other.count;
        errors += other.errors;
        sorted = false;
    }

    Outcomes as(int newMember, long newStartMillis, long newEndMillis) {
        member = newMember;
        startMillis = newStartMillis;
        endMillis = newEndMillis;
        return this;
    }

    @Override
    public int member() {
        return member;
    }

    @Override
    public int input() {
        return 0;
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
        return 1;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long errors() {
        return errors;
    }

    @Override
    public Set<String> errorTypes() {
        return errors == 0 ? Set.of() : Set.of("timeout");
    }

    @Override
    public long errors(String type) {
        return type.equals("timeout") ? errors : 0;
    }

    @Override
    public double sum() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Override
    public double min() {
        return quantile(0);
    }

    @Override
    public double max() {
        return quantile(1);
    }

    @Override
    public double last() {
        return Double.NaN;
    }

    @Override
    public double quantile(double q) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
        return values[(int) Math.max(0, Math.ceil(q * count) - 1)];
    }

    @Override
    public long countAtMost(double x) {
        long atMost = 0;
        for (int i = 0; i < count; i++) {
            atMost += values[i] <= x ? 1 : 0;
        }
        return atMost;
    }

    @Override
    public String attribute(String name) {
        return "";
    }
}
