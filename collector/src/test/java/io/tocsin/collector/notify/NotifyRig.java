/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.call.FakeEvents;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.NotifySettings.Heartbeat;
import io.tocsin.collector.notify.channel.Answer;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.ChannelSettings.Delivery;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.notify.channel.Transport;
import io.tocsin.collector.security.Secret;
import io.tocsin.detectors.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dispatcher and its channels without threads: a test moves the clock, and all that is due happens. */
final class NotifyRig {
    /** A channel that keeps what it is sent, and answers as it is told. */
    static final class FakeTransport implements Transport {
        final List<Notification> sent = new ArrayList<>();
        final List<Notification> tried = new ArrayList<>();
        Answer answer = new Answer(Answer.Outcome.DELIVERED, "ok", Optional.empty());

        @Override
        public Answer send(Notification notification, long nowMillis) {
            tried.add(notification);
            if (answer.isDelivered()) {
                sent.add(notification);
            }
            return answer;
        }

        @Override
        public String target() {
            return "nowhere";
        }

        void fails() {
            answer = new Answer(Answer.Outcome.FAILED, "HTTP 503", Optional.empty());
        }

        void works() {
            answer = new Answer(Answer.Outcome.DELIVERED, "ok", Optional.empty());
        }
    }

    static final Target WEBHOOK = new Target.Webhook(Secret.of("https://hooks.example.com/x"), List.of());

    final FakePartitions partitions;
    final ManualClock clock;
    private final NotifySettings settings;
    final Map<String, FakeTransport> channels = new LinkedHashMap<>();
    final Outlets outlets;
    final Dispatcher dispatcher;

    NotifyRig(NotifySettings settings) {
        this(settings, new FakePartitions(), new ManualClock());
    }

    private NotifyRig(NotifySettings settings, FakePartitions partitions, ManualClock clock) {
        this.settings = settings;
        this.partitions = partitions;
        this.clock = clock;
        ChannelSender.Watcher[] later = new ChannelSender.Watcher[1];
        ChannelSender.Watcher watcher = new ChannelSender.Watcher() {
            @Override
            public void failing(String channel, String error) {
                later[0].failing(channel, error);
            }

            @Override
            public void working(String channel, long lost) {
                later[0].working(channel, lost);
            }
        };
        outlets = new Outlets(
                settings,
                clock,
                clock,
                () -> 0,
                System.out,
                watcher,
                (channel, generator, out) -> channels.computeIfAbsent(channel.name(), name -> new FakeTransport()));
        dispatcher = new Dispatcher(settings, List.of(partitions.live()), outlets);
        later[0] = dispatcher;
    }

    /** A process after this one: the same events, nothing else. */
    NotifyRig restarted() {
        NotifyRig next = new NotifyRig(settings, partitions, clock);
        next.dispatcher.begin(clock.millis());
        return next;
    }

    /** One webhook "pager" that gets all, by our defaults. */
    static NotifyRig withPager() {
        return new NotifyRig(
                settings(List.of(channel("pager", WEBHOOK, true)), List.of(Route.toAll(List.of("pager")))));
    }

    /** The same, but each alert is told by itself and at once. */
    static NotifyRig withPagerOfEachAlert() {
        Route each = new Route(
                List.of(),
                Severity.LOW,
                List.of("pager"),
                false,
                List.of(Route.ALERT),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty());
        return new NotifyRig(settings(List.of(channel("pager", WEBHOOK, true)), List.of(each)));
    }

    static NotifySettings settings(List<ChannelSettings> channels, List<Route> routes) {
        return new NotifySettings(true, channels, routes, Optional.empty(), 100, URI.create("http://tocsin/"));
    }

    static NotifySettings withHeartbeat(NotifySettings settings, Duration interval, String channel) {
        return new NotifySettings(
                true,
                settings.channels(),
                settings.routes(),
                Optional.of(new Heartbeat(interval, channel)),
                settings.queueMax(),
                settings.generator());
    }

    static ChannelSettings channel(String name, Target target, boolean sendResolved) {
        return new ChannelSettings(
                name,
                target,
                sendResolved,
                new Delivery(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }

    FakeTransport pager() {
        return channels.get("pager");
    }

    /** What fires, by id. */
    Alert fire(String id, Severity severity) {
        return append(FakeEvents.alert("default", id, AlertState.FIRING, severity, false));
    }

    Alert acknowledge(String id, Severity severity) {
        return append(FakeEvents.alert("default", id, AlertState.ACKNOWLEDGED, severity, false));
    }

    Alert resolve(String id, Severity severity) {
        return append(FakeEvents.alert("default", id, AlertState.RESOLVED, severity, false));
    }

    Alert append(Alert alert) {
        partitions.live().events().append(alert, clock.millis());
        return alert;
    }

    /** Everything that is due now, however often. */
    void settle() {
        for (int turn = 0; turn < 1_000; turn++) {
            long next = dispatcher.turn(clock.millis());
            for (ChannelSender sender : outlets.senders()) {
                next = Math.min(next, sender.turn(clock.millis()));
            }
            if (next > clock.millis()) {
                return;
            }
        }
        throw new IllegalStateException("it is never done");
    }

    /** In steps of at most a second, so that whatever falls due on the way happens on the way. */
    void pass(Duration time) {
        settle();
        for (long left = time.toMillis(); left > 0; left -= 1_000) {
            clock.advance(Duration.ofMillis(Math.min(1_000, left)));
            settle();
        }
    }
}
