/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Severity;
import java.util.List;
import picocli.CommandLine.Option;

/** Which alerts. */
final class AlertFilterOptions {
    /** As in {@code --severity}. */
    enum AtLeast {
        info,
        low,
        medium,
        high,
        critical
    }

    /** As in {@code --state}. */
    enum State {
        pending,
        firing,
        acknowledged,
        resolved
    }

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description = "At least this severe: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "info")
    private AtLeast severity = AtLeast.info;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only these states: ${COMPLETION-CANDIDATES} (default: all).")
    private List<State> states = List.of();

    @Option(names = "--rule", paramLabel = "NAME", split = ",", description = "Only alerts of these rules.")
    private List<String> rules = List.of();

    AlertFilter filter() {
        AlertFilter.Builder filter = AlertFilter.newBuilder()
                .setMinSeverity(
                        switch (severity) {
                            case info -> Severity.SEVERITY_INFO;
                            case low -> Severity.SEVERITY_LOW;
                            case medium -> Severity.SEVERITY_MEDIUM;
                            case high -> Severity.SEVERITY_HIGH;
                            case critical -> Severity.SEVERITY_CRITICAL;
                        })
                .addAllRules(rules);
        for (State state : states) {
            filter.addStates(
                    switch (state) {
                        case pending -> AlertState.ALERT_STATE_PENDING;
                        case firing -> AlertState.ALERT_STATE_FIRING;
                        case acknowledged -> AlertState.ALERT_STATE_ACKNOWLEDGED;
                        case resolved -> AlertState.ALERT_STATE_RESOLVED;
                    });
        }
        return filter.build();
    }
}
