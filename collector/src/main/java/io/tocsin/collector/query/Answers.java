/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.MessageLite;
import io.tocsin.collector.partition.Partition;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that equal questions share. An answer holds as long as what it was made of: until the partition publishes again or an alert changes, and
 * live at most a second, since time is a part of it. Questions that come while an equal one is being answered wait for that answer.
 * Bounded by number and bytes: those not asked for longest go first. Thread-safe.
 */
final class Answers {
    /** A live answer is used no longer than this. */
    static final long MAX_AGE_MILLIS = 1_000;

    /**
     * One question. Two are equal when their answers are.
     *
     * @param view and whatever else distinguishes it
     */
    record Question(String tenant, Partition partition, Object view) {}

    /** What an answer is made of: publications so far, and events. */
    private record Instant(long publication, long event) {
        static Instant of(Partition partition) {
            return new Instant(partition.publication(), partition.events().last());
        }
    }

    private static final class Entry {
        final Instant of;
        final long sinceMillis;
        final CompletableFuture<MessageLite> answer = new CompletableFuture<>();
        int bytes; // guarded by lock, as is the next
        boolean renewed;

        Entry(Instant of, long sinceMillis) {
            this.of = of;
            this.sinceMillis = sinceMillis;
        }

        boolean isDone() {
            return answer.isDone() && !answer.isCompletedExceptionally();
        }
    }

    private final int maxAnswers;
    private final long maxBytes;
    private final QueryCounters counters;
    private final InstantSource clock;
    private final Object lock = new Object();
    /** By last use; guarded by lock. */
    private final Map<Question, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    private long bytes; // guarded by lock

    Answers(int maxAnswers, long maxBytes, QueryCounters counters, InstantSource clock) {
        this.maxAnswers = maxAnswers;
        this.maxBytes = maxBytes;
        this.counters = counters;
        this.clock = clock;
    }

    /** An answer of the last second, however much has been published since; empty if there is none. */
    @SuppressWarnings("unchecked") // a question says what its answer is
    <T extends MessageLite> Optional<T> recent(Question question, long maxAgeMillis) {
        Entry entry;
        synchronized (lock) {
            entry = entries.get(question);
        }
        if (entry == null || !entry.isDone() || clock.millis() - entry.sinceMillis >= maxAgeMillis) {
            return Optional.empty();
        }
        counters.shared.increment();
        return Optional.of((T) entry.answer.join());
    }

    /** True once for an answer that is older than that: the caller is the one who asks for a new one. */
    boolean isDueForRenewal(Question question, long afterMillis) {
        synchronized (lock) {
            Entry entry = entries.get(question);
            if (entry == null || !entry.isDone() || entry.renewed || clock.millis() - entry.sinceMillis < afterMillis) {
                return false;
            }
            entry.renewed = true;
            return true;
        }
    }

    /** Computes on the calling thread, unless an answer is there or on its way. A throw is everybody's who waits. */
    @SuppressWarnings("unchecked") // likewise
    <T extends MessageLite> CompletableFuture<T> get(Question question, Supplier<T> compute) {
        Entry mine = new Entry(Instant.of(question.partition()), clock.millis());
        synchronized (lock) {
            Entry known = entries.get(question);
            if (known != null && holds(question.partition(), known, mine)) {
                counters.shared.increment();
                return (CompletableFuture<T>) known.answer.copy();
            }
            replace(question, known, mine);
        }
        counters.computed.increment();
        try {
            T answer = compute.get();
            keep(question, mine, answer);
            mine.answer.complete(answer);
        } catch (RuntimeException | Error e) {
            forget(question, mine);
            mine.answer.completeExceptionally(e);
        }
        return (CompletableFuture<T>) mine.answer.copy();
    }

    private static boolean holds(Partition partition, Entry known, Entry now) {
        boolean sameInstant = known.of.equals(now.of);
        return sameInstant
                && (partition.recording().isPresent()
                        || Math.abs(now.sinceMillis - known.sinceMillis) < MAX_AGE_MILLIS);
    }

    private void replace(Question question, @Nullable Entry known, Entry mine) {
        bytes -= known == null ? 0 : known.bytes;
        entries.put(question, mine);
        shrink();
    }

    private void keep(Question question, Entry mine, MessageLite answer) {
        int size = answer.getSerializedSize();
        synchronized (lock) {
            if (entries.get(question) == mine) {
                mine.bytes = size;
                bytes += size;
                shrink();
            }
        }
    }

    private void forget(Question question, Entry mine) {
        synchronized (lock) {
            entries.remove(question, mine);
        }
    }

    /** With the lock held. One that is being computed has no bytes yet and may go too: those who wait for it hold it themselves. */
    private void shrink() {
        Iterator<Map.Entry<Question, Entry>> longestUnused = entries.entrySet().iterator();
        while ((entries.size() > maxAnswers || bytes > maxBytes) && longestUnused.hasNext()) {
            Map.Entry<Question, Entry> entry = longestUnused.next();
            bytes -= entry.getValue().bytes;
            longestUnused.remove();
            counters.evicted.increment();
        }
    }
}
