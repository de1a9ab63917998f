/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.detectors.Tallies;
import java.util.Arrays;

/** Increments for one group since the last tick, ordered by member, input and second. One object, filled again and again. */
final class TallyRows implements Tallies {
    private int size;
    private int[] members = new int[8];
    private int[] inputs = new int[8];
    private long[] seconds = new long[8];
    private long[] counts = new long[8 * TallyCell.WIDTH];
    private long nowMillis;

    /** Adds increments to the row of member, input and second, which is made if there is none. */
    void add(int member, int input, long second, long[] from, int base) {
        int at = size;
        while (at > 0 && compare(at - 1, member, input, second) > 0) {
            at--;
        }
        if (at == 0 || compare(at - 1, member, input, second) != 0) {
            insert(at, member, input, second);
        } else {
            at--;
        }
        for (int i = 0; i < TallyCell.WIDTH; i++) {
            counts[at * TallyCell.WIDTH + i] += from[base + i];
        }
    }

    private int compare(int row, int member, int input, long second) {
        if (members[row] != member) {
            return Integer.compare(members[row], member);
        }
        return inputs[row] != input ? Integer.compare(inputs[row], input) : Long.compare(seconds[row], second);
    }

    private void insert(int at, int member, int input, long second) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
            inputs = Arrays.copyOf(inputs, size * 2);
            seconds = Arrays.copyOf(seconds, size * 2);
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        int width = TallyCell.WIDTH;
        System.arraycopy(members, at, members, at + 1, size - at);
        System.arraycopy(inputs, at, inputs, at + 1, size - at);
        System.arraycopy(seconds, at, seconds, at + 1, size - at);
        System.arraycopy(counts, at * width, counts, (at + 1) * width, (size - at) * width);
        members[at] = member;
        inputs[at] = input;
        seconds[at] = second;
        Arrays.fill(counts, at * width, (at + 1) * width, 0);
        size++;
    }

    void now(long millis) {
        nowMillis = millis;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int member(int row) {
        return members[row];
    }

    @Override
    public int input(int row) {
        return inputs[row];
    }

    @Override
    public long second(int row) {
        return seconds[row];
    }

    @Override
    public long all(int row) {
        return counts[row * TallyCell.WIDTH];
    }

    @Override
    public long failed(int row) {
        return counts[row * TallyCell.WIDTH + 1];
    }

    @Override
    public long over(int row) {
        return counts[row * TallyCell.WIDTH + 2];
    }

    @Override
    public long overOrFailed(int row) {
        return counts[row * TallyCell.WIDTH + 3];
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }
}
