/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The alerts of a subscription: all that are open, and those that were resolved last, at most 100. Confined to one thread.
 */
final class AlertBook {
    private static final int MOST_RESOLVED = 100;
    private static final Comparator<Alert> WORST_FIRST = Comparator.comparingInt(AlertBook::place)
            .thenComparing(Comparator.comparingInt(Alert::getSeverityValue).reversed())
            .thenComparing(Comparator.comparingLong(AlertBook::since).reversed())
            .thenComparing(Alert::getId);

    private final Map<String, Alert> open = new HashMap<>();
    private final Deque<Alert> resolved = new ArrayDeque<>();
    private final Set<String> inSnapshot = new HashSet<>();

    void take(AlertEvent event) {
        put(event.getAlert());
    }

    /** What is absent from a whole snapshot is resolved; its end was not seen. */
    void take(Snapshot snapshot) {
        for (Alert alert : snapshot.getAlertsList()) {
            inSnapshot.add(alert.getId());
            put(alert);
        }
        if (!snapshot.getMore()) {
            for (Alert alert : List.copyOf(open.values())) {
                if (!inSnapshot.contains(alert.getId())) {
                    put(alert.toBuilder()
                            .setState(AlertState.ALERT_STATE_RESOLVED)
                            .setResolution("resolved while there was no connection")
                            .build());
                }
            }
            inSnapshot.clear();
        }
    }

    /** All, firing ones first, worst first, resolved ones last, newest first. */
    List<Alert> all() {
        List<Alert> all = new ArrayList<>(open.values());
        all.sort(WORST_FIRST);
        all.addAll(resolved);
        return all;
    }

    private void put(Alert alert) {
        resolved.removeIf(a -> a.getId().equals(alert.getId()));
        if (alert.getState() != AlertState.ALERT_STATE_RESOLVED) {
            open.put(alert.getId(), alert);
            return;
        }
        open.remove(alert.getId());
        // what never fired woke nobody
        if (alert.hasFiredAt()) {
            resolved.addFirst(alert);
        }
        if (resolved.size() > MOST_RESOLVED) {
            resolved.removeLast();
        }
    }

    private static int place(Alert alert) {
        return switch (alert.getState()) {
            case ALERT_STATE_FIRING -> 0;
            case ALERT_STATE_ACKNOWLEDGED -> 1;
            default -> 2;
        };
    }

    private static long since(Alert alert) {
        return Times.millis(alert.hasFiredAt() ? alert.getFiredAt() : alert.getStartsAt());
    }
}
