/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A thread that takes turns, each of which says when the next is due, and sleeps until then or until it is woken. What it runs is a
 * function of the time it is given, and is tested without a thread.
 */
final class TurnThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TurnThread.class.getName());
    /** After a turn that threw, so that one that always does costs little. */
    private static final long AFTER_THROW_MILLIS = 1_000;
    /** No turn waits longer: a clock may be set. */
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private static final long DRAIN_LOOK_MILLIS = 10;

    /** Work, done bit by bit. */
    interface Turn {
        /** Does what is due, and returns when more is: at once if that is not in the future; Long.MAX_VALUE: when woken. */
        long turn(long nowMillis);
    }

    private final Turn work;
    private final InstantSource clock;
    private final Semaphore woken = new Semaphore(0);
    private final AtomicBoolean marked = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopping;

    TurnThread(String name, Turn work, InstantSource clock) {
        this.work = work;
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From any thread; never blocks. */
    void wake() {
        if (marked.compareAndSet(false, true)) {
            woken.release();
        }
    }

    private void run() {
        while (!stopping) {
            long next = turn();
            long wait = next == Long.MAX_VALUE ? LONGEST_WAIT_MILLIS : next - clock.millis();
            try {
                if (wait > 0) {
                    var unused = woken.tryAcquire(Math.min(wait, LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            }
            // in this order: see Subscriptions
            woken.drainPermits();
            marked.set(false);
        }
    }

    private long turn() {
        try {
            return work.turn(clock.millis());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, thread.getName() + " failed and goes on", e);
            return clock.millis() + AFTER_THROW_MILLIS;
        }
    }

    /** Waits until the work is done, or patience is over, or the thread has ended. */
    void drain(BooleanSupplier done, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        wake();
        try {
            while (thread.isAlive() && !done.getAsBoolean() && System.nanoTime() < end) {
                thread.join(DRAIN_LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the turn that it is in, or interrupts that after {@code patience}. */
    void stop(Duration patience) {
        stopping = true;
        wake();
        try {
            thread.join(Math.max(1, patience.toMillis()));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(Math.max(1, patience.toMillis()));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(1));
    }
}
