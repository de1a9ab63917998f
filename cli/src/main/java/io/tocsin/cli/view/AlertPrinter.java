/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Gap;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeResponse;
import java.util.Locale;

/** Prints what a subscription brings. Confined to one thread. */
final class AlertPrinter {
    private final Console console;
    private final boolean json;
    private long events;
    private boolean lost;

    AlertPrinter(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    /** How many events it has printed. */
    long events() {
        return events;
    }

    void lost(String target, long waitMillis) {
        lost = true;
        console.err()
                .println("lost " + target + "; trying again in "
                        + (waitMillis % 1_000 == 0 ? waitMillis / 1_000 + " s" : waitMillis + " ms"));
    }

    void print(SubscribeResponse response, String target) {
        if (lost) {
            lost = false;
            console.err().println("connected to " + target + " again, resuming after the last change seen");
        }
        switch (response.getMessageCase()) {
            case EVENT -> {
                events++;
                if (!json) {
                    event(response.getEvent());
                }
            }
            case SNAPSHOT -> {
                if (!json) {
                    snapshot(response.getSnapshot());
                }
            }
            case GAP -> {
                if (!json) {
                    gap(response.getGap());
                }
            }
            case KEEP_ALIVE, MESSAGE_NOT_SET -> {
                return;
            }
        }
        if (json) {
            JsonLines.print(console.out(), response);
        }
    }

    private void snapshot(Snapshot snapshot) {
        if (snapshot.getAlertsCount() == 0 && !snapshot.getMore()) {
            console.out().println("nothing is firing");
        }
        for (Alert alert : snapshot.getAlertsList()) {
            line(
                    AlertText.clock(alert.getStartsAt()),
                    alert,
                    alert.getState() == AlertState.ALERT_STATE_ACKNOWLEDGED
                            ? AlertText.acknowledgement(alert)
                            : alert.getEvidence().getText());
        }
    }

    private void event(AlertEvent event) {
        Alert alert = event.getAlert();
        String why = switch (alert.getState()) {
            case ALERT_STATE_RESOLVED -> alert.getResolution();
            case ALERT_STATE_ACKNOWLEDGED -> AlertText.acknowledgement(alert);
            default -> alert.getEvidence().getText();
        };
        line(AlertText.clock(event.getTime()), alert, why);
    }

    private void gap(Gap gap) {
        console.out()
                .println("missed changes " + gap.getFromEvent() + " to " + gap.getToEvent() + " (" + gap.getReason()
                        + "); what is firing now follows");
    }

    private void line(String time, Alert alert, String why) {
        String state = String.format(Locale.ROOT, "%-12s", AlertText.state(alert.getState()));
        String severity = String.format(Locale.ROOT, "%-8s", AlertText.severity(alert.getSeverity()));
        console.out()
                .println(time + "  " + console.paint(AlertText.colour(alert), state) + "  " + severity + "  "
                        + AlertText.rule(alert) + "  " + AlertText.subject(alert) + "  " + why);
    }
}
