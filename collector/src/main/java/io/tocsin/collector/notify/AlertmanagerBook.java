/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.series.Attributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one Alertmanager must be told of: it forgets, so what fires is said again and again, and so is what has ended, for a while, lest
 * a lost message keep it firing there. Confined to the dispatcher's thread.
 */
final class AlertmanagerBook {
    private static final Duration ENDED_KEPT = Duration.ofMinutes(15);

    private final Duration resend;
    private final Map<String, Alert> firing = new TreeMap<>();
    private final Map<String, Alert> ended = new TreeMap<>();
    private long nextMillis = Long.MAX_VALUE;
    private long sendings;

    AlertmanagerBook(Duration resend) {
        this.resend = resend;
    }

    boolean knows(Alert alert) {
        return firing.containsKey(alert.id());
    }

    Notification changed(Alert alert, String id, long nowMillis) {
        List<Alert> over = new ArrayList<>();
        Alert before = firing.remove(alert.id());
        if (alert.state() == AlertState.RESOLVED) {
            ended.put(alert.id(), alert);
            over.add(alert);
        } else {
            firing.put(alert.id(), alert);
            if (before != null && before.severity() != alert.severity()) {
                // the severity is a label, so this is another alert there, and the one it was must end
                Alert was = before.change()
                        .state(AlertState.RESOLVED)
                        .resolvedMillis(nowMillis)
                        .build();
                ended.put(alert.id() + " " + before.severity(), was);
                over.add(was);
            }
        }
        nextMillis = Math.min(nextMillis, nowMillis + resend.toMillis());
        List<Alert> on = alert.state() == AlertState.RESOLVED ? List.of() : List.of(alert);
        return Notification.ofAlerts(id, id, Attributes.NONE, on, over, false, nowMillis);
    }

    /** Long.MAX_VALUE: nothing is to be said again. */
    long nextMillis() {
        return nextMillis;
    }

    /** All that is to be said again; several, as one holds only so many alerts. */
    List<Notification> again(long nowMillis) {
        ended.values().removeIf(alert -> alert.resolvedMillis() + ENDED_KEPT.toMillis() < nowMillis);
        List<Alert> all =
                Stream.concat(firing.values().stream(), ended.values().stream()).toList();
        List<Notification> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Notification.MAX_ALERTS) {
            List<Alert> part = all.subList(from, Math.min(all.size(), from + Notification.MAX_ALERTS));
            String id = "again-" + nowMillis + "-" + ++sendings;
            parts.add(Notification.ofAlerts(
                    id,
                    id,
                    Attributes.NONE,
                    part.stream().filter(a -> a.state().isFiring()).toList(),
                    part.stream().filter(a -> !a.state().isFiring()).toList(),
                    true,
                    nowMillis));
        }
        nextMillis = all.isEmpty() ? Long.MAX_VALUE : nowMillis + resend.toMillis();
        return parts;
    }
}
