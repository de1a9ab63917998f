/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last values, in order of arrival and in order of size. Kept in single precision, far finer than anything measured: 8 bytes a value. */
final class RecentSorted {
    private final float[] arrived;
    private final float[] sorted;
    private int size;
    private int next;

    RecentSorted(int capacity) {
        arrived = new float[capacity];
        sorted = new float[capacity];
    }

    void add(double exact) {
        float value = (float) exact;
        if (size == arrived.length) {
            int gone = Arrays.binarySearch(sorted, 0, size, arrived[next]);
            size--;
            System.arraycopy(sorted, gone + 1, sorted, gone, size - gone);
        }
        arrived[next] = value;
        next = next + 1 == arrived.length ? 0 : next + 1;
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int place = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = value;
        size++;
    }

    int size() {
        return size;
    }

    double at(int rank) {
        return sorted[rank];
    }

    double median() {
        return ((double) sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }

    /** The median of the distances from the median, by walking outwards from it. */
    double medianDistance() {
        double median = median();
        int below = (size - 1) / 2;
        int above = below + 1;
        double distance = 0;
        for (int taken = 0; taken <= size / 2; taken++) {
            double down = below >= 0 ? median - sorted[below] : Double.POSITIVE_INFINITY;
            double up = above < size ? sorted[above] - median : Double.POSITIVE_INFINITY;
            if (down <= up) {
                distance = down;
                below--;
            } else {
                distance = up;
                above++;
            }
        }
        return Double.isInfinite(distance) ? 0 : distance;
    }

    /** What neighbours have in common: the mean product of their distances from the median, none taken as more than so far. */
    double autocovariance(double farthest) {
        double median = median();
        int place = size == arrived.length ? next : 0;
        double before = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double distance = Math.max(-farthest, Math.min(farthest, arrived[place] - median));
            sum += distance * before;
            before = distance;
            place = place + 1 == arrived.length ? 0 : place + 1;
        }
        return sum / size;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(size);
        int first = size == arrived.length ? next : 0;
        for (int i = 0; i < size; i++) {
            out.writeFloat(arrived[(first + i) % arrived.length]);
        }
    }

    void restore(DataInput in) throws IOException {
        int saved = in.readInt();
        for (int i = 0; i < saved; i++) {
            add(in.readFloat()); // a smaller window size keeps the latest
        }
    }
}
