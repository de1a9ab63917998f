/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.store.EventLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves all subscribers. It sleeps until an event is appended, a subscriber reads on, or it is time for a keep-alive;
 * each subscriber then gets a turn of bounded length, so that none starves the others. The engine and gRPC only wake it.
 */
final class Subscriptions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final SubscriptionSettings settings;
    private final SubscriptionCounters counters;
    private final InstantSource clock;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentLinkedQueue<Subscriber> arriving = new ConcurrentLinkedQueue<>();
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final IdentityHashMap<EventLog, Watch> watches = new IdentityHashMap<>();
    private final Thread thread = new Thread(this::serve, "tocsin-subscriptions");
    private volatile boolean stopping;

    /** One listener for a log, however many subscribers it has. */
    private static final class Watch {
        final EventLog.Subscription listening;
        int subscribers;

        Watch(EventLog.Subscription listening) {
            this.listening = listening;
        }
    }

    Subscriptions(SubscriptionSettings settings, SubscriptionCounters counters, InstantSource clock) {
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Throws RESOURCE_EXHAUSTED if there are as many as there may be; each reservation is followed by one {@link #add}. */
    void reserve() {
        if (open.incrementAndGet() > settings.maxSubscribers()) {
            open.decrementAndGet();
            counters.refused.increment();
            throw CallErrors.exhausted(
                    "there are " + settings.maxSubscribers() + " subscriptions, more are not served; try again later",
                    Duration.ofSeconds(5));
        }
    }

    void add(Subscriber subscriber) {
        counters.opened.increment();
        arriving.add(subscriber);
        wake();
    }

    /** From any thread; never blocks. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            work.release();
        }
    }

    private void serve() {
        boolean more = false;
        while (!stopping) {
            try {
                if (!more) {
                    var unused =
                            work.tryAcquire(Math.max(1, settings.keepAlive().toMillis() / 5), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                break;
            }
            // in this order: a wake-up between the two would else leave the mark without its permit, and nobody would
            // wake this again
            work.drainPermits();
            woken.set(false);
            more = turn();
        }
        endAll();
    }

    /** True: somebody reads on and there is more. */
    private boolean turn() {
        for (@Nullable Subscriber next = arriving.poll(); next != null; next = arriving.poll()) {
            subscribers.add(next);
            watch(next.events());
        }
        boolean more = false;
        long now = clock.millis();
        for (Iterator<Subscriber> all = subscribers.iterator(); all.hasNext(); ) {
            Subscriber subscriber = all.next();
            more |= serve(subscriber, now);
            if (subscriber.isGone()) {
                all.remove();
                unwatch(subscriber.events());
                subscriber.left();
                open.decrementAndGet();
            }
        }
        return more;
    }

    private static boolean serve(Subscriber subscriber, long now) {
        if (subscriber.isGone()) {
            return false;
        }
        try {
            boolean more = subscriber.advance(now);
            subscriber.keepAlive(now);
            return more;
        } catch (RuntimeException e) {
            // one subscriber's trouble is not the others'
            subscriber.end(CallErrors.of(e));
            return false;
        }
    }

    private void watch(EventLog events) {
        watches.computeIfAbsent(events, log -> new Watch(log.onAppend(this::wake))).subscribers++;
    }

    private void unwatch(EventLog events) {
        Watch watch = watches.get(events);
        if (watch != null && --watch.subscribers == 0) {
            watches.remove(events);
            watch.listening.close();
        }
    }

    private void endAll() {
        var reason = CallErrors.unavailable("the collector stops", Duration.ofSeconds(1));
        subscribers.addAll(arriving);
        for (Subscriber subscriber : subscribers) {
            try {
                subscriber.end(reason);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "a subscriber went away while the collector stopped", e);
            }
        }
        watches.values().forEach(watch -> watch.listening.close());
    }

    /** Ends all subscriptions; waits at most two seconds. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
