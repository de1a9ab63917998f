/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.series.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sentences that all channels share, short enough for a telephone. Stateless. */
final class Wording {
    private static final int PLACES_IN_TITLE = 3;

    private Wording() {}

    /** {@code [FIRING] critical: outage (planner)}, {@code [RESOLVED] outage (planner) after 4m 12s}. */
    static String title(Notification notification) {
        return switch (notification.kind()) {
            case TEST -> "[TEST] Tocsin can reach this channel";
            case HEARTBEAT -> "[HEARTBEAT] Tocsin is alive";
            case NOTICE -> "[NOTICE] " + notification.text();
            case ALERTS -> alertsTitle(notification);
        };
    }

    private static String alertsTitle(Notification notification) {
        boolean resolved = notification.isResolved();
        List<Alert> about = resolved ? notification.resolved() : notification.firing();
        int count = about.size() + notification.omitted();
        String state = resolved ? "RESOLVED" : notification.repeated() ? "STILL FIRING" : "FIRING";
        String rules = about.stream()
                .map(Alert::rule)
                .distinct()
                .limit(PLACES_IN_TITLE)
                .collect(Collectors.joining(", "));
        List<String> places = about.stream()
                .map(Wording::place)
                .filter(p -> !p.isEmpty())
                .distinct()
                .toList();
        String where = places.isEmpty()
                ? ""
                : " (" + String.join(", ", places.subList(0, Math.min(PLACES_IN_TITLE, places.size())))
                        + (places.size() > PLACES_IN_TITLE ? ", …" : "") + ")";
        return "[" + state + (count > 1 ? " " + count : "") + "] "
                + (resolved ? "" : word(notification.severity()) + ": ") + rules + where
                + (resolved && count == 1 ? " after " + length(lasted(about.get(0))) : "");
    }

    /** Values of the group's attributes: {@code planner, planner-1}. */
    static String place(Alert alert) {
        return values(alert.group());
    }

    static String values(Attributes attributes) {
        return String.join(", ", attributes.asMap().values());
    }

    /** What was seen, else what the rule is for, else its name. */
    static String summary(Alert alert) {
        if (!alert.evidence().text().isEmpty()) {
            return alert.evidence().text();
        }
        return alert.description().isEmpty() ? alert.rule() : alert.description();
    }

    /** "resolved after 4m 12s: recovered", "acknowledged by ann, firing since 12:00:00 UTC" or "firing since …". */
    static String standing(Alert alert) {
        if (alert.state() == AlertState.RESOLVED) {
            return "resolved after " + length(lasted(alert))
                    + (alert.resolution().isEmpty() ? "" : ": " + alert.resolution());
        }
        String since = "firing since " + time(alert.firedMillis());
        return alert.acknowledgement()
                .filter(a -> alert.state() == AlertState.ACKNOWLEDGED)
                .map(a -> "acknowledged by " + a.by() + ", " + since)
                .orElse(since);
    }

    static long lasted(Alert alert) {
        return Math.max(0, alert.resolvedMillis() - alert.firedMillis());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** To the second, with the zone, since whoever reads it may be anywhere. */
    static String time(long millis) {
        String iso = AlertJson.time(millis - Math.floorMod(millis, 1_000));
        return iso.substring(0, 10) + " " + iso.substring(11, 19) + " UTC";
    }

    /** {@code 45s}, {@code 4m 12s}, {@code 3h 5m}, {@code 2d 4h}: the two greatest units. */
    static String length(long millis) {
        long seconds = millis / 1_000;
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds / 60 % 60, "m");
        }
        return two(seconds / 86_400, "d", seconds / 3_600 % 24, "h");
    }

    private static String two(long great, String greatUnit, long small, String smallUnit) {
        return great + greatUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
