/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

import io.tocsin.client.WhenFull;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Where records wait for the sender: several rings, so that threads that record at once rarely meet. A thread keeps to
 * the ring that its id picks, which needs no state per thread and so suits virtual ones. Only when that ring is full are
 * the others tried, so that one busy thread has the whole queue; {@link WhenFull#WAIT} and tasks keep to their ring, and
 * with it to their order.
 *
 * <p>Thread-safe. Putting takes no lock and allocates nothing.
 */
public final class RecordQueue {
    private static final int MAX_RINGS = 16;
    private static final int MIN_RING_CAPACITY = 64;
    private static final int MAX_EVICTIONS = 8;
    private static final long FIRST_WAIT_NANOS = 20_000;
    private static final long LONGEST_WAIT_NANOS = 1_000_000;
    private static final RecordSink NOWHERE =
            (header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow) -> {};

    private final RecordRing[] rings;
    private final WhenFull whenFull;
    private final SenderBell bell;
    private final int ringMask;
    private final int ringBits;
    private final long bellMask;
    private int nextRing;

    private final LongAdder invalid = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder closedAtDoor = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder leftBehind = new LongAdder();
    private volatile boolean closed;

    /**
     * @param maxRecords 2 or more; the queue holds at most so many, rounded down to a power of two
     * @param batchRecords the sender's bell rings when about so many were put
     */
    public RecordQueue(int maxRecords, int batchRecords, WhenFull whenFull, SenderBell bell) {
        int capacity = Integer.highestOneBit(maxRecords);
        int wanted =
                Math.min(MAX_RINGS, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4));
        int count = Math.max(1, Math.min(wanted, capacity / MIN_RING_CAPACITY));
        rings = new RecordRing[count];
        for (int i = 0; i < count; i++) {
            rings[i] = new RecordRing(capacity / count);
        }
        ringMask = count - 1;
        ringBits = Integer.numberOfTrailingZeros(count);
        bellMask = Math.max(1, Integer.highestOneBit(Math.min(batchRecords, capacity / count) / 2)) - 1L;
        this.whenFull = whenFull;
        this.bell = bell;
    }

    /** Puts a record into the caller's own ring, or as {@link WhenFull} says. */
    public void put(long header, long timeMillis, double value) {
        put(header, timeMillis, value, 0, 0);
    }

    /** The same with a trace id, in halves; it counts if the header is {@link RecordHeader#traced}. */
    public void put(long header, long timeMillis, double value, long traceHigh, long traceLow) {
        if (closed) {
            closedAtDoor.increment();
            return;
        }
        int own = ownRing();
        if (putInto(own, header, timeMillis, value, 0, 0, traceHigh, traceLow)) {
            return;
        }
        if (whenFull != WhenFull.WAIT) {
            for (int i = 1; i < rings.length; i++) {
                if (putInto((own + i) & ringMask, header, timeMillis, value, 0, 0, traceHigh, traceLow)) {
                    return;
                }
            }
        }
        putIntoFull(own, header, timeMillis, value, 0, 0, traceHigh, traceLow);
    }

    /** Puts a task's start or completion into one ring, so that the one comes out before the other. */
    public void putTask(
            int ring,
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        if (closed) {
            closedAtDoor.increment();
        } else if (!putInto(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow)) {
            putIntoFull(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow);
        }
    }

    /** The ring that the current thread uses. */
    public int ownRing() {
        // Fibonacci hashing spreads ids that follow each other evenly, and those with a pattern well
        return ringBits == 0 ? 0 : (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> (64 - ringBits));
    }

    private boolean putInto(
            int ring,
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        long position = rings[ring].put(header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow);
        if (position == RecordRing.FULL) {
            return false;
        }
        if ((position & bellMask) == bellMask) {
            bell.ring();
        }
        return true;
    }

    private void putIntoFull(
            int ring,
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        boolean put = switch (whenFull) {
            case DROP_NEW -> false;
            case DROP_OLDEST ->
                evictAndPut(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow);
            case WAIT -> waitAndPut(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow);
        };
        if (!put) {
            (closed ? closedAtDoor : full).increment();
        }
    }

    private boolean evictAndPut(
            int ring,
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        // others may take the place that was made; a caller gives up rather than race for ever
        for (int i = 0; i < MAX_EVICTIONS; i++) {
            if (rings[ring].take(NOWHERE)) {
                evicted.increment();
            }
            if (putInto(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow)) {
                return true;
            }
        }
        return false;
    }

    private boolean waitAndPut(
            int ring,
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow) {
        long waitNanos = FIRST_WAIT_NANOS;
        while (!closed
                && !bell.isSender(Thread.currentThread())
                && !Thread.currentThread().isInterrupted()) {
            bell.ring();
            LockSupport.parkNanos(this, waitNanos);
            waitNanos = Math.min(LONGEST_WAIT_NANOS, waitNanos * 2);
            if (putInto(ring, header, timeMillis, value, taskId, deadlineMillis, traceHigh, traceLow)) {
                return true;
            }
        }
        return false;
    }

    /** Counts a record that could not even be queued. */
    public void countInvalid() {
        (closed ? closedAtDoor : invalid).increment();
    }

    /** Hands on up to {@code max} records, ring by ring; returns how many. For the sender's thread only. */
    public int drain(RecordSink sink, int max) {
        int taken = 0;
        for (int i = 0; i < rings.length && taken < max; i++) {
            RecordRing ring = rings[nextRing];
            while (taken < max && ring.take(sink)) {
                taken++;
            }
            if (taken < max) {
                nextRing = (nextRing + 1) & ringMask;
            }
        }
        return taken;
    }

    /** Records waiting, or just being put. */
    public long size() {
        long size = 0;
        for (RecordRing ring : rings) {
            long head = ring.head();
            size += Math.max(0, ring.tail() - head);
        }
        return size;
    }

    /** From now on records are dropped at the door. */
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Drops what a record that raced with the end of the sender has left; called when the sender is gone. */
    public void sweep() {
        for (RecordRing ring : rings) {
            while (ring.take(NOWHERE)) {
                leftBehind.increment();
            }
        }
    }

    /** How far each ring is filled now, to be compared by {@link #isDrainedTo}. */
    public long[] tails() {
        long[] tails = new long[rings.length];
        for (int i = 0; i < rings.length; i++) {
            tails[i] = rings[i].tail();
        }
        return tails;
    }

    /** Whether all that was there at the time of {@code tails} is out. */
    public boolean isDrainedTo(long[] tails) {
        for (int i = 0; i < rings.length; i++) {
            if (rings[i].head() < tails[i]) {
                return false;
            }
        }
        return true;
    }

    /** What came, what was dropped, and what waits, such that they add up with what the sender says it took. */
    public QueueCounts counts(long takenBySender) {
        // the rings are read last: nothing can then have left them that did not enter
        long evictedNow = evicted.sum();
        long leftNow = leftBehind.sum();
        long fullNow = full.sum();
        long invalidNow = invalid.sum();
        long closedNow = closedAtDoor.sum();
        long entered = 0;
        for (RecordRing ring : rings) {
            entered += ring.tail();
        }
        return new QueueCounts(
                entered + fullNow + invalidNow + closedNow,
                invalidNow,
                fullNow + evictedNow,
                closedNow + leftNow,
                entered - takenBySender - evictedNow - leftNow);
    }

    /**
     * A moment's counts.
     *
     * @param submitted records that ever came
     * @param invalid dropped as invalid
     * @param full dropped as the queue was full
     * @param closed dropped as the client was closed
     * @param waiting in the queue
     */
    public record QueueCounts(long submitted, long invalid, long full, long closed, long waiting) {}
}
