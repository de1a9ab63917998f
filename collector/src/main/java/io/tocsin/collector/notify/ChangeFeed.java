/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Target;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Channels that take each change at once: the log, which keeps all, and Alertmanager, which groups by itself. Whoever was told of an
 * alert is told of its end, whatever route it would take by then. Confined to the dispatcher's thread.
 */
final class ChangeFeed {
    private final List<Route> routes;
    private final Map<String, ChannelSettings> channels = new LinkedHashMap<>();
    private final Map<String, AlertmanagerBook> books = new LinkedHashMap<>();
    private final Map<String, Set<String>> channelsByAlert = new HashMap<>();

    ChangeFeed(List<Route> routes, List<ChannelSettings> all) {
        this.routes = routes;
        for (ChannelSettings channel : all) {
            if (channel.target().takesEachChange()) {
                channels.put(channel.name(), channel);
            }
            if (channel.target() instanceof Target.Alertmanager alertmanager) {
                books.put(channel.name(), new AlertmanagerBook(alertmanager.resend()));
            }
        }
    }

    /** @param eventId of the change; stays the same when it is read again */
    void apply(Alert alert, String eventId, long nowMillis, BiConsumer<String, Notification> sink) {
        boolean ends = alert.state() == AlertState.RESOLVED;
        if (!ends && !alert.state().isFiring()) {
            return;
        }
        Set<String> told = ends
                ? channelsByAlert.remove(alert.id())
                : channelsByAlert.computeIfAbsent(alert.id(), id -> new LinkedHashSet<>());
        if (told == null) {
            return;
        }
        if (!ends) {
            Route.taking(routes, alert)
                    .forEach(route -> route.channels().stream()
                            .filter(channels::containsKey)
                            .forEach(told::add));
        }
        for (String name : told) {
            ChannelSettings channel = channels.get(name);
            if (channel != null && (!ends || channel.sendResolved())) {
                sink.accept(name, notification(name, alert, eventId, nowMillis));
            }
        }
    }

    private Notification notification(String channel, Alert alert, String eventId, long nowMillis) {
        // a dot would end the id in the signed text
        String id = "e-" + eventId.replace('.', '-');
        AlertmanagerBook book = books.get(channel);
        if (book != null) {
            return book.changed(alert, id, nowMillis);
        }
        boolean ends = alert.state() == AlertState.RESOLVED;
        return Notification.ofAlerts(
                id,
                alert.id(),
                alert.group(),
                ends ? List.of() : List.of(alert),
                ends ? List.of(alert) : List.of(),
                false,
                nowMillis);
    }

    /**
     * Says again what an Alertmanager would forget, and says when there is more to say.
     *
     * @param idle channels for which nothing waits: saying it to others would only make them later
     */
    long again(long nowMillis, Predicate<String> idle, BiConsumer<String, Notification> sink) {
        long next = Long.MAX_VALUE;
        for (Map.Entry<String, AlertmanagerBook> book : books.entrySet()) {
            if (nowMillis >= book.getValue().nextMillis() && idle.test(book.getKey())) {
                book.getValue().again(nowMillis).forEach(again -> sink.accept(book.getKey(), again));
            }
            next = Math.min(next, book.getValue().nextMillis());
        }
        return next;
    }
}
