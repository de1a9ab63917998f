/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.scoring.AlertEvents;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;

/**
 * A change of an alert, and when a subscriber had it in hand.
 *
 * @param event what it heard
 * @param heardAtMillis since 1970 UTC, by this machine's clock
 */
record HeardAlert(AlertEvent event, long heardAtMillis) {
    Alert alert() {
        return event.getAlert();
    }

    boolean beginsToFire() {
        return AlertEvents.beginsToFire(event);
    }

    FiredAlert fired() {
        return AlertEvents.fired(alert(), heardAtMillis);
    }
}
