/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.stub.ServerCallStreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves all watches. What several watch is asked for once in an interval, for all of them. A watch shows a state, not
 * events: whoever reads slowly gets the newest answer and none of those between. Bounded by number.
 */
final class Watches implements AutoCloseable {
    /** An answer goes out after this though nothing changed. */
    static final long AT_LEAST_EVERY_MILLIS = 15_000;

    private static final long USUAL_INTERVAL_MILLIS = 1_000;
    private static final long MIN_INTERVAL_MILLIS = 250;
    private static final long MAX_INTERVAL_MILLIS = 3_600_000;
    private static final long LONGEST_SLEEP_MILLIS = 100;
    private static final java.time.Duration STOP_WITHIN = java.time.Duration.ofSeconds(2);
    private static final java.time.Duration RETRY_AFTER = java.time.Duration.ofSeconds(5);

    private record Arriving<T extends Message>(Watched<T> watched, Watcher<T> watcher) {}

    private final int maxWatches;
    private final QueryCounters counters;
    private final InstantSource clock;
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Arriving<?>> arriving = new ConcurrentLinkedQueue<>();
    private final Map<Answers.Question, WatchTopic<?>> topics = new HashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread = new Thread(this::serve, "tocsin-watches");
    private volatile boolean stopping;

    Watches(int maxWatches, QueryCounters counters, InstantSource clock) {
        this.maxWatches = maxWatches;
        this.counters = counters;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** As asked; throws INVALID_ARGUMENT. */
    static long intervalMillis(boolean has, Duration asked) {
        if (!has) {
            return USUAL_INTERVAL_MILLIS;
        }
        long millis = CallTimes.millis("interval", asked);
        if (millis < MIN_INTERVAL_MILLIS || millis > MAX_INTERVAL_MILLIS) {
            throw CallErrors.invalid("interval", "must be 250 ms to 1 h, was " + millis / 1e3 + " s");
        }
        return millis;
    }

    /** Throws RESOURCE_EXHAUSTED if there are as many as there may be. */
    <T extends Message> void add(ServerCallStreamObserver<T> call, long intervalMillis, Watched<T> watched) {
        if (open.incrementAndGet() > maxWatches) {
            open.decrementAndGet();
            counters.watchesRefused.increment();
            throw CallErrors.exhausted(
                    "there are " + maxWatches + " watches, more are not served; ask now and then instead, or try again"
                            + " later",
                    RETRY_AFTER);
        }
        counters.watchesOpened.increment();
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::wake);
        arriving.add(new Arriving<>(watched, new Watcher<>(call, intervalMillis, counters)));
        wake();
    }

    /** From any thread; never blocks. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            work.release();
        }
    }

    private void serve() {
        while (!stopping) {
            try {
                var unused = work.tryAcquire(sleepMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                break;
            }
            // in this order, so that a wake-up between the two leaves its permit
            work.drainPermits();
            woken.set(false);
            turn(clock.millis());
        }
        endAll();
    }

    private long sleepMillis() {
        long next =
                topics.values().stream().mapToLong(WatchTopic::nextMillis).min().orElse(Long.MAX_VALUE);
        return Math.max(1, Math.min(LONGEST_SLEEP_MILLIS, next - Math.min(next, clock.millis())));
    }

    private void turn(long nowMillis) {
        welcome();
        for (Iterator<WatchTopic<?>> all = topics.values().iterator(); all.hasNext(); ) {
            WatchTopic<?> topic = all.next();
            int gone = topic.turn(nowMillis);
            open.addAndGet(-gone);
            counters.watchesClosed.add(gone);
            if (topic.isEmpty()) {
                all.remove();
            }
        }
    }

    private void welcome() {
        for (@Nullable Arriving<?> next = arriving.poll(); next != null; next = arriving.poll()) {
            welcome(next);
        }
    }

    @SuppressWarnings("unchecked") // a question says what its answer is
    private <T extends Message> void welcome(Arriving<T> next) {
        WatchTopic<T> topic = (WatchTopic<T>)
                topics.computeIfAbsent(next.watched().question(), q -> new WatchTopic<>(next.watched(), this::wake));
        topic.add(next.watcher());
    }

    private void endAll() {
        welcome();
        RuntimeException reason = CallErrors.unavailable("the collector stops", java.time.Duration.ofSeconds(1));
        topics.values().forEach(topic -> topic.end(reason));
    }

    /** Ends all watches; waits at most two seconds. */
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
