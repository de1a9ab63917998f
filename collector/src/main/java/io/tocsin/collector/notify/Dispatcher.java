/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.store.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads events, routes them, groups them, and hands notifications to the channels. Takes turns on a thread of its own; only the
 * {@link ChannelSender.Watcher} is for others.
 */
final class Dispatcher implements TurnThread.Turn, ChannelSender.Watcher {
    /** Engines are looked at this often. */
    private static final long LOOK_MILLIS = 1_000;

    /** What channels say of themselves, at most two for each time one begins to fail. */
    private record Said(String channel, String noticeId, String text) {}

    private final List<AlertFeed> feeds = new ArrayList<>();
    private final AlertGroups groups;
    private final ChangeFeed changes;
    private final Optional<HeartbeatPulse> heartbeat;
    private final Outlets outlets;
    private final Set<String> noticeChannels = new HashSet<>();
    private final ConcurrentLinkedQueue<Said> said = new ConcurrentLinkedQueue<>();
    private final LongAdder episodes = new LongAdder();
    private final LongAdder missed = new LongAdder();
    /** What fires, by id, as last read. */
    private final Map<String, Alert> firing = new HashMap<>();
    /** Partitions whose engine stands still and that was told. */
    private final Set<Integer> standing = new HashSet<>();

    Dispatcher(NotifySettings settings, List<Partition> live, Outlets outlets) {
        this.groups = new AlertGroups(settings.routes(), AlertGroups.MAX_GROUPS);
        this.changes = new ChangeFeed(settings.routes(), settings.channels());
        this.heartbeat = settings.heartbeat().map(HeartbeatPulse::new);
        this.outlets = outlets;
        live.forEach(partition -> feeds.add(new AlertFeed(partition)));
        settings.routes().forEach(route -> noticeChannels.addAll(route.channels()));
    }

    @Override
    public long turn(long nowMillis) {
        // before more is read: where events never stop coming, there is always something to send after it
        noteTold(nowMillis);
        boolean more = false;
        for (AlertFeed feed : feeds) {
            more |= read(feed, nowMillis);
        }
        for (@Nullable Said next = said.poll(); next != null; next = said.poll()) {
            Said notice = next;
            notice(notice.noticeId(), notice.text(), channel -> !channel.equals(notice.channel()), nowMillis);
        }
        boolean well = lookAtEngines(nowMillis);
        long next = nowMillis + LOOK_MILLIS;
        next = Math.min(next, groups.advance(nowMillis, this::send));
        next = Math.min(next, changes.again(nowMillis, outlets::isIdle, outlets::send));
        heartbeat.ifPresent(pulse -> beat(pulse, nowMillis, well));
        return more
                ? nowMillis
                : Math.min(next, heartbeat.map(HeartbeatPulse::nextMillis).orElse(next));
    }

    /**
     * Before the first turn. Goes on from where a process before this one had told everybody; what came after that is told again. Where
     * nobody knows how far that was, what fires is told again, and what has ended is not.
     */
    void begin(long nowMillis) {
        List<AlertFeed> unknown = new ArrayList<>();
        for (AlertFeed feed : feeds) {
            Optional<EventLog.Told> told = feed.toldBefore();
            told.ifPresent(before -> remember(feed, before));
            if (told.isEmpty() && feed.events().last() > 0) {
                unknown.add(feed);
            }
        }
        unknown.forEach(feed -> feed.readThrough(applySnapshots(feed.events(), nowMillis)));
    }

    private void remember(AlertFeed feed, EventLog.Told told) {
        for (List<AlertEvent> events = feed.next();
                !events.isEmpty() && events.get(0).number() <= told.number();
                events = feed.next()) {
            for (AlertEvent event : events) {
                if (event.number() <= told.number()) {
                    apply(event.alert(), event.id(), told.atMillis(), (channel, notification) -> {});
                    feed.readThrough(event.number());
                }
            }
        }
        feed.readThrough(told.number());
        groups.wereTold(told.atMillis());
    }

    /** The outbox is the event log itself: once nothing waits anywhere, all that was read has been told. */
    void noteTold(long nowMillis) {
        if (!groups.haveNews() && outlets.areIdle()) {
            feeds.forEach(feed -> feed.noteTold(nowMillis));
        }
    }

    /** Reads on once, and sends what waits for company: the collector stops. */
    void finish(long nowMillis) {
        turn(nowMillis);
        groups.finish(nowMillis, this::send);
    }

