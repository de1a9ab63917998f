/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.grpc.Status;
import io.tocsin.client.AckedPosition;
import io.tocsin.client.ConnectionStatus;
import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.client.internal.queue.RecordQueue;
import io.tocsin.client.internal.queue.SenderBell;
import io.tocsin.client.internal.spill.Identity;
import io.tocsin.client.internal.spill.Spill;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The one thread of a client: makes batches of what is queued, sends them, and deals with answers. It owns all that is
 * below; others leave it messages and read what it publishes.
 */
public final class Sender {
    /** No row of ours is longer: series 4, time 10, value 8, failed 1, error 3 + 3, task 3 + 8, trace 3 + 16 bytes. */
    private static final int MAX_ROW_BYTES = 64;

    private static final int BATCH_OVERHEAD_BYTES = 128;
    private static final long SHORTEST_SLEEP_NANOS = 500_000;
    private static final long FAULT_PAUSE_NANOS = 100_000_000;
    private static final long GOODBYE_NANOS = 1_000_000_000;
    /** While closing there is no time for the usual backoff. */
    private static final long CLOSING_RETRY_NANOS = 50_000_000;

    private final SenderSettings settings;
    private final RecordQueue queue;
    private final SenderBell bell;
    private final TroubleLog log;
    private final LongSupplier ticks;
    private final Link link;
    private final Answers answers;
    private final InFlight inFlight;
    private final Outbox outbox;
    private final Thread thread;
    // bounded: a stream asks for answers one by one, and of each other kind of event few can happen
    private final Queue<StreamEvent> events = new ConcurrentLinkedQueue<>();
    // bounded by the threads that wait
    private final Queue<FlushRequest> flushes = new ConcurrentLinkedQueue<>();

    private long closedRows;
    private boolean opened;
    /** A former incarnation has said Goodbye, and this long its end is waited for. */
    private boolean parting;

    private long partingDeadlineNanos;
    private boolean saidGoodbye;
    private volatile Tally tally = Tally.ZERO;
    private volatile boolean closing;
    private volatile long closeDeadlineNanos;
    private volatile boolean finished;

    public Sender(
            SenderSettings settings,
            RecordQueue queue,
            SenderBell bell,
            Catalog catalog,
            TroubleLog log,
            GuardedTracing tracing,
            LongSupplier ticks) {
        this.settings = settings;
        this.queue = queue;
        this.bell = bell;
        this.log = log;
        this.ticks = ticks;
        inFlight = new InFlight(settings.maxInFlightBatches());
        answers = new Answers(inFlight, settings.ackListener(), log, tracing);
        Spill spill = settings.spill() == null
                ? null
                : new Spill(
                        settings.spill(),
                        new Identity(settings.producer(), settings.epoch(), settings.recording()),
                        catalog,
                        settings.clock(),
                        ticks,
                        problem -> log.say(Trouble.SPILL, problem, null));
        outbox = new Outbox(settings, queue, inFlight, answers, catalog, tracing, spill, ticks.getAsLong());
        link = new Link(
                settings, outbox.identity(), outbox.definitions(), this::leave, log, tracing, ticks.getAsLong());
        thread = new Thread(this::run, "tocsin-sender");
        thread.setDaemon(true);
        bell.hangUp(thread);
    }

    public void start() {
        thread.start();
    }

    private void leave(StreamEvent event) {
        events.add(event);
        bell.ringLoudly();
    }

    private void run() {
        while (!finished) {
            long sleepNanos;
            try {
                sleepNanos = turn(ticks.getAsLong());
            } catch (Throwable fault) {
                // the thread must outlive any fault of ours: the host would lose all that follows
                sleepNanos = recover(fault);
            }
            publish();
            completeFlushes();
            if (!finished && sleepNanos > 0) {
                bell.sleep(sleepNanos);
            }
        }
    }

    private long recover(Throwable fault) {
        log.say(Trouble.INTERNAL, "the sender met a fault and starts its stream anew: " + fault, fault);
        try {
            long now = ticks.getAsLong();
            link.fail("fault in the sender: " + fault, 0, now);
            if (closing && now - closeDeadlineNanos >= 0) {
                finish(now);
            }
        } catch (RuntimeException e) {
            log.say(Trouble.INTERNAL, "the sender cannot even give its stream up: " + e, e);
        }
        return FAULT_PAUSE_NANOS;
    }

