/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Alerts of one route that are told together, and what has been told of them. Confined to the dispatcher's thread.
 *
 * <p>The first news waits {@code group-wait} for company. After that the group is silent for {@code group-interval}, except for news
 * that is worse than what it said. What began and ended before anybody was told is not told.
 */
final class AlertGroup {
    /**
     * What is to be told now.
     *
     * @param onlyEnds nothing fires anew or again: for channels that want to know of nothing else, nothing
     */
    record Due(Notification notification, boolean onlyEnds) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final Route route;
    private final String key;
    private final Attributes group;

    /** By id, as are the others: a notification's id follows from their order. */
    private final Map<String, Alert> firing = new TreeMap<>();

    /** Told that they fire, not yet that they ended. */
    private final Map<String, Alert> ended = new TreeMap<>();

    private final Map<String, Severity> told = new HashMap<>();
    private Severity worstTold = Severity.INFO;
    private boolean spoke;
    private long spokeMillis;
    private long dueMillis = NEVER;
    private String thread = "";

    AlertGroup(Route route, String key, Attributes group) {
        this.route = route;
        this.key = key;
        this.group = group;
    }

    Route route() {
        return route;
    }

    void apply(Alert alert, long nowMillis) {
        if (alert.state().isFiring()) {
            firing.put(alert.id(), alert);
            if (isNews(alert)) {
                boolean worse = !spoke || alert.severity().compareTo(worstTold) > 0;
                due(worse ? nowMillis + route.groupWait().toMillis() : afterSilence(nowMillis));
            }
        } else if (alert.state() == AlertState.RESOLVED) {
            firing.remove(alert.id());
            if (told.remove(alert.id()) != null) {
                ended.put(alert.id(), alert);
                due(afterSilence(nowMillis));
            }
        }
    }

    private boolean isNews(Alert alert) {
        Severity before = told.get(alert.id());
        return before == null || alert.severity().compareTo(before) > 0;
    }

    private long afterSilence(long nowMillis) {
        return Math.max(
                nowMillis + route.groupWait().toMillis(),
                spokeMillis + route.groupInterval().toMillis());
    }

    private void due(long millis) {
        dueMillis = Math.min(dueMillis, millis);
    }

    /** When there may be something to tell. */
    long nextMillis() {
        return Math.min(dueMillis, repeatMillis());
    }

    private long repeatMillis() {
        boolean cares = firing.values().stream()
                .anyMatch(alert -> alert.state() == AlertState.FIRING && told.containsKey(alert.id()));
        return cares
                ? route.repeatInterval()
                        .map(interval -> spokeMillis + interval.toMillis())
                        .orElse(NEVER)
                : NEVER;
    }

    /** What waits for company need not wait any longer: the collector stops. */
    Optional<Due> last(long nowMillis) {
        return dueMillis == NEVER ? Optional.empty() : speak(nowMillis);
    }

    Optional<Due> advance(long nowMillis) {
        return nowMillis >= nextMillis() ? speak(nowMillis) : Optional.empty();
    }

    private Optional<Due> speak(long nowMillis) {
        boolean news = firing.values().stream().anyMatch(this::isNews);
        boolean repeated = !news && ended.isEmpty() && nowMillis >= repeatMillis();
        dueMillis = NEVER;
        if (!news && !repeated && ended.isEmpty()) {
            return Optional.empty();
        }
        String id = id(repeated);
        if (thread.isEmpty()) {
            thread = id;
        }
        Notification notification = Notification.ofAlerts(
                id, thread, group, new ArrayList<>(firing.values()), List.copyOf(ended.values()), repeated, nowMillis);
        spoken(nowMillis);
        return Optional.of(new Due(notification, !news && !repeated));
    }

    private String id(boolean repeated) {
        StringBuilder says = new StringBuilder(repeated ? "repeated after " + spokeMillis : "");
        firing.values().forEach(alert -> says.append("\nfiring ").append(eventId(alert)));
        ended.values().forEach(alert -> says.append("\nended ").append(eventId(alert)));
        return NotificationIds.of(key, says.toString());
    }

    private static String eventId(Alert alert) {
        return alert.id() + "." + alert.lastEvent();
    }

    private void spoken(long nowMillis) {
        worstTold = Severity.INFO;
        told.clear();
        firing.values().forEach(alert -> told.put(alert.id(), alert.severity()));
        for (Map<String, Alert> alerts : List.of(firing, ended)) {
            for (Alert alert : alerts.values()) {
                worstTold = alert.severity().compareTo(worstTold) > 0 ? alert.severity() : worstTold;
            }
        }
        ended.clear();
        spoke = true;
        spokeMillis = nowMillis;
        if (firing.isEmpty()) {
            thread = "";
        }
    }

    /** Whether somebody should be told of something, now or later. */
    boolean hasNews() {
        return dueMillis != NEVER;
    }

    /** All that it knows was told by a process before this one, then at the latest. */
    void wasTold(long atMillis) {
        dueMillis = NEVER;
        spoken(atMillis);
    }

    /** Whether nothing is left to tell, nor a silence to keep. */
    boolean isOver(long nowMillis) {
        return firing.isEmpty()
                && ended.isEmpty()
                && (!spoke || nowMillis >= spokeMillis + route.groupInterval().toMillis());
    }
}
