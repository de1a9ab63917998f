/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that run calls. Nothing may block on them: calls that wait are answered later. What waits for a thread is bounded by the calls that
 * are open, each of which waits once at most. Thread-safe.
 */
public final class CallThreads implements Executor {
    private static final int LEAST = 4;
    private static final long CLOSE_SECONDS = 2;

    private final AtomicInteger made = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    public CallThreads(int processors) {
        int size = Math.max(LEAST, 2 * processors);
        threads = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tocsin-call-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Runs what waits, two seconds at most. */
    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
