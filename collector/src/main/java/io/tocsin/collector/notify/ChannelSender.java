/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.notify.channel.Answer;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Transport;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Sends what waits for one channel, one at a time and in order: a later one never overtakes an earlier that is tried again. Takes
 * turns on the channel's thread; counters and {@link #offer} are for all.
 */
final class ChannelSender implements TurnThread.Turn {
    private static final System.Logger LOG = System.getLogger(ChannelSender.class.getName());
    /** Failures in a row from which on a channel counts as in trouble, though nothing may be lost yet. */
    static final int FAILURES_OF_TROUBLE = 3;

    static final int DEAD_LETTERS_KEPT = 100;

    /** Hears of the two turns of a channel's luck, on any thread; must not block. */
    interface Watcher {
        /** The first loss since it worked. */
        void failing(String channel, String error);

        /** It delivered again. */
        void working(String channel, long lostMeanwhile);
    }

    private final ChannelSettings settings;
    private final Transport transport;
    private final Outbox outbox;
    private final Backoff backoff;
    private final InstantSource wall;
    private final Watcher watcher;

    private final LongAdder delivered = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder lost = new LongAdder();
    /** Losses since the last delivery. */
    private final AtomicLong lostInARow = new AtomicLong();

    @GuardedBy("deadLetters")
    private final Deque<DeadLetter> deadLetters = new ArrayDeque<>();

    private volatile String lastError = "";
    private volatile long lastDeliveredMillis;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    /** Confined to the thread, as is the rest. */
    private String triedId = "";

    private int attempts;
    private long notBeforeMillis = Long.MIN_VALUE;

    ChannelSender(
            ChannelSettings settings,
            Transport transport,
            Outbox outbox,
            Backoff backoff,
            InstantSource wall,
            Watcher watcher) {
        this.settings = settings;
        this.transport = transport;
        this.outbox = outbox;
        this.backoff = backoff;
        this.wall = wall;
        this.watcher = watcher;
    }

    ChannelSettings settings() {
        return settings;
    }

    String name() {
        return settings.name();
    }

    /** Never blocks. */
    void offer(Notification notification) {
        outbox.add(notification).ifPresent(givenUp -> lose(givenUp, "too many wait"));
    }

    boolean isIdle() {
        return outbox.size() == 0;
    }

    /** Once and past the queue, on the caller's thread. */
    Answer sendPastQueue(Notification notification) {
        return transport.send(notification, wall.millis());
    }

    @Override
    public long turn(long nowMillis) {
        if (nowMillis < notBeforeMillis) {
            return isIdle() ? Long.MAX_VALUE : notBeforeMillis;
        }
        Optional<Notification> first = outbox.first();
        if (first.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Notification notification = first.get();
        if (!notification.id().equals(triedId)) {
            triedId = notification.id();
            attempts = 0;
        }
        attempts++;
        Answer answer = attempt(notification);
        if (answer.isDelivered()) {
            delivered(notification);
        } else {
            failed(notification, answer, nowMillis);
        }
        return isIdle() ? Long.MAX_VALUE : Math.max(nowMillis, notBeforeMillis);
    }

    private Answer attempt(Notification notification) {
        try {
            return transport.send(notification, wall.millis());
        } catch (RuntimeException e) {
            LOG.log(WARNING, "channel " + name() + " threw", e);
            return new Answer(Answer.Outcome.FAILED, "our own fault: " + e, Optional.empty());
        }
    }

    private void delivered(Notification notification) {
        outbox.done(notification);
        delivered.increment();
        lastError = "";
        failuresInARow.set(0);
        lastDeliveredMillis = wall.millis();
        long lostMeanwhile = lostInARow.getAndSet(0);
        if (lostMeanwhile > 0) {
            LOG.log(INFO, "channel " + name() + " works again; " + lostMeanwhile + " notifications were lost");
            watcher.working(name(), lostMeanwhile);
        }
    }

    private void failed(Notification notification, Answer answer, long nowMillis) {
        lastError = answer.text();
        if (answer.outcome() == Answer.Outcome.REFUSED) {
            failuresInARow.set(0);
            outbox.done(notification);
            lose(notification, "refused: " + answer.text());
            return;
        }
        notBeforeMillis = nowMillis + backoff.millis(failuresInARow.incrementAndGet(), answer.retryAfter());
        if (attempts >= settings.delivery().attempts()) {
            outbox.done(notification);
            lose(notification, "after " + attempts + " attempts: " + answer.text());
        } else {
            retried.increment();
        }
    }

    private void lose(Notification notification, String why) {
        lost.increment();
        lastError = why;
        bury(notification, why);
        if (lostInARow.getAndIncrement() == 0) {
            LOG.log(
                    WARNING,
                    "channel " + name() + " lost notification " + notification.id() + ", " + why
                            + "; further losses are only counted until it works again");
            watcher.failing(name(), why);
        }
    }

    private void bury(Notification notification, String why) {
        List<String> alerts = Stream.concat(notification.firing().stream(), notification.resolved().stream())
                .map(Alert::id)
                .toList();
        synchronized (deadLetters) {
            if (deadLetters.size() == DEAD_LETTERS_KEPT) {
                deadLetters.removeLast();
            }
            deadLetters.addFirst(new DeadLetter(notification.id(), wall.millis(), why, alerts));
        }
    }

    private List<DeadLetter> deadLetters() {
        synchronized (deadLetters) {
            return List.copyOf(deadLetters);
        }
    }

    /** Counts what is left as lost; for the stop. */
    int giveUpAll() {
        int left = 0;
        for (Optional<Notification> next = outbox.first(); next.isPresent(); next = outbox.first()) {
            outbox.done(next.get());
            lost.increment();
            left++;
        }
        return left;
    }

    /** Why it is in trouble; empty when it is not. */
    Optional<String> problem() {
        long losses = lostInARow.get();
        if (losses == 0 && failuresInARow.get() < FAILURES_OF_TROUBLE) {
            return Optional.empty();
        }
        return Optional.of("channel " + name() + " does not deliver: " + lastError + " (" + outbox.size() + " wait, "
                + losses + " lost since it last worked)");
    }

    ChannelStatus status() {
        return new ChannelStatus(
                name(),
                settings.target().type(),
                transport.target(),
                delivered.sum(),
                retried.sum(),
                lost.sum(),
                outbox.size(),
                lastError,
                lastDeliveredMillis,
                deadLetters());
    }
}
