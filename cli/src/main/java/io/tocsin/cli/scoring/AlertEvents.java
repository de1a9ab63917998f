/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import com.google.protobuf.Timestamp;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import java.util.stream.Collectors;

/** Alerts of the wire as those of a scorecard. Stateless. */
public final class AlertEvents {
    private AlertEvents() {}

    /** Whether the alert was not firing before, and is now. */
    public static boolean beginsToFire(AlertEvent event) {
        return event.getAlert().getState() == AlertState.ALERT_STATE_FIRING
                && event.getPrevious() != AlertState.ALERT_STATE_FIRING;
    }

    /** The alert as one that fired at this time, in milliseconds since 1970 UTC. */
    public static FiredAlert fired(Alert alert, long firedAtMillis) {
        return new FiredAlert(
                alert.getRule(),
                alert.getKind(),
                alert.getGroupList().stream()
                        .collect(Collectors.toMap(Attribute::getKey, Attribute::getValue, (a, b) -> b)),
                firedAtMillis);
    }

    /** Milliseconds since 1970 UTC. */
    public static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }
}
