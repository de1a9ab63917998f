/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Message;
import io.tocsin.collector.call.CallErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everybody who watches the same, and what they see. Confined to the thread of {@link Watches}, but for answers that arrive. */
final class WatchTopic<T extends Message> {
    /** An answer or an error. */
    private record Arrived<T>(@Nullable T answer, @Nullable Throwable error) {}

    private final Watched<T> watched;
    private final Runnable wake;
    private final List<Watcher<T>> watchers = new ArrayList<>();
    private volatile @Nullable Arrived<T> arrived;
    private boolean asked;
    private long askedMillis;
    private @Nullable T latest;
    private @Nullable Message essence;
    private long latestOfMillis;
    private long number;
    private long changedNumber;

    WatchTopic(Watched<T> watched, Runnable wake) {
        this.watched = watched;
        this.wake = wake;
    }

    void add(Watcher<T> watcher) {
        watchers.add(watcher);
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }

    /** Lets go of those who went, takes what arrived, sends it, asks again when it is time. Returns how many went. */
    int turn(long nowMillis) {
        int before = watchers.size();
        watchers.removeIf(Watcher::isGone);
        take();
        T newest = latest;
        if (newest != null) {
            // who comes late does not get what is old: the next answer is for them, too
            boolean fresh = nowMillis - latestOfMillis < Answers.MAX_AGE_MILLIS;
            for (Watcher<T> watcher : watchers) {
                if (fresh || !watcher.hasNone()) {
                    watcher.offer(newest, number, changedNumber, latestOfMillis);
                }
            }
        }
        watchers.removeIf(Watcher::isGone);
        if (!asked && !watchers.isEmpty() && nowMillis >= nextMillis()) {
            ask(nowMillis);
        }
        return before - watchers.size();
    }

    /** When it is time to ask again. */
    long nextMillis() {
        if (asked) {
            return Long.MAX_VALUE;
        }
        if (latest == null) {
            return Long.MIN_VALUE;
        }
        long interval = Watches.AT_LEAST_EVERY_MILLIS;
        for (Watcher<T> watcher : watchers) {
            interval = Math.min(interval, watcher.hasNone() ? 0 : watcher.intervalMillis());
        }
        return askedMillis + interval;
    }

    private void ask(long nowMillis) {
        asked = true;
        askedMillis = nowMillis;
        try {
            var unused = watched.answer().get().whenComplete((answer, error) -> {
                arrived = new Arrived<>(answer, error);
                wake.run();
            });
        } catch (RuntimeException e) {
            arrived = new Arrived<>(null, e);
        }
    }

    private void take() {
        Arrived<T> came = arrived;
        if (came == null) {
            return;
        }
        arrived = null;
        asked = false;
        T answer = came.answer();
        if (answer == null) {
            end(Optional.ofNullable(came.error()).orElseGet(() -> new IllegalStateException("no answer")));
            return;
        }
        Message now = watched.essence().apply(answer);
        number++;
        if (!now.equals(essence)) {
            changedNumber = number;
        }
        latest = answer;
        essence = now;
        latestOfMillis = askedMillis;
    }

    void end(Throwable why) {
        watchers.forEach(watcher -> watcher.end(CallErrors.of(why)));
    }
}
