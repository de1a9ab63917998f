/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Words;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.Slo;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code slo show}. */
@Command(
        name = "show",
        description = "Shows one SLO in full: counts, error budget and how fast it burns in each window.")
final class SloShowCommand implements Callable<Integer> {
    private final Console console;
    private final ChannelFactory channels;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    @Parameters(paramLabel = "NAME", description = "The SLO's name, as slo list shows it.")
    private String name = "";

    SloShowCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() {
        List<Slo> slos;
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            GetSloRequest request = GetSloRequest.newBuilder()
                    .setName(name)
                    .setScope(view.scope())
                    .build();
            slos = collector.ask(() -> collector.queries().getSlo(request)).getSlosList();
        }
        for (Slo slo : slos) {
            if (view.json()) {
                JsonLines.print(console.out(), slo);
            } else {
                print(slo);
            }
        }
        return ExitCode.OK;
    }

    private void print(Slo slo) {
        line("slo", slo.getName() + " (" + slo.getType() + ")");
        line("about", SloText.subject(slo));
        line("status", SloText.status(slo));
        line("target", SloText.amount(slo, slo.getTarget()) + " over " + Words.length(SloText.window(slo)));
        line("attained", SloText.attained(slo));
        line("good of all", Words.count(slo.getGood()) + " of " + Words.count(slo.getTotal()));
        line("budget left", SloText.budget(slo));
        line("breaches", Words.count(slo.getBreaches()));
        slo.getBurnRatesMap().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Double> e) -> length(e.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .forEach(e -> line("burn " + e.getKey(), String.format(Locale.ROOT, "%.2f", e.getValue())));
        line("firing", slo.getFiringAlertIdsCount() == 0 ? "-" : String.join(" ", slo.getFiringAlertIdsList()));
        console.out().flush();
    }

    private void line(String what, String value) {
        console.out().println(String.format(Locale.ROOT, "%-12s %s", what, value));
    }

    // windows as rules write them: "5m" before "1h"
    private static Duration length(String window) {
        try {
            String upper = window.toUpperCase(Locale.ROOT);
            return upper.endsWith("D") ? Duration.parse("P" + upper) : Duration.parse("PT" + upper);
        } catch (DateTimeException e) {
            return Duration.ofDays(10_000);
        }
    }
}