    private boolean read(AlertFeed feed, long nowMillis) {
        List<AlertEvent> events = feed.next();
        if (events.isEmpty()) {
            return false;
        }
        long gone = feed.missedBefore(events.get(0));
        if (gone > 0) {
            catchUp(feed, events.get(0).number(), gone, nowMillis);
            return true;
        }
        for (AlertEvent event : events) {
            apply(event.alert(), event.id(), nowMillis);
            feed.readThrough(event.number());
        }
        return true;
    }

    private void apply(Alert alert, String eventId, long nowMillis) {
        apply(alert, eventId, nowMillis, outlets::send);
    }

    private void apply(Alert alert, String eventId, long nowMillis, BiConsumer<String, Notification> sink) {
        if (alert.state().isFiring()) {
            firing.put(alert.id(), alert);
        } else {
            firing.remove(alert.id());
        }
        groups.apply(alert, nowMillis);
        changes.apply(alert, eventId, nowMillis, sink);
    }

    /** Goes on from what fires now: what was missed is told as a notice, and what is absent has ended. */
    private void catchUp(AlertFeed feed, long firstKept, long gone, long nowMillis) {
        missed.add(gone);
        long through = applySnapshots(feed.events(), nowMillis);
        feed.readThrough(Math.max(through, firstKept - 1));
        int partition = feed.partition().number();
        notice(
                "missed-" + partition + "-" + (firstKept - 1),
                "Tocsin could not tell of " + gone
                        + " changes of alerts: they came faster than they are kept. What fires now: " + firing.size()
                        + " alerts",
                channel -> true,
                nowMillis);
    }

    /** Returns the number of the last event that is in all of them. */
    private long applySnapshots(EventLog events, long nowMillis) {
        long through = events.last();
        for (String tenant : events.tenants()) {
            EventLog.Snapshot snapshot = events.snapshot(tenant);
            through = Math.min(through, snapshot.throughEvent());
            Set<String> there = new HashSet<>();
            for (Alert alert : snapshot.alerts()) {
                there.add(alert.id());
                apply(alert, alert.id() + "." + alert.lastEvent(), nowMillis);
            }
            for (Alert alert : List.copyOf(firing.values())) {
                if (alert.tenant().equals(tenant) && !there.contains(alert.id())) {
                    apply(endedUnseen(alert, nowMillis), alert.id() + ".missed", nowMillis);
                }
            }
        }
        return through;
    }

    private static Alert endedUnseen(Alert alert, long nowMillis) {
        return alert.change()
                .state(AlertState.RESOLVED)
                .resolvedMillis(nowMillis)
                .resolution("while its events were missed")
                .build();
    }

    private boolean lookAtEngines(long nowMillis) {
        boolean well = true;
        for (AlertFeed feed : feeds) {
            int number = feed.partition().number();
            String problem = feed.partition().status().problem();
            well &= problem.isEmpty();
            if (problem.isEmpty()) {
                standing.remove(number);
            } else if (standing.add(number)) {
                notice(
                        "blind-" + number + "-" + nowMillis,
                        "Tocsin is blind: the engine of partition " + number + " stands still: " + problem,
                        channel -> true,
                        nowMillis);
            }
        }
        return well;
    }

    private void beat(HeartbeatPulse pulse, long nowMillis, boolean well) {
        // one that waits says nothing that the next does not say better
        if (outlets.isIdle(pulse.channel()) || pulse.nextMillis() == 0) {
            pulse.beat(nowMillis, well).ifPresent(beat -> outlets.send(pulse.channel(), beat));
        } else {
            var unused = pulse.beat(nowMillis, false);
        }
    }

    private void send(Route route, AlertGroup.Due due) {
        for (String name : route.channels()) {
            if (outlets.groups(name)) {
                outlets.sendGroup(name, due);
            }
        }
    }

    private void notice(String id, String text, Predicate<String> to, long nowMillis) {
        Notification notice = Notification.of(Kind.NOTICE, id, text, List.copyOf(firing.values()), nowMillis);
        noticeChannels.stream().sorted().filter(to).forEach(channel -> outlets.send(channel, notice));
    }

    @Override
    public void failing(String channel, String error) {
        episodes.increment();
        said.add(new Said(
                channel,
                "failing-" + channel + "-" + episodes.sum(),
                "Channel " + channel + " fails and loses notifications: " + error));
    }

    @Override
    public void working(String channel, long lostMeanwhile) {
        // it is told, too: what fires now is in the notice
        said.add(new Said(
                "",
                "working-" + channel + "-" + episodes.sum(),
                "Channel " + channel + " works again; it lost " + lostMeanwhile + " notifications"));
    }

    /** Changes of alerts that were gone before they could be read. */
    long missed() {
        return missed.sum();
    }
}
