/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static java.lang.System.Logger.Level.ERROR;

import io.tocsin.collector.engine.window.WindowSink;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Writes rollups on a thread of its own, so that the engine does not wait for the disk. Bounded by {@link #MAX_WINDOWS} that wait: beyond it the engine waits, which is counted; nothing
 * is left out, and ingest goes on. Thread-safe.
 */
final class RollupThread implements AutoCloseable {
    /** Some 250 MB if nobody else held them; while they are recent, queries do. */
    static final int MAX_WINDOWS = 500_000;

    private static final System.Logger LOG = System.getLogger(RollupThread.class.getName());

    /** Something to do. */
    private record Task(int windows, Runnable work) {}

    private final RollupBuilder builder;
    private final RollupRetention retention;
    private final RollupCounters counters;
    private final Thread thread;
    private final Object lock = new Object();
    /** Guarded by lock, as are the rest. */
    private final Queue<Task> tasks = new ArrayDeque<>();

    private int windows;
    private boolean closed;
    private String problem = "";

    RollupThread(RollupBuilder builder, RollupRetention retention, RollupCounters counters) {
        this.builder = builder;
        this.retention = retention;
        this.counters = counters;
        this.thread = new Thread(this::run, "tocsin-rollups");
        this.thread.setDaemon(true);
        thread.start();
    }

    void sealed(long startMillis, List<WindowSink.Sealed> sealed) {
        add(new Task(sealed.size(), () -> builder.sealed(startMillis, sealed)));
    }

    void sealedBefore(long beforeMillis) {
        add(new Task(0, () -> {
            builder.sealedBefore(beforeMillis);
            retention.enforce(beforeMillis);
        }));
    }

    /** Returns when all that was given before is written. */
    void drain() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        add(new Task(0, () -> reached.complete(null)));
        try {
            reached.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while rollups were written", e);
        } catch (ExecutionException e) {
            throw new StoreException("rollups cannot be written", e);
        }
    }

    private void add(Task task) {
        synchronized (lock) {
            if (windows > 0 && windows + task.windows() > MAX_WINDOWS && !isOver()) {
                counters.engineWaits.increment();
                awaitRoom(task.windows());
            }
            if (isOver()) {
                throw new IllegalStateException(problem.isEmpty() ? "rollups are not written any more" : problem);
            }
            windows += task.windows();
            tasks.add(task);
            lock.notifyAll();
        }
    }

    private void awaitRoom(int more) {
        try {
            while (windows > 0 && windows + more > MAX_WINDOWS && !isOver()) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while rollups were written", e);
        }
    }

    private boolean isOver() {
        return closed || !problem.isEmpty();
    }

    private void run() {
        try {
            for (Task task = next(); task != null; task = next()) {
                task.work().run();
                synchronized (lock) {
                    windows -= task.windows();
                    lock.notifyAll();
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "rollups cannot be written any more", e);
            synchronized (lock) {
                problem = "rollups cannot be written any more: " + e.getMessage();
                lock.notifyAll();
            }
        }
    }

    private @org.jspecify.annotations.Nullable Task next() {
        synchronized (lock) {
            try {
                while (tasks.isEmpty() && !closed) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            return tasks.poll();
        }
    }

    /** Windows that wait to be written. */
    int waiting() {
        synchronized (lock) {
            return windows;
        }
    }

    /** Why it writes no more; "" while it does. */
    String problem() {
        synchronized (lock) {
            return problem;
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
