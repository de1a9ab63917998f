/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Keeps the process's log off a screen that is drawn on: while it is open, entries wait here, at most 1,000, instead of going to standard
 * error. Thread-safe.
 */
public final class LogCapture implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Logger root = Logger.getLogger("");
    private final List<Handler> before = List.of(root.getHandlers());
    private final Handler handler = new Queue();

    /** Begins. */
    public LogCapture() {
        before.forEach(root::removeHandler);
        root.addHandler(handler);
    }

    /** What came since the last call. */
    public List<String> take() {
        List<String> taken = new ArrayList<>();
        waiting.drainTo(taken);
        long dropped = lost.getAndSet(0);
        if (dropped > 0) {
            taken.add(dropped + " more, which came too fast to be kept");
        }
        return taken;
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        for (Handler each : before) {
            root.removeHandler(each);
            root.addHandler(each);
        }
    }

    private final class Queue extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                Throwable thrown = entry.getThrown();
                if (!waiting.offer(formatter.formatMessage(entry) + (thrown == null ? "" : " (" + thrown + ")"))) {
                    lost.incrementAndGet();
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