    /** Does all that can be done now; returns how long nothing will be to do, in nanoseconds. */
    private long turn(long now) {
        if (!opened) {
            opened = true;
            outbox.open();
        }
        if (!link.speaksFor(outbox.identity())) {
            link.become(outbox.identity(), outbox.definitions(), now);
        }
        for (StreamEvent event = events.poll(); event != null; event = events.poll()) {
            if (link.isCurrent(event.stream())) {
                handle(event, now);
            }
        }
        outbox.answersCame();
        link.failIfSilent(inFlight.sentInRound() > 0 && !answers.isThrottled(now), now);
        if (closing && !saidGoodbye) {
            link.hurry(now + CLOSING_RETRY_NANOS);
        }
        if (!saidGoodbye) {
            outbox.spillWhatIsDue(now, isHurried());
            link.connectIfDue(now);
            sendWhatIsDue(now);
            partIfDrained(now);
        }
        link.heartbeatIfDue(now);
        if (closing) {
            finishIfDone(now);
        }
        return sleepNanos(now);
    }

    private void handle(StreamEvent event, long now) {
        IngestStream stream = event.stream();
        if (event instanceof StreamEvent.Answer answer) {
            stream.lastAnswerNanos = ticks.getAsLong();
            handle(stream, answer.response(), stream.lastAnswerNanos);
            stream.nextAnswer();
        } else if (event instanceof StreamEvent.Ended ended) {
            if (saidGoodbye) {
                finish(now);
                return;
            }
            if (parting && ended.status().isOk()) {
                endFormer(now);
                return;
            }
            parting = false;
            boolean unreadable = ended.status().getCode() == Status.Code.INVALID_ARGUMENT;
            if (unreadable && stream.welcomed) {
                answers.streamCouldNotRead(ended.status().getDescription());
            }
            link.fail(
                    "stream to the collector ended: " + ended.status().getCode() + " "
                            + ended.status().getDescription(),
                    ended.retryAfterNanos(),
                    now);
        }
    }

    private void handle(IngestStream stream, StreamResponse response, long now) {
        switch (response.getMessageCase()) {
            case WELCOME -> welcome(stream, response.getWelcome());
            case ACKS -> {
                link.succeeded();
                answers.acked(response.getAcks(), now);
            }
            case REFUSAL -> answers.refused(response.getRefusal(), now);
            case REDEFINE -> {
                if (inFlight.mustRedefine(response.getRedefine().getSequence())) {
                    link.defineAnew(stream);
                    inFlight.sendAllAgain(response.getRedefine().getSequence());
                }
            }
            case MESSAGE_NOT_SET -> {
                // a later version may say what we do not know
            }
        }
    }

    private void welcome(IngestStream stream, Welcome welcome) {
        link.welcome(stream);
        inFlight.startStream();
        answers.acceptedThrough(welcome.getAcceptedThrough());
        int maxRows = settings.maxBatchRecords();
        if (welcome.getMaxBatchRecords() > 0) {
            maxRows = Math.min(maxRows, welcome.getMaxBatchRecords());
        }
        if (welcome.getMaxBatchBytes() > 0) {
            maxRows = Math.min(maxRows, (welcome.getMaxBatchBytes() - BATCH_OVERHEAD_BYTES) / MAX_ROW_BYTES);
        }
        outbox.welcomed(Math.max(1, maxRows), welcome.getAcceptedThrough());
    }

    private void sendWhatIsDue(long now) {
        while (!parting && !answers.isThrottled(now)) {
            IngestStream stream = link.welcomed();
            if (stream == null || !stream.isReady() || !answers.maySendMore()) {
                return;
            }
            SentBatch batch = outbox.next(now, isHurried());
            if (batch == null || !link.defineAll(stream)) {
                return;
            }
            stream.sendBatch(batch.bytes);
            inFlight.markSent(batch, ticks.getAsLong());
            if (stream.lastAnswerNanos < now && inFlight.sentInRound() == 1) {
                // silence counts from the moment that an answer is owed
                stream.lastAnswerNanos = now;
            }
        }
    }

