/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static java.lang.System.Logger.Level.ERROR;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Journal;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.EngineTrails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Feeds an engine from its journal, on the one thread that owns all of its state, and shows views to whoever asks.
 *
 * <p>When an entry cannot be applied the engine stands still there: what was published stays readable, and {@link #problem} says why.
 */
public final class EngineThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EngineThread.class.getName());
    private static final int ENTRIES_AT_ONCE = 256;
    private static final long IDLE_WAIT_MILLIS = 250;
    /** Askers that need no certain position share a view that is at most this old. */
    private static final long SHARED_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Askers that wait for entries to come; further ones are refused. */
    static final int MAX_WAITING_REQUESTS = 10_000;

    /** Hears of each entry when it has been applied, on the engine's thread: what it does there holds the engine up. */
    public interface Follower {
        void applied(long offset, Entry entry);

        /** The engine stops, after this entry; not told when it cannot go on. */
        default void stopped(long offset) {}
    }

    private static final Follower NOBODY = (offset, entry) -> {};

    private record Request(long offset, CompletableFuture<Void> shown) {}

    private final Engine engine;
    private final Journal journal;
    private final EngineTrails trails;
    private final Thread thread;
    private Follower follower = NOBODY;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    private volatile long appliedOffset;
    private volatile long shownOffset;
    private volatile long engineMillis;
    private volatile long firstRecordMillis;
    private volatile long lastRecordMillis;
    private volatile int series;
    private volatile boolean ended;
    private volatile long publication;
    private volatile String problem = "";
    private volatile boolean stopping;

    /** Confined to the thread. */
    private long publishedOffset = -1;

    private long publishedAtNanos;
    /** Those whose entry is still to come, the next one first. */
    private final PriorityQueue<Request> waiting = new PriorityQueue<>(Comparator.comparingLong(Request::offset));

    /** An engine whose steps nobody hears of. */
    public EngineThread(int partition, Engine engine, Journal journal) {
        this(partition, engine, journal, EngineTrails.NONE);
    }

    public EngineThread(int partition, Engine engine, Journal journal, EngineTrails trails) {
        this.engine = engine;
        this.journal = journal;
        this.trails = trails;
        this.thread = new Thread(this::run, "tocsin-engine-" + partition);
        this.thread.setDaemon(true);
    }

    /** Before it starts. */
    public void follow(Follower by) {
        follower = by;
    }

    /** The engine has the state that this entry left; what comes after it will be read. Before it starts. */
    public void resume(long offset) {
        appliedOffset = offset;
        show();
    }

    public void start() {
        thread.start();
    }

    /** See {@link io.tocsin.collector.partition.Partition#published}. */
    public CompletableFuture<Void> published(long offset) {
        CompletableFuture<Void> shown = new CompletableFuture<>();
        requests.add(new Request(offset, shown));
        if (stopping || !problem.isEmpty()) {
            failRequests();
        } else {
            journal.wakeReader();
        }
        return shown;
    }

    private void run() {
        List<Entry> entries = new ArrayList<>(ENTRIES_AT_ONCE);
        try {
            while (!stopping || journal.forcedOffset() > appliedOffset) {
                entries.clear();
                journal.read(appliedOffset, ENTRIES_AT_ONCE, IDLE_WAIT_MILLIS, entries);
                apply(entries);
                answerRequests();
            }
            follower.stopped(appliedOffset);
        } catch (IOException | RuntimeException | Error e) {
            problem = "the engine stands still after entry " + appliedOffset + ": " + e;
            LOG.log(ERROR, problem, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopping = true;
        requests.addAll(waiting);
        failRequests();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void apply(List<Entry> entries) {
        for (Entry entry : entries) {
            BatchTrail trail = trails.applying(appliedOffset + 1);
            engine.apply(appliedOffset + 1, entry);
            trail.applied();
            appliedOffset++;
            follower.applied(appliedOffset, entry);
        }
        if (!entries.isEmpty()) {
            show();
            journal.applied(appliedOffset);
        }
    }

    private void show() {
        engineMillis = engine.engineMillis();
        firstRecordMillis = engine.firstRecordMillis();
        lastRecordMillis = engine.lastRecordMillis();
        series = engine.series();
        engine.showCounters();
        ended = engine.hasEnded();
        shownOffset = appliedOffset;
    }

    private void answerRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            if (request.offset() <= appliedOffset) {
                answer(request);
            } else {
                await(request);
            }
        }
        while (!waiting.isEmpty() && waiting.element().offset() <= appliedOffset) {
            answer(waiting.remove());
        }
    }

    private void answer(Request request) {
        publishFor(request);
        request.shown().complete(null);
    }

    private void await(Request request) {
        if (waiting.size() >= MAX_WAITING_REQUESTS) {
            waiting.removeIf(one -> one.shown().isDone()); // whose asker gave up
        }
        if (waiting.size() >= MAX_WAITING_REQUESTS) {
            request.shown()
                    .completeExceptionally(new IllegalStateException(
                            MAX_WAITING_REQUESTS + " others wait for entries that the engine has not applied yet"));
        } else {
            waiting.add(request);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void publishFor(Request request) {
        long now = System.nanoTime();
        boolean sharable = request.offset() == 0 && publishedOffset >= 0 && now - publishedAtNanos < SHARED_FOR_NANOS;
        boolean current =
                publishedOffset == appliedOffset || (request.offset() > 0 && publishedOffset >= request.offset());
        if (!sharable && !current) {
            engine.publish();
            publishedOffset = appliedOffset;
            publishedAtNanos = now;
            publication++;
        }
    }

    private void failRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.shown()
                    .completeExceptionally(
                            new IllegalStateException(problem.isEmpty() ? "the engine has stopped" : problem));
        }
    }

    /** Ids of alerts that are not resolved. Only while nothing is applied: between recovery and the first new entry. */
    public Set<String> openAlerts() {
        return engine.openAlerts();
    }

    public EngineCounters counters() {
        return engine.counters();
    }

    public long appliedOffset() {
        return appliedOffset;
    }

    /** What else this tells is of this entry or a later one. */
    public long shownOffset() {
        return shownOffset;
    }

    /** How often it has published because somebody asked. */
    public long publication() {
        return publication;
    }

    /** The last tick. */
    public long engineMillis() {
        return engineMillis;
    }

    public int series() {
        return series;
    }

    public long firstRecordMillis() {
        return firstRecordMillis;
    }

    public long lastRecordMillis() {
        return lastRecordMillis;
    }

    /** A recording's last window has been judged. */
    public boolean hasEnded() {
        return ended;
    }

    /** Why the engine stands still; "" while it runs. */
    public String problem() {
        return problem;
    }

    /** Applies what is in the journal, at most for 5 s, and stops. */
    @Override
    public void close() {
        stopping = true;
        journal.wakeReader();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
