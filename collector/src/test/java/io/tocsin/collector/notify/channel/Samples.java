/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.call.FakeEvents;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.List;

/** One of each that a channel may be asked to send. */
final class Samples {
    private static final Attributes GROUP = Attributes.of("rule", "latency-spike", "tenant", "default");

    private Samples() {}

    static Notification firing() {
        return Notification.ofAlerts(
                "n-1",
                "n-1",
                GROUP,
                List.of(
                        alert("a1", AlertState.FIRING, Severity.CRITICAL),
                        alert("a2", AlertState.FIRING, Severity.HIGH)),
                List.of(),
                false,
                ManualClock.NOON + 1_000);
    }

    static Notification resolved() {
        Alert ended = alert("a1", AlertState.RESOLVED, Severity.CRITICAL)
                .change()
                .resolvedMillis(ManualClock.NOON + 10 + 252_000)
                .build();
        return Notification.ofAlerts("n-2", "n-1", GROUP, List.of(), List.of(ended), false, ManualClock.NOON + 253_000);
    }

    static Notification test() {
        return Notification.of(Kind.TEST, "test-1", "A test of channel x, sent by hand.", List.of(), ManualClock.NOON);
    }

    private static Alert alert(String id, AlertState state, Severity severity) {
        return FakeEvents.alert("default", id, state, severity, false)
                .change()
                .lastEvent(7)
                .build();
    }
}
