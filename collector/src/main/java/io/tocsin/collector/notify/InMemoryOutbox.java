/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tocsin.collector.notify.channel.Notification;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lives as long as the process. Thread-safe; no call blocks for long. */
final class InMemoryOutbox implements Outbox {
    private final int max;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<Notification> waiting = new ArrayDeque<>();

    InMemoryOutbox(int max) {
        this.max = max;
    }

    @Override
    public Optional<Notification> add(Notification notification) {
        synchronized (lock) {
            // the oldest goes: what is true now is in the newest
            Optional<Notification> givenUp =
                    waiting.size() >= max ? Optional.of(waiting.removeFirst()) : Optional.empty();
            waiting.addLast(notification);
            return givenUp;
        }
    }

    @Override
    public Optional<Notification> first() {
        synchronized (lock) {
            return Optional.ofNullable(waiting.peekFirst());
        }
    }

    @Override
    public void done(Notification notification) {
        synchronized (lock) {
            Notification first = waiting.peekFirst();
            if (first != null && first.id().equals(notification.id())) {
                waiting.removeFirst();
            }
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return waiting.size();
        }
    }
}
