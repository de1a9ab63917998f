/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * What a channel is to say at once. Immutable.
 *
 * @param id the same each time it is sent, so that a receiver can tell a repetition by retry: no dots, at most 64 characters
 * @param thread id of the first notification of this group since it was last quiet; its own id for the first
 * @param group attributes that its alerts have in common by the route's group-by
 * @param firing those that are, acknowledged or not; worst first
 * @param resolved those that have ended since the notification before
 * @param omitted further alerts, left out since there were more than {@link #MAX_ALERTS}
 * @param repeated nothing is new, it only still fires
 * @param text of a notice, a test or a heartbeat: what it says
 * @param atMillis when it was made
 */
public record Notification(
        String id,
        Kind kind,
        String thread,
        Attributes group,
        List<Alert> firing,
        List<Alert> resolved,
        int omitted,
        boolean repeated,
        String text,
        long atMillis) {

    public static final int MAX_ALERTS = 50;

    private static final Comparator<Alert> WORST_FIRST =
            Comparator.comparing(Alert::severity).reversed().thenComparing(Alert::id);

    /** What it is about. */
    public enum Kind {
        ALERTS,
        /** Tocsin's own troubles: a channel fails, events were missed, an engine stands still. */
        NOTICE,
        HEARTBEAT,
        TEST
    }

    public Notification {
        firing = List.copyOf(firing);
        resolved = List.copyOf(resolved);
    }

    /** Of alerts; takes the {@link #MAX_ALERTS} worst, those that fire before those that do not. */
    public static Notification ofAlerts(
            String id,
            String thread,
            Attributes group,
            List<Alert> firing,
            List<Alert> resolved,
            boolean repeated,
            long atMillis) {
        List<Alert> shown =
                firing.stream().sorted(WORST_FIRST).limit(MAX_ALERTS).toList();
        List<Alert> ended = resolved.stream()
                .sorted(WORST_FIRST)
                .limit(MAX_ALERTS - shown.size())
                .toList();
        int omitted = firing.size() + resolved.size() - shown.size() - ended.size();
        return new Notification(id, Kind.ALERTS, thread, group, shown, ended, omitted, repeated, "", atMillis);
    }

    /** Of anything else, perhaps with what fires meanwhile. */
    public static Notification of(Kind kind, String id, String text, List<Alert> firing, long atMillis) {
        List<Alert> shown =
                firing.stream().sorted(WORST_FIRST).limit(MAX_ALERTS).toList();
        return new Notification(
                id, kind, id, Attributes.NONE, shown, List.of(), firing.size() - shown.size(), false, text, atMillis);
    }

    /** Whether all it is about has ended. */
    public boolean isResolved() {
        return kind == Kind.ALERTS && firing.isEmpty();
    }

    /** The worst of what fires, of what has ended if nothing does; a notice is high at least, a test and a heartbeat are info. */
    public Severity severity() {
        Severity least = kind == Kind.NOTICE ? Severity.HIGH : Severity.INFO;
        if (kind == Kind.TEST || kind == Kind.HEARTBEAT) {
            return least;
        }
        return (firing.isEmpty() ? resolved : firing)
                .stream().map(Alert::severity).reduce(least, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
}
