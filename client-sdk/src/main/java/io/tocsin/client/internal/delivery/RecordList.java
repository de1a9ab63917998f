/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.internal.queue.RecordSink;
import java.util.Arrays;

/** Records in order; grows to the largest batch and stays. Not thread-safe. */
final class RecordList implements RecordSink {
    private static final int LONGS = 7;

    private long[] numbers = new long[16 * LONGS];
    private int size;

    @Override
    public void accept(
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        int at = size++ * LONGS;
        if (at == numbers.length) {
            numbers = Arrays.copyOf(numbers, at * 2);
        }
        numbers[at] = header;
        numbers[at + 1] = timeMillis;
        numbers[at + 2] = Double.doubleToRawLongBits(value);
        numbers[at + 3] = taskId;
        numbers[at + 4] = deadlineMillis;
        numbers[at + 5] = traceHigh;
        numbers[at + 6] = traceLow;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void forEach(RecordSink sink) {
        for (int at = 0; at < size * LONGS; at += LONGS) {
            sink.accept(
                    numbers[at],
                    numbers[at + 1],
                    Double.longBitsToDouble(numbers[at + 2]),
                    numbers[at + 3],
                    numbers[at + 4],
                    numbers[at + 5],
                    numbers[at + 6]);
        }
    }
}
