/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for tests: of tenant "t", one second and ten entries apart. */
public final class AlertEvents {
    private AlertEvents() {}

    public static AlertEvent event(long number, String alert, AlertState state) {
        return event(number, number * 10, alert, state);
    }

    public static AlertEvent event(long number, long offset, String alert, AlertState state) {
        long atMillis = number * 1_000;
        return new AlertEvent(
                number,
                alert + "." + number,
                atMillis,
                new Position(3, offset),
                state == AlertState.PENDING ? Optional.empty() : Optional.of(AlertState.PENDING),
                new Alert(
                        "t",
                        alert,
                        "rule/kind" + alert,
                        state,
                        Severity.HIGH,
                        "rule",
                        "detector",
                        true,
                        "kind",
                        Attributes.of("agent.type", alert, "ü", "ñ"),
                        Attributes.of("team", "x"),
                        new Evidence(
                                1.5,
                                "it is – bad",
                                3,
                                Double.NaN,
                                2,
                                "s",
                                Map.of("b", 1.0, "a", 2.0),
                                Map.of("l", "v")),
                        atMillis,
                        state == AlertState.PENDING ? 0 : atMillis,
                        state == AlertState.RESOLVED ? atMillis : 0,
                        atMillis,
                        number,
                        2.5,
                        state == AlertState.RESOLVED ? "recovered" : "",
                        "a sentence",
                        state == AlertState.ACKNOWLEDGED
                                ? Optional.of(new Acknowledgement("ann", "on it", atMillis))
                                : Optional.empty(),
                        atMillis - 500,
                        List.of("0af7651916cd43dd8448eb211c80319c")));
    }
}
