/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.Notification;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** All channels, each with its queue and its thread. Sending never blocks. Thread-safe. */
final class Outlets {
    private record Outlet(ChannelSender sender, TurnThread thread) {}

    private final Map<String, Outlet> byName = new LinkedHashMap<>();

    /**
     * @param clock for waits
     * @param wall what the other side is told
     */
    Outlets(
            NotifySettings settings,
            InstantSource clock,
            InstantSource wall,
            DoubleSupplier chance,
            PrintStream out,
            ChannelSender.Watcher watcher,
            TransportFactory transports) {
        settings.channels().forEach(channel -> {
            ChannelSender sender = new ChannelSender(
                    channel,
                    transports.to(channel, settings.generator(), out),
                    new InMemoryOutbox(settings.queueMax()),
                    new Backoff(channel.delivery(), chance),
                    wall,
                    watcher);
            byName.put(
                    channel.name(),
                    new Outlet(sender, new TurnThread("tocsin-notify-" + channel.name(), sender, clock)));
        });
    }

    void start() {
        byName.values().forEach(outlet -> outlet.thread().start());
    }

    void send(String name, Notification notification) {
        Outlet outlet = byName.get(name);
        if (outlet != null) {
            outlet.sender().offer(notification);
            outlet.thread().wake();
        }
    }

    /** Leaves out what the channel does not want to know. */
    void sendGroup(String name, AlertGroup.Due due) {
        Outlet outlet = byName.get(name);
        if (outlet == null || outlet.sender().settings().sendResolved()) {
            send(name, due.notification());
        } else if (!due.onlyEnds()) {
            Notification whole = due.notification();
            send(
                    name,
                    new Notification(
                            whole.id(),
                            whole.kind(),
                            whole.thread(),
                            whole.group(),
                            whole.firing(),
                            List.of(),
                            whole.omitted(),
                            whole.repeated(),
                            whole.text(),
                            whole.atMillis()));
        }
    }

    /** Nothing waits for any channel. */
    boolean areIdle() {
        return byName.values().stream().allMatch(outlet -> outlet.sender().isIdle());
    }

    boolean isIdle(String name) {
        Outlet outlet = byName.get(name);
        return outlet == null || outlet.sender().isIdle();
    }

    /** Whether a channel is told of groups, rather than of each change. */
    boolean groups(String name) {
        Outlet outlet = byName.get(name);
        return outlet != null && !outlet.sender().settings().target().takesEachChange();
    }

    Optional<ChannelSender> sender(String name) {
        return Optional.ofNullable(byName.get(name)).map(Outlet::sender);
    }

    List<ChannelSender> senders() {
        return byName.values().stream().map(Outlet::sender).toList();
    }

    /** Ends the threads, each after what it is sending; what waits has {@code patience} in all. Returns how many are left behind. */
    int stop(Duration patience, InstantSource clock) {
        long end = clock.millis() + patience.toMillis();
        List<Outlet> outlets = new ArrayList<>(byName.values());
        int left = 0;
        for (Outlet outlet : outlets) {
            outlet.thread().drain(outlet.sender()::isIdle, Duration.ofMillis(Math.max(1, end - clock.millis())));
        }
        for (Outlet outlet : outlets) {
            outlet.thread().stop(Duration.ofMillis(Math.max(1, end - clock.millis())));
            left += outlet.sender().giveUpAll();
        }
        return left;
    }
}
