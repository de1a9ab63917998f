/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.cli.console.Backoff;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts watch}: one line per change, resuming where it was when the connection breaks. */
@Command(
        name = "watch",
        description = {
            "Shows what is firing, then each change as it happens, until stopped.",
            "When the connection breaks it comes back by itself and resumes after the last change seen. Standard error "
                    + "says for how long it was gone, and whether anything was missed; nothing is skipped silently."
        },
        footer = {"", "Example: tocsin alerts watch --severity high --json | jq .event.alert.rule"})
final class AlertsWatchCommand implements Callable<Integer> {
    /** A subscription that lasted this long was one. */
    private static final long WORKED_MILLIS = 1_000;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    @Mixin
    private final AlertFilterOptions filter = new AlertFilterOptions();

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Resume after this point (\"cursor\" in --json) instead of beginning with what is firing.")
    private String cursor = "";

    @Option(names = "--events", paramLabel = "N", description = "End after so many changes (default: never).")
    private long events = Long.MAX_VALUE;

    AlertsWatchCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        AlertPrinter printer = new AlertPrinter(console, view.json(), clock);
        Backoff backoff = new Backoff();
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            collector.requireAnswer();
            while (printer.events() < events) {
                Status end = follow(collector, printer, backoff);
                if (!Backoff.mayHelp(end)) {
                    throw collector.explain(end.asRuntimeException());
                }
                if (printer.events() < events) {
                    printer.lost(view.target(), reason(collector, end));
                    Thread.sleep(backoff.next());
                    collector.tryAtOnce();
                }
            }
        }
        return ExitCode.OK;
    }

    // until it ends; how it ended
    private Status follow(CollectorConnection collector, AlertPrinter printer, Backoff backoff) {
        SubscribeRequest request = SubscribeRequest.newBuilder()
                .setFilter(filter.filter())
                .setScope(view.scope())
                .setCursor(cursor)
                .build();
        long begunMillis = clock.millis();
        try {
            Iterator<SubscribeResponse> responses = collector.subscriptions().subscribe(request);
            while (printer.events() < events && responses.hasNext()) {
                SubscribeResponse response = responses.next();
                backoff.reset();
                printer.print(response, view.target());
                if (!response.getCursor().isEmpty()) {
                    cursor = response.getCursor();
                }
            }
            return Status.OK;
        } catch (StatusRuntimeException e) {
            if (clock.millis() - begunMillis >= WORKED_MILLIS) {
                backoff.reset(); // it may have had nothing to tell
            }
            return Status.fromThrowable(e);
        }
    }

    private static String reason(CollectorConnection collector, Status end) {
        return end.isOk() ? "the collector ended the subscription" : collector.reason(end.asRuntimeException());
    }
}
