/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slo list}. */
@Command(name = "list", description = "Lists all SLOs and how they stand, least error budget left first.")
final class SloListCommand implements Callable<Integer> {
    private final Console console;
    private final ChannelFactory channels;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    SloListCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() {
        List<Slo> slos = new ArrayList<>();
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            String page = "";
            do {
                ListSlosRequest request = ListSlosRequest.newBuilder()
                        .setScope(view.scope())
                        .setPageSize(1_000)
                        .setPageToken(page)
                        .build();
                ListSlosResponse answer =
                        collector.ask(() -> collector.queries().listSlos(request));
                slos.addAll(answer.getSlosList());
                page = answer.getNextPageToken();
            } while (!page.isEmpty());
        }
        if (view.json()) {
            slos.forEach(slo -> JsonLines.print(console.out(), slo));
        } else if (slos.isEmpty()) {
            console.out().println("no SLOs");
        } else {
            print(slos);
        }
        return ExitCode.OK;
    }

    private void print(List<Slo> slos) {
        Table table = new Table("!SLO", "ABOUT", "STATUS", ">TARGET", ">ATTAINED", ">BUDGET", ">OVER");
        for (Slo slo : slos) {
            table.add(
                    slo.getName(),
                    SloText.subject(slo),
                    SloText.status(slo),
                    SloText.amount(slo, slo.getTarget()),
                    SloText.attained(slo),
                    SloText.budget(slo),
                    Words.length(SloText.window(slo)));
        }
        table.print(console.out(), ViewOptions.COLUMNS);
    }
}
