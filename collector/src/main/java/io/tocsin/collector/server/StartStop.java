/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What runs, so that it is stopped in the reverse order of its start, once, whatever fails. Thread-safe. */
final class StartStop {
    private static final Logger LOG = System.getLogger(StartStop.class.getName());

    /** A stop that states its own bound in time. */
    interface Stop {
        void stop();
    }

    private record Running(String name, Stop stop) {}

    private final Deque<Running> running = new ArrayDeque<>();

    /** {@code name} runs from now on. */
    synchronized void started(String name, Stop stop) {
        running.push(new Running(name, stop));
    }

    /** Stops all; a second call does nothing. */
    synchronized void stopAll() {
        while (!running.isEmpty()) {
            Running last = running.pop();
            try {
                last.stop().stop();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, last.name() + " could not be stopped", e);
            }
        }
    }
}
