/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Gap;
import io.tocsin.v1.SubscribeResponse;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** What one subscriber was told, over all its connections: events, gaps, and what it believes to fire. Not thread-safe. */
final class SubscriberLedger {
    private final BitSet seen = new BitSet();
    private final BitSet accounted = new BitSet();
    private final TreeSet<String> firing = new TreeSet<>();
    private String cursor = "";
    private long reached;
    private long doubled;
    private boolean snapshotIsDue = true;
    private boolean inSnapshot;

    void take(SubscribeResponse response) {
        if (response.hasEvent()) {
            assertThat(snapshotIsDue || inSnapshot)
                    .as("a whole snapshot comes first")
                    .isFalse();
            account(response.getEvent().getNumber());
            reached = response.getEvent().getNumber();
            seen.set((int) response.getEvent().getNumber());
            note(response.getEvent().getAlert());
        } else if (response.hasGap()) {
            Gap gap = response.getGap();
            for (long number = gap.getFromEvent(); number <= gap.getToEvent(); number++) {
                account(number);
            }
            snapshotIsDue = true;
        } else {
            takeSnapshot(response);
        }
        cursor = response.getCursor();
    }

    private void takeSnapshot(SubscribeResponse response) {
        assertThat(snapshotIsDue || inSnapshot).isTrue();
        if (snapshotIsDue) {
            firing.clear();
        }
        if (accounted.isEmpty()) {
            // what was before the first subscription is in its snapshot
            accounted.set(1, (int) response.getSnapshot().getThroughEvent() + 1);
        }
        response.getSnapshot().getAlertsList().forEach(this::note);
        snapshotIsDue = false;
        inSnapshot = response.getSnapshot().getMore();
        reached = inSnapshot ? reached : response.getSnapshot().getThroughEvent();
    }

    private void account(long number) {
        doubled += accounted.get((int) number) ? 1 : 0;
        accounted.set((int) number);
    }

    private void note(Alert alert) {
        if (alert.getState() == AlertState.ALERT_STATE_RESOLVED) {
            firing.remove(alert.getId());
        } else {
            firing.add(alert.getId());
        }
    }

    /** With which it goes on; empty: it has seen nothing. */
    String cursor() {
        return cursor;
    }

    /** Number of the last event that is in what it knows. */
    long reached() {
        return reached;
    }

    long seen() {
        return seen.cardinality();
    }

    long doubled() {
        return doubled;
    }

    /** Of events 1 to that one: those that it neither saw nor heard to be gone. */
    long unaccounted(long last) {
        return last - accounted.get(1, (int) last + 1).cardinality();
    }

    /** Events that it was told of, behind the last that there is. */
    long beyond(long last) {
        return accounted
                .get((int) last + 1, Math.max((int) last + 1, accounted.length()))
                .cardinality();
    }

    /** Ids of alerts that are not resolved, as far as it knows. */
    List<String> firing() {
        return List.copyOf(firing);
    }
}
