/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import java.util.Arrays;

/**
 * Counts the outcomes of one series by second of record time against one threshold, for all rules that share it, until the next tick.
 */
final class TallyCell {
    private final double threshold;
    /** Those who want it, in order of rules and groups. */
    private TallyTap[] taps = new TallyTap[0];

    private long[] seconds = new long[4];
    /** all, failed, over, overOrFailed of each second. */
    private long[] counts = new long[4 * WIDTH];

    private int size;

    static final int WIDTH = 4;

    /** Where increments go: a group's member and input. */
    record TallyTap(Group group, int member, int input) {}

    TallyCell(double threshold) {
        this.threshold = threshold;
    }

    double threshold() {
        return threshold;
    }

    void add(TallyTap tap) {
        taps = Arrays.copyOf(taps, taps.length + 1);
        taps[taps.length - 1] = tap;
    }

    void removeTapsOf(Group group) {
        taps = Arrays.stream(taps).filter(tap -> tap.group() != group).toArray(TallyTap[]::new);
    }

    boolean hasTaps() {
        return taps.length > 0;
    }

    /** Counts one outcome; true if it is the first since the last tick. */
    boolean count(long second, double value, boolean failed) {
        boolean first = size == 0;
        int at = size - 1;
        while (at >= 0 && seconds[at] != second) {
            at--;
        }
        if (at < 0) {
            at = append(second);
        }
        int base = at * WIDTH;
        boolean over = value > threshold;
        counts[base]++;
        counts[base + 1] += failed ? 1 : 0;
        counts[base + 2] += over ? 1 : 0;
        counts[base + 3] += over || failed ? 1 : 0;
        return first;
    }

    private int append(long second) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        seconds[size] = second;
        Arrays.fill(counts, size * WIDTH, (size + 1) * WIDTH, 0);
        return size++;
    }

    /** Hands the increments on and begins anew. */
    void drain() {
        for (TallyTap tap : taps) {
            for (int i = 0; i < size; i++) {
                tap.group().tallied(tap.member(), tap.input(), seconds[i], counts, i * WIDTH);
            }
        }
        size = 0;
    }
}
