/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Windows in a row, ten seconds each, from 2026 on. */
public final class Windows {
    /** Length of the windows made here. */
    public static final long STEP_MILLIS = 10_000;
    /** Start of the first one: 2026-01-01T00:00:00Z. */
    public static final long START_MILLIS = 1_767_225_600_000L;

    private Windows() {}

    /** A window without records, the so many-th of a row. */
    public static WindowData.Builder nth(int step) {
        return WindowData.at(START_MILLIS + step * STEP_MILLIS, STEP_MILLIS);
    }

    /** A window for each value, with that one value, as of a gauge. */
    public static List<WindowData> of(double... values) {
        List<WindowData> windows = new ArrayList<>();
        for (double value : values) {
            windows.add(nth(windows.size()).gauge().values(value).build());
        }
        return windows;
    }

    /** A window for each count, with so many values of 1. */
    public static List<WindowData> ofCounts(int... counts) {
        List<WindowData> windows = new ArrayList<>();
        for (int count : counts) {
            windows.add(nth(windows.size())
                    .values(logNormal(new Random(1), count, 1, 0))
                    .build());
        }
        return windows;
    }

    /** Windows of 20 to 60 values around a mean that walks at random; about one in a hundred fails. */
    public static List<WindowData> randomWalk(long seed, int count) {
        Random random = new Random(seed);
        List<WindowData> windows = new ArrayList<>();
        double level = 0.5;
        for (int step = 0; step < count; step++) {
            level *= Math.exp(0.02 * random.nextGaussian());
            double[] values = logNormal(random, 20 + random.nextInt(41), level, 0.5);
            windows.add(nth(step)
                    .values(values)
                    .errors("timeout", random.nextInt(100) < values.length ? 1 : 0)
                    .build());
        }
        return windows;
    }

    /** What no arithmetic should stumble over: nothing, a single zero, enormous counts and values, all of them failed. */
    public static List<WindowData> extremes() {
        List<WindowData> windows = new ArrayList<>();
        windows.add(nth(0).build());
        windows.add(nth(1).coverage(0).build());
        windows.add(nth(2).coverage(0.5).values(1).build());
        windows.add(nth(3).values(0).errors("", 1).build());
        windows.add(nth(4).values(Double.MIN_VALUE, Double.MAX_VALUE).gauge().build());
        windows.add(nth(5).values(1)
                .times(Long.MAX_VALUE)
                .errors("all", Long.MAX_VALUE)
                .build());
        windows.add(nth(6).values(1e-9).times(1_000_000_000_000L).build());
        windows.add(nth(7).values(-Double.MAX_VALUE, Double.MAX_VALUE).gauge().build());
        windows.add(nth(8).build());
        return windows;
    }

    /** Values of a log-normal distribution: their median, and the standard deviation of their logarithms. */
    public static double[] logNormal(Random random, int count, double median, double sigma) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = median * Math.exp(sigma * random.nextGaussian());
        }
        return values;
    }
}
