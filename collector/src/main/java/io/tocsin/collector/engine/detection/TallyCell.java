/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts outcomes by second of record time against one threshold, until the next tick. Shared by all series of a group and by all rules that see
 * the same group the same way, so that it stays in the processor's cache and costs one compare and one increment.
 */
final class TallyCell {
    /** all, failed, over, overOrFailed of each second. */
    static final int WIDTH = 4;

    /** Where increments go: a group's member and input. */
    record TallyTap(Group group, int member, int input) {
        static final Comparator<TallyTap> ORDER = Comparator.comparing(
                        (TallyTap tap) -> tap.group().rule(), StepClock.ORDER)
                .thenComparing(tap -> tap.group().attributes())
                .thenComparing(TallyTap::member)
                .thenComparing(TallyTap::input);
    }

    private final TallyCells.Key key;
    private final double threshold;
    private final List<TallyTap> taps = new ArrayList<>(2);
    private long second = Long.MIN_VALUE;
    private int all;
    private int failed;
    private int over;
    private int overOrFailed;
    /** Seconds other than the current one. */
    private long[] seconds = new long[4];

    private long[] counts = new long[4 * WIDTH];
    private int size;
    private boolean dirty;

    TallyCell(TallyCells.Key key) {
        this.key = key;
        this.threshold = key.threshold();
    }

    TallyCells.Key key() {
        return key;
    }

    /** The first of those who want it, in an order that does not depend on when they came. */
    TallyTap firstTap() {
        return taps.stream().min(TallyTap.ORDER).orElseThrow();
    }

    /** What was counted since the last tick. */
    void save(StateWriter out) {
        turnTo(Long.MIN_VALUE);
        out.writeSize(size);
        IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparing(at -> seconds[at]))
                .forEach(at -> {
                    out.writeNumber(seconds[at]);
                    for (int i = 0; i < WIDTH; i++) {
                        out.writeSize(counts[at * WIDTH + i]);
                    }
                });
    }

    /** Passes over what a cell saved that nobody wants any more. */
    static void skip(StateReader in) throws IOException {
        for (int left = in.readCount(); left > 0; left--) {
            in.readNumber();
            for (int i = 0; i < WIDTH; i++) {
                in.readSize();
            }
        }
    }

    void restore(StateReader in) throws IOException {
        for (int left = in.readCount(); left > 0; left--) {
            int at = append(in.readNumber());
            for (int i = 0; i < WIDTH; i++) {
                counts[at * WIDTH + i] = in.readSize();
            }
        }
        dirty = true;
    }

    void add(TallyTap tap) {
        if (!taps.contains(tap)) {
            taps.add(tap);
        }
    }

    void removeTapsOf(Group group) {
        taps.removeIf(tap -> tap.group() == group);
    }

    /** The member is forgotten: its number may mean another one tomorrow. */
    void removeTapsOf(Group group, int member) {
        taps.removeIf(tap -> tap.group() == group && tap.member() == member && group.tellsMembersApart(tap.input()));
    }

    boolean has(TallyTap tap) {
        return taps.contains(tap);
    }

    boolean isWantedBy(Group group) {
        for (TallyTap tap : taps) {
            if (tap.group() == group) {
                return true;
            }
        }
        return false;
    }

    boolean isWanted() {
        return !taps.isEmpty();
    }

    /** Counts one outcome; true if it is the first since the last tick. */
    boolean count(long ofSecond, double value, boolean isFailed) {
        if (ofSecond != second) {
            turnTo(ofSecond);
        }
        boolean isOver = value > threshold;
        all++;
        failed += isFailed ? 1 : 0;
        over += isOver ? 1 : 0;
        overOrFailed += isOver || isFailed ? 1 : 0;
        if (dirty) {
            return false;
        }
        dirty = true;
        return true;
    }

    private void turnTo(long newSecond) {
        putAway();
        second = newSecond;
        all = 0;
        failed = 0;
        over = 0;
        overOrFailed = 0;
    }

    private void putAway() {
        if (all == 0) {
            return;
        }
        int at = size - 1;
        while (at >= 0 && seconds[at] != second) {
            at--;
        }
        if (at < 0) {
            at = append(second);
        }
        int base = at * WIDTH;
        counts[base] += all;
        counts[base + 1] += failed;
        counts[base + 2] += over;
        counts[base + 3] += overOrFailed;
    }

    private int append(long newSecond) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        seconds[size] = newSecond;
        Arrays.fill(counts, size * WIDTH, (size + 1) * WIDTH, 0);
        return size++;
    }

    /** Hands the increments on and begins anew. */
    void drain() {
        turnTo(Long.MIN_VALUE);
        for (TallyTap tap : taps) {
            for (int i = 0; i < size; i++) {
                tap.group().tallied(tap.member(), tap.input(), seconds[i], counts, i * WIDTH);
            }
        }
        size = 0;
        dirty = false;
    }
}
