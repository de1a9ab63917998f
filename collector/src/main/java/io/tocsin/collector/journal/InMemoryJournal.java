/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps entries until the engine has applied them. Nothing survives a restart, so {@link #force} only hands over. Thread-safe.
 */
public final class InMemoryJournal implements Journal {
    private final Object lock = new Object();
    /** Confined to the writer's thread. */
    private final List<Entry> unforced = new ArrayList<>();
    /** Guarded by lock; the first has offset {@code firstOffset}. */
    private final Deque<Entry> forced = new ArrayDeque<>();

    private long firstOffset = 1;
    private long forcedOffset;
    private long unappliedBytes;
    private boolean closed;
    private boolean woken;

    @Override
    public long append(Entry entry) {
        unforced.add(entry);
        return forcedOffset() + unforced.size();
    }

    @Override
    public void force() {
        synchronized (lock) {
            for (Entry entry : unforced) {
                forced.add(entry);
                unappliedBytes += bytes(entry);
            }
            forcedOffset += unforced.size();
            lock.notifyAll();
        }
        unforced.clear();
    }

    @Override
    public long forcedOffset() {
        synchronized (lock) {
            return forcedOffset;
        }
    }

    @Override
    public int read(long offset, int max, long waitMillis, List<Entry> into) throws InterruptedException {
        synchronized (lock) {
            if (forcedOffset <= offset && !closed && !woken && waitMillis > 0) {
                TimeUnit.MILLISECONDS.timedWait(lock, waitMillis);
            }
            woken = false;
            int read = 0;
            long skip = offset + 1 - firstOffset;
            for (Entry entry : forced) {
                if (skip-- > 0) {
                    continue;
                }
                if (read == max) {
                    break;
                }
                into.add(entry);
                read++;
            }
            return read;
        }
    }

    @Override
    public void applied(long offset) {
        synchronized (lock) {
            while (firstOffset <= offset && !forced.isEmpty()) {
                unappliedBytes -= bytes(forced.removeFirst());
                firstOffset++;
            }
        }
    }

    @Override
    public long unappliedBytes() {
        synchronized (lock) {
            return unappliedBytes;
        }
    }

    @Override
    public void wakeReader() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private static long bytes(Entry entry) {
        return entry instanceof Entry.Batch batch ? batch.bytes().length : 64;
    }
}
