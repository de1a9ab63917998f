/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Person;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts ack}. */
@Command(
        name = "ack",
        description = {
            "Acknowledges a firing alert: says that somebody takes care of it, and who.",
            "Said again, it changes who and what. An alert that becomes more severe fires anew."
        },
        footer = {"", "Example: tocsin alerts ack 3fa1c0de --note \"rolled back the planner\""})
final class AlertsAckCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;
    private static final int SHOWN = 10;

    private final Console console;
    private final ChannelFactory channels;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    @Parameters(
            paramLabel = "ID",
            description = "The alert's id, as list shows it; as much of its beginning as no other open alert shares.")
    private String id = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What others should know; at most 1024 characters.")
    private String note = "";

    @Option(
            names = "--by",
            paramLabel = "WHO",
            description = "Who takes care of it (default: your user name@this host).")
    private String by = "";

    AlertsAckCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() {
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            AcknowledgeRequest request = AcknowledgeRequest.newBuilder()
                    .setId(wholeId(collector))
                    .setBy(by.isEmpty() ? Person.userAtHost() : by)
                    .setNote(note)
                    .setScope(view.scope())
                    .build();
            AcknowledgeResponse answer = collector.ask(() -> collector.alerts().acknowledge(request));
            if (view.json()) {
                JsonLines.print(console.out(), answer);
            } else {
                Alert alert = answer.getAlert();
                console.out()
                        .println("acknowledged " + alert.getId() + "  " + AlertText.rule(alert) + "  "
                                + AlertText.subject(alert) + "  by "
                                + alert.getAcknowledgement().getBy());
                console.out().flush();
            }
        }
        return ExitCode.OK;
    }

    /** The one that begins so; as given if none does, so that the collector says what is the matter with it. */
    private String wholeId(CollectorConnection collector) {
        List<Alert> meant = open(collector).stream()
                .filter(alert -> alert.getId().startsWith(id))
                .toList();
        boolean exact = meant.stream().anyMatch(alert -> alert.getId().equals(id));
        if (meant.isEmpty() || exact) {
            return id;
        }
        if (meant.size() > 1) {
            throw new CommandFailure(meant.size() + " open alerts begin with " + (id.isEmpty() ? "\"\"" : id) + ": "
                    + meant.stream()
                            .limit(SHOWN)
                            .map(alert -> alert.getId() + " (" + AlertText.rule(alert) + " of "
                                    + AlertText.subject(alert) + ")")
                            .collect(Collectors.joining(", "))
                    + (meant.size() > SHOWN ? " and more" : "") + "; give more of the id");
        }
        return meant.get(0).getId();
    }

    private List<Alert> open(CollectorConnection collector) {
        List<Alert> open = new ArrayList<>();
        String page = "";
        do {
            ListRequest request = ListRequest.newBuilder()
                    .setFilter(AlertFilter.newBuilder()
                            .addStates(AlertState.ALERT_STATE_PENDING)
                            .addStates(AlertState.ALERT_STATE_FIRING)
                            .addStates(AlertState.ALERT_STATE_ACKNOWLEDGED))
                    .setScope(view.scope())
                    .setPageSize(PAGE)
                    .setPageToken(page)
                    .build();
            ListResponse answer = collector.ask(() -> collector.alerts().list(request));
            open.addAll(answer.getAlertsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return open;
    }
}
