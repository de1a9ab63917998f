/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Words;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Gap;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what a subscription brings. Confined to one thread. */
final class AlertPrinter {
    private static final Duration LOST_TOLD_EVERY = Duration.ofSeconds(10);

    private final Console console;
    private final boolean json;
    private final InstantSource clock;
    private long events;
    private @Nullable Instant lostAt;
    private Instant toldLostAt = Instant.EPOCH;

    AlertPrinter(Console console, boolean json, InstantSource clock) {
        this.console = console;
        this.json = json;
        this.clock = clock;
    }

    /** How many events it has printed. */
    long events() {
        return events;
    }

    /** The connection broke, or could not be had again; that is told now and then, however often it is tried. */
    void lost(String target, String reason) {
        Instant now = clock.instant();
        String since = "";
        if (lostAt == null) {
            lostAt = now;
        } else if (Duration.between(toldLostAt, now).compareTo(LOST_TOLD_EVERY) < 0) {
            return;
        } else {
            since = " for " + lastedSince(lostAt);
        }
        toldLostAt = now;
        console.err().println("lost " + target + since + " (" + reason + "); trying again");
    }

    // the first thing that comes tells whether anything was missed
    private void back(String target, SubscribeResponse first) {
        if (lostAt == null) {
            return;
        }
        String missed = switch (first.getMessageCase()) {
            case GAP -> GapText.of(first.getGap());
            case SNAPSHOT -> "beginning anew with what is firing, since no change had been seen before";
            default -> "resuming after the last change seen, nothing was missed";
        };
        console.err().println("connected to " + target + " again after " + lastedSince(lostAt) + "; " + missed);
        lostAt = null;
    }

    private String lastedSince(Instant start) {
        return Words.seconds(Duration.between(start, clock.instant()).toMillis() / 1_000.0);
    }

    void print(SubscribeResponse response, String target) {
        back(target, response);
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
        console.out().println(GapText.of(gap) + "; what is firing now follows");
    }

    private void line(String time, Alert alert, String why) {
        String state = String.format(Locale.ROOT, "%-12s", AlertText.state(alert.getState()));
        String severity = String.format(Locale.ROOT, "%-8s", AlertText.severity(alert.getSeverity()));
        console.out()
                .println(time + "  " + console.paint(AlertText.colour(alert), state) + "  " + severity + "  "
                        + AlertText.rule(alert) + "  " + AlertText.subject(alert) + "  " + why);
    }
}
