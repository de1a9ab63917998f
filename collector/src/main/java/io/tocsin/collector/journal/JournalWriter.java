/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.partition.Position;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a partition's journal: decides duplicates, appends, forces in groups, answers. Each group ends with a tick.
 *
 * <p>Threads: {@link Intake}'s methods are thread-safe and never block. All else runs on the one thread that this starts.
 *
 * <p>Bounded by {@link JournalSettings#maxWaitingBytes}: batches beyond it are refused and counted, control entries have a reserve of
 * {@value #CONTROL_RESERVE_BYTES} bytes on top.
 */
public final class JournalWriter implements Intake, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());
    private static final long CONTROL_RESERVE_BYTES = 16L << 20;

    private final int partition;
    private final Journal journal;
    private final JournalSettings settings;
    private final EngineClock clock;
    private final TickSource ticks;
    private final JournalCounters counters = new JournalCounters();
    private final LivenessTracker liveness;
    private final Ledgers ledgers;
    private final RefusedIntervals refusals = new RefusedIntervals();
    private final Thread thread;

    private final Object lock = new Object();
    private final ArrayDeque<Submission> waiting = new ArrayDeque<>(); // guarded by lock
    private long waitingBytes; // guarded by lock
    private boolean stopping; // guarded by lock

    /** What to say once the group is forced. Confined to the writer's thread, as are the rest. */
    private final List<Runnable> onForced = new ArrayList<>();

    /** What to say instead if it is not. */
    private final List<Runnable> onFailed = new ArrayList<>();

    private final Set<ProducerKey> recorded = new HashSet<>();
    private long lastTickMillis;
    private volatile @Nullable String failure;

    private JournalWriter(
            int partition,
            Journal journal,
            JournalSettings settings,
            EngineClock clock,
            TickSource ticks,
            WrittenBefore before) {
        this.partition = partition;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.ticks = ticks;
        this.liveness = new LivenessTracker(
                settings.lostAfter().toMillis(), settings.forgetAfter().toMillis());
        this.ledgers = before.ledgers();
        this.lastTickMillis = before.lastTickMillis() == 0 ? Long.MIN_VALUE : before.lastTickMillis();
        this.thread = new Thread(this::run, "tocsin-journal-" + partition);
        this.thread.setDaemon(true);
    }

    /** A writer whose ticks are the collector's clock, of a new journal. */
    public static JournalWriter live(int partition, Journal journal, JournalSettings settings, EngineClock clock) {
        return live(partition, journal, settings, clock, new WrittenBefore(partition, settings));
    }

    /** A writer whose ticks are the collector's clock, which must not be behind the last tick of {@code before}. */
    public static JournalWriter live(
            int partition, Journal journal, JournalSettings settings, EngineClock clock, WrittenBefore before) {
        return new JournalWriter(partition, journal, settings, clock, new TickSource.Live(clock), before);
    }

    /** A writer whose ticks are its records; it ends when all that sent any have said Goodbye. */
    public static JournalWriter recording(int partition, Journal journal, JournalSettings settings, EngineClock clock) {
        return new JournalWriter(
                partition,
                journal,
                settings,
                clock,
                new TickSource.OfRecords(),
                new WrittenBefore(partition, settings));
    }

    /**
     * Begins to write.
     *
     * @param first entries that come before any other; what they say of producers holds until those are heard
     */
    public void start(List<Entry> first) {
        synchronized (lock) {
            for (Entry entry : first) {
                if (entry instanceof Entry.LivenessChanged known) {
                    liveness.restore(known);
                }
                Submission submission = Submission.control(() -> journal.append(entry));
                waitingBytes += submission.bytes();
                waiting.add(submission);
            }
        }
        thread.start();
    }

    public JournalCounters counters() {
        return counters;
    }

    /** Producers by liveness. */
    public Map<String, Integer> producers() {
        return liveness.counts();
    }

    /** Why nothing can be written any more; empty while all is well. */
    public String failure() {
        String why = failure;
        return why == null ? "" : why;
    }

    @Override
    public boolean submit(CheckedBatch batch, Answers answers) {
        String broken = failure;
        if (broken != null) {
            answers.failed(batch.sequence(), broken);
            return true;
        }
        Submission submission = new Submission() {
            @Override
            public long bytes() {
                return batch.bytes().length;
            }

            @Override
            public void write() throws IOException {
                onFailed.add(this::fail);
                writeBatch(batch, answers);
            }

            @Override
            public void fail() {
                answers.failed(batch.sequence(), failure());
            }
        };
        if (journal.full().isEmpty() && offer(submission, settings.maxWaitingBytes())) {
            return true;
        }
        counters.refused.increment();
        refused(batch.scope().tenant());
        return false;
    }

    @Override
    public String full() {
        return journal.full();
    }

    @Override
    public boolean define(Entry.Definitions definitions) {
        return offer(
                Submission.control(() -> journal.append(definitions)),
                settings.maxWaitingBytes() + CONTROL_RESERVE_BYTES);
    }

    @Override
    public void heard(ProducerKey producer) {
        liveness.heard(producer, clock.millis());
    }

    @Override
    public CompletableFuture<Position> goodbye(ProducerKey producer) {
        CompletableFuture<Position> done = new CompletableFuture<>();
        boolean taken = offer(
                answeredControl(
                        () -> {
                            long now = ticks.ticksWhenIdle() ? clock.millis() : ticks.tickMillis();
                            long offset = journal.append(liveness.stopped(producer, now));
                            recorded.remove(producer);
                            ledgers.ended(producer);
                            if (!ticks.ticksWhenIdle() && recorded.isEmpty()) {
                                offset = journal.append(new Entry.Ended());
                            }
                            return offset;
                        },
                        done),
                Long.MAX_VALUE);
        if (!taken) {
            done.completeExceptionally(notTaken("the collector is stopping"));
        }
        return done;
    }

    private IllegalStateException notTaken(String otherwise) {
        return new IllegalStateException(failure().isEmpty() ? otherwise : failure());
    }

    @Override
    public void refused(String tenant) {
        refusals.add(tenant, clock.millis());
    }

    @Override
    public CompletableFuture<Position> command(Entry command) {
        CompletableFuture<Position> done = new CompletableFuture<>();
        if (!offer(
                answeredControl(() -> journal.append(command), done),
                settings.maxWaitingBytes() + CONTROL_RESERVE_BYTES)) {
            done.completeExceptionally(notTaken("too much waits to be written; try again later"));
        }
        return done;
    }

    /** See {@link Journal#removeBefore}; on the writer's own thread, when its turn comes. */
    public void removeBefore(long neededOffset) {
        offer(Submission.control(() -> journal.removeBefore(neededOffset)), Long.MAX_VALUE);
    }

    @Override
    public long acceptedThrough(ProducerKey producer) {
        return ledgers.acceptedThrough(producer);
    }

    private boolean offer(Submission submission, long limitBytes) {
        long unapplied = journal.unappliedBytes();
        synchronized (lock) {
            if (stopping || waitingBytes + unapplied + submission.bytes() > limitBytes) {
                return false;
            }
            waitingBytes += submission.bytes();
            waiting.add(submission);
            if (waiting.size() == 1) {
                lock.notifyAll();
            }
        }
        return true;
    }

    private interface AnsweredWrite {
        /** Returns the offset of what was written. */
        long write() throws IOException;
    }

    /** Somebody waits for it: told when it is forced, and when it never will be. */
    private Submission answeredControl(AnsweredWrite write, CompletableFuture<Position> done) {
        return new Submission() {
            @Override
            public long bytes() {
                return Submission.CONTROL_BYTES;
            }

            @Override
            public void write() throws IOException {
                onFailed.add(this::fail);
                long offset = write.write();
                onForced.add(() -> done.complete(new Position(partition, offset)));
            }

            @Override
            public void fail() {
                done.completeExceptionally(new IllegalStateException(failure()));
            }
        };
    }

    private void run() {
        try {
            while (writeGroup()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // an Error too: those who wait must hear of it
            failure = "the journal of partition " + partition + " cannot be written: " + e;
            LOG.log(ERROR, failure + "; nothing is acknowledged any more", e);
            failAllThatWaits();
        }
    }

    /** False when stopping and nothing waits. */
    private boolean writeGroup() throws IOException, InterruptedException {
        long groupBytes = 0;
        boolean any = false;
        Submission next = take(settings.tickInterval().toMillis());
        while (next != null) {
            any = true;
            next.write();
            groupBytes += next.bytes();
            next = groupBytes < settings.groupMaxBytes() ? take(0) : null;
        }
        if (any || ticks.ticksWhenIdle()) {
            endGroup();
        }
        synchronized (lock) {
            return !stopping || !waiting.isEmpty();
        }
    }

    private void endGroup() throws IOException {
        long now = ticks.tickMillis();
        long jump = clock.takeJumpMillis();
        if (jump != 0) {
            counters.clockJumps.increment();
            LOG.log(WARNING, "the wall clock jumped by " + jump + " ms; engine time goes on without it");
            journal.append(new Entry.ClockJumped(jump));
        }
        if (ticks.ticksWhenIdle()) {
            for (Entry.LivenessChanged change : liveness.changes(now)) {
                journal.append(change);
            }
            liveness.takeForgotten().forEach(ledgers::forgetAnswers);
            for (Entry.Refused interval : refusals.take()) {
                journal.append(interval);
            }
        }
        if (now > lastTickMillis) {
            lastTickMillis = now;
            journal.append(new Entry.Tick(now));
        }
        journal.force();
        counters.groups.increment();
        onForced.forEach(Runnable::run);
        onForced.clear();
        onFailed.clear();
    }

    private void failAllThatWaits() {
        onFailed.forEach(Runnable::run);
        synchronized (lock) {
            stopping = true;
            waiting.forEach(Submission::fail);
            waiting.clear();
        }
    }

    private @Nullable Submission take(long waitMillis) throws InterruptedException {
        synchronized (lock) {
            if (waiting.isEmpty() && waitMillis > 0 && !stopping) {
                TimeUnit.MILLISECONDS.timedWait(lock, waitMillis);
            }
            Submission next = waiting.poll();
            if (next != null) {
                waitingBytes -= next.bytes();
            }
            return next;
        }
    }

    private void writeBatch(CheckedBatch batch, Answers answers) throws IOException {
        if (!journal.full().isEmpty()) {
            counters.refused.increment();
            refused(batch.scope().tenant());
            onForced.add(() -> answers.refused(batch.sequence()));
            return;
        }
        if (batch.sequence() == 0) {
            Answer answer = append(batch, 0);
            onForced.add(() -> answers.accepted(answer));
            return;
        }
        SequenceLedger ledger = ledgers.of(batch.key());
        long sequence = batch.sequence();
        SequenceLedger.Standing standing = ledger.standing(sequence, batch.contentHash(), batch.bytes().length);
        OptionalLong fencedBy =
                standing == SequenceLedger.Standing.NEW ? ledgers.fencedBy(batch.key()) : OptionalLong.empty();
        if (fencedBy.isPresent()) {
            counters.fenced.increment();
            onForced.add(() -> answers.fenced(sequence, fencedBy.getAsLong()));
            return;
        }
        switch (standing) {
            case NEW -> {
                Answer answer = append(batch, sequence);
                ledger.accept(sequence, batch.contentHash(), batch.bytes().length, answer);
                long mark = ledger.mark();
                onForced.add(() -> {
                    ledgers.forced(batch.key(), mark);
                    answers.accepted(answer);
                });
            }
            case SAME -> {
                counters.duplicates.increment();
                Answer first = ledger.answer(sequence).orElseThrow();
                Answer again = new Answer(sequence, first.position(), true, first.rejections());
                onForced.add(() -> answers.accepted(again));
            }
            case FORGOTTEN -> {
                counters.duplicates.increment();
                Answer again = new Answer(sequence, new Position(partition, 0), true, List.of());
                onForced.add(() -> answers.accepted(again));
            }
            case CONFLICTING, UNKNOWN -> {
                counters.conflicts.increment();
                onForced.add(() -> answers.conflicting(sequence));
            }
        }
    }

    private Answer append(CheckedBatch batch, long sequence) throws IOException {
        if (!ticks.ticksWhenIdle() && batch.records() > 0 && recorded.add(batch.scope())) {
            // who sends into a recording is alive from its first record until it says Goodbye
            journal.append(new Entry.LivenessChanged(batch.scope(), Liveness.ALIVE, batch.earliestRecordMillis()));
        }
        int[] rejectedRows = batch.rejections().stream()
                .mapToInt(RejectedRecord::row)
                .sorted()
                .toArray();
        long offset = journal.append(new Entry.Batch(
                batch.scope(),
                sequence,
                batch.form(),
                batch.bytes(),
                rejectedRows,
                batch.clockOffsetMillis(),
                batch.receivedMillis(),
                new Entry.Claim(batch.key(), batch.contentHash(), batch.rejections())));
        batch.trail().appended(partition, offset);
        counters.batches.increment();
        counters.bytes.add(batch.bytes().length);
        ticks.wrote(batch.latestRecordMillis());
        return new Answer(sequence, new Position(partition, offset), false, batch.rejections());
    }

    /** Takes nothing more, writes what waits (at most 5 s), and stops. */
    @Override
    public void close() {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
