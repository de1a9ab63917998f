/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.TracedBatch;
import java.util.Arrays;

/** Which traces the records of the batch being made belong to, the first few of them. Confined to the sender's thread. */
final class TracesOfBatch {
    private final long[] halves = new long[2 * TracedBatch.MAX_TRACES];
    private int used;
    private int records;

    /** Counts a record; 0 in both halves is no trace. */
    void add(long high, long low) {
        if ((high | low) == 0) {
            return;
        }
        records++;
        for (int i = 0; i < used; i += 2) {
            if (halves[i] == high && halves[i + 1] == low) {
                return;
            }
        }
        if (used < halves.length) {
            halves[used++] = high;
            halves[used++] = low;
        }
    }

    boolean areNone() {
        return records == 0;
    }

    /** Records that belong to any trace. */
    int records() {
        return records;
    }

    /** Halves of different ids in turn; a new array. */
    long[] ids() {
        return Arrays.copyOf(halves, used);
    }

    void clear() {
        used = 0;
        records = 0;
    }
}
