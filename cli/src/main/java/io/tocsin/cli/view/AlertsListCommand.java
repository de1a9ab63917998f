/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Table;
import io.tocsin.v1.Alert;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alerts list}. */
@Command(
        name = "list",
        description = "Lists alerts, newest change first.",
        footer = {"", "Example: tocsin alerts list --state firing --severity high"})
final class AlertsListCommand implements Callable<Integer> {
    private static final int MOST = 1_000;

    private final Console console;
    private final ChannelFactory channels;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    @Mixin
    private final AlertFilterOptions filter = new AlertFilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many alerts, 1 to 1000 (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    AlertsListCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 to " + MOST + ", was " + limit);
        }
        List<Alert> alerts = new ArrayList<>();
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            String page = "";
            do {
                ListRequest request = ListRequest.newBuilder()
                        .setFilter(filter.filter())
                        .setScope(view.scope())
                        .setPageSize(limit - alerts.size())
                        .setPageToken(page)
                        .build();
                ListResponse answer = collector.ask(() -> collector.alerts().list(request));
                alerts.addAll(answer.getAlertsList());
                page = answer.getNextPageToken();
            } while (!page.isEmpty() && alerts.size() < limit);
        }
        if (view.json()) {
            alerts.forEach(alert -> JsonLines.print(console.out(), alert));
        } else if (alerts.isEmpty()) {
            console.out().println("no alerts");
        } else {
            print(alerts);
        }
        return ExitCode.OK;
    }

    private void print(List<Alert> alerts) {
        Table table = new Table("!ID", "!STATE", "!SEVERITY", "RULE", "ABOUT", "SINCE");
        for (Alert alert : alerts) {
            table.add(
                    AlertText.shortId(alert),
                    AlertText.state(alert.getState()),
                    AlertText.severity(alert.getSeverity()),
                    AlertText.rule(alert),
                    AlertText.subject(alert),
                    AlertText.day(alert.getStartsAt(), alert.hasStartsAt()));
            String end = AlertText.end(alert);
            String acknowledged = AlertText.acknowledgement(alert);
            table.note(acknowledged.isEmpty() ? "" : "acknowledged " + acknowledged);
            table.note((end.isEmpty() ? "" : end + ": ") + alert.getEvidence().getText());
        }
        table.print(console.out(), ViewOptions.COLUMNS);
    }
}
