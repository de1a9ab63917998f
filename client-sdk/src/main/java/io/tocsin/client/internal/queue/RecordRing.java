/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of records in one array. Any number of threads may put and take, none waits for another: a place is
 * claimed by moving a position, and each place carries the turn at which it may be written or read next. Whoever reads a
 * record sees all that its writer wrote, because the turn is stored with release and read with acquire.
 *
 * <p>Source: D. Vyukov, "Bounded MPMC queue". Thread-safe.
 */
final class RecordRing {
    static final long FULL = -1;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    // a place: its turn, then the record
    private static final int HEADER = 1;
    private static final int TIME = 2;
    private static final int VALUE = 3;
    private static final int TASK = 4;
    private static final int DEADLINE = 5;
    /** Written and read only for a record whose header says that it belongs to a trace. */
    private static final int TRACE_HIGH = 6;

    private static final int TRACE_LOW = 7;
    private static final int PLACE_LONGS = 8;

    // 128 bytes apart from each other and from whatever the heap has beside them, so that writers do not slow the
    // reader
    private static final int TAIL = 16;
    private static final int HEAD = 32;

    private final long[] positions = new long[48];
    private final long[] places;
    private final int mask;

    /** @param capacity a power of two from 2 on: with one place, "written" and "free for the next turn" would be one turn */
    RecordRing(int capacity) {
        if (capacity < 2 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two from 2 on, was " + capacity);
        }
        places = new long[capacity * PLACE_LONGS];
        mask = capacity - 1;
        for (int i = 0; i < capacity; i++) {
            places[i * PLACE_LONGS] = i;
        }
        VarHandle.releaseFence();
    }

    /** Returns the position at which the record was put, 0 for the first, or {@link #FULL}. */
    long put(
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        long position = (long) LONGS.getOpaque(positions, TAIL);
        while (true) {
            int place = ((int) position & mask) * PLACE_LONGS;
            long ahead = (long) LONGS.getAcquire(places, place) - position;
            if (ahead == 0 && LONGS.compareAndSet(positions, TAIL, position, position + 1)) {
                places[place + HEADER] = header;
                places[place + TIME] = timeMillis;
                places[place + VALUE] = Double.doubleToRawLongBits(value);
                places[place + TASK] = taskId;
                places[place + DEADLINE] = deadlineMillis;
                if (RecordHeader.isTraced(header)) {
                    places[place + TRACE_HIGH] = traceHigh;
                    places[place + TRACE_LOW] = traceLow;
                }
                LONGS.setRelease(places, place, position + 1);
                return position;
            }
            long now = (long) LONGS.getAcquire(positions, TAIL);
            if (ahead < 0 && now == position) {
                return FULL;
            }
            position = now;
        }
    }

    /** Hands the oldest record on; false if there is none, or its writer is not done with it. */
    boolean take(RecordSink sink) {
        long position = (long) LONGS.getOpaque(positions, HEAD);
        while (true) {
            int place = ((int) position & mask) * PLACE_LONGS;
            long ahead = (long) LONGS.getAcquire(places, place) - (position + 1);
            if (ahead == 0 && LONGS.compareAndSet(positions, HEAD, position, position + 1)) {
                long header = places[place + HEADER];
                long time = places[place + TIME];
                double value = Double.longBitsToDouble(places[place + VALUE]);
                long task = places[place + TASK];
                long deadline = places[place + DEADLINE];
                boolean traced = RecordHeader.isTraced(header);
                long traceHigh = traced ? places[place + TRACE_HIGH] : 0;
                long traceLow = traced ? places[place + TRACE_LOW] : 0;
                LONGS.setRelease(places, place, position + mask + 1);
                sink.accept(header, time, value, task, deadline, traceHigh, traceLow);
                return true;
            }
            long now = (long) LONGS.getAcquire(positions, HEAD);
            if (ahead < 0 && now == position) {
                return false;
            }
            position = now;
        }
    }

    /** How many records were ever put, or are just being put. */
    long tail() {
        return (long) LONGS.getAcquire(positions, TAIL);
    }

    /** How many records were ever taken, or are just being taken. */
    long head() {
        return (long) LONGS.getAcquire(positions, HEAD);
    }

    int capacity() {
        return mask + 1;
    }
}