    /** A former incarnation with nothing left says Goodbye, and the next one speaks. */
    private void partIfDrained(long now) {
        IngestStream stream = link.welcomed();
        if (stream == null || !outbox.isFormerDrained()) {
            return;
        }
        if (!parting) {
            parting = true;
            partingDeadlineNanos = now + GOODBYE_NANOS;
            link.goodbye(stream);
        } else if (now - partingDeadlineNanos >= 0) {
            endFormer(now);
        }
    }

    private void endFormer(long now) {
        parting = false;
        outbox.endFormer();
        link.become(outbox.identity(), outbox.definitions(), now);
        link.connectIfDue(now);
    }

    private boolean isHurried() {
        return closing || someoneFlushes();
    }

    private boolean someoneFlushes() {
        for (FlushRequest flush : flushes) {
            if (!flush.knowsItsLastBatch() || flush.throughSequence() > outbox.lastSequence()) {
                return true;
            }
        }
        return false;
    }

    private void completeFlushes() {
        for (Iterator<FlushRequest> all = flushes.iterator(); all.hasNext(); ) {
            FlushRequest flush = all.next();
            if (!flush.knowsItsLastBatch() && queue.isDrainedTo(flush.tails())) {
                flush.lastBatch(outbox.lastSequence() + (outbox.held() > 0 ? 1 : 0));
            }
            boolean answered = flush.knowsItsLastBatch() && outbox.isAnswered(flush.throughSequence());
            if (answered || finished) {
                all.remove();
                flush.complete();
            }
        }
    }

    private void finishIfDone(long now) {
        if (finished) {
            return;
        }
        boolean empty = outbox.isEmpty();
        IngestStream stream = link.welcomed();
        if (now - closeDeadlineNanos >= 0 || (empty && stream == null)) {
            finish(now);
        } else if (empty && stream != null && !saidGoodbye) {
            saidGoodbye = true;
            link.goodbye(stream);
            closeDeadlineNanos = Math.min(closeDeadlineNanos, now + GOODBYE_NANOS);
        }
    }

    private void finish(long now) {
        long unsent = queue.size() + outbox.held() + inFlight.rows();
        closedRows += outbox.close(now);
        if (unsent > 0) {
            log.say(
                    Trouble.LEFT_BEHIND,
                    "close left " + unsent + " records behind, "
                            + outbox.tally(closedRows).kept() + " are kept in the spill: " + link.status(),
                    null);
        }
        link.close();
        queue.sweep();
        finished = true;
    }

    private long sleepNanos(long now) {
        long sleep = Math.min(settings.maxBatchDelay().toNanos(), link.nextDueNanos(now));
        long batchDue = outbox.batchDueNanos(now);
        // a batch that is due and was yet not sent waits for the network, which rings the bell
        if (batchDue > 0) {
            sleep = Math.min(sleep, batchDue);
        }
        if (answers.isThrottled(now)) {
            sleep = Math.min(sleep, answers.throttledNanos(now));
        }
        if (closing) {
            sleep = Math.min(sleep, closeDeadlineNanos - now);
        }
        if (parting) {
            sleep = Math.min(sleep, partingDeadlineNanos - now);
        }
        return Math.max(SHORTEST_SLEEP_NANOS, sleep);
    }

    private void publish() {
        tally = outbox.tally(closedRows);
    }

    /** Waits until all that was queued before is answered; false if that takes longer, or the sender is gone. */
    public boolean flush(long nanos) throws InterruptedException {
        FlushRequest flush = new FlushRequest(queue.tails());
        flushes.add(flush);
        if (finished) {
            flushes.remove(flush);
            queue.sweep();
            return true;
        }
        bell.ringLoudly();
        boolean answered = flush.await(nanos);
        flushes.remove(flush);
        return answered;
    }

    /** Tells the sender to send what it has and end, within that time. */
    public void beginClose(long nanos) {
        if (!closing) {
            closeDeadlineNanos = ticks.getAsLong() + nanos;
            closing = true;
        }
        bell.ringLoudly();
    }

    /** Waits for the end, at most so long. */
    public void awaitEnd(long millis) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            thread.join(Math.max(1, millis));
        }
    }

    public boolean isFinished() {
        return finished;
    }

    public Tally tally() {
        return tally;
    }

    public ConnectionStatus connection() {
        return link.status();
    }

    public Optional<AckedPosition> lastAcked() {
        return answers.lastAcked();
    }
}
