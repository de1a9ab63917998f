/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
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
            "When the connection breaks it comes back and resumes after the last change seen; nothing is skipped silently."
        },
        footer = {"", "Example: tocsin alerts watch --severity high --json | jq .event.alert.rule"})
final class AlertsWatchCommand implements Callable<Integer> {
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final Console console;
    private final ChannelFactory channels;

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

    AlertsWatchCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() throws InterruptedException {
        AlertPrinter printer = new AlertPrinter(console, view.json());
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            collector.requireAnswer();
            long waitMillis = FIRST_WAIT_MILLIS;
            while (printer.events() < events) {
                try {
                    if (follow(collector, printer)) {
                        waitMillis = FIRST_WAIT_MILLIS;
                    }
                } catch (StatusRuntimeException e) {
                    if (!mayComeBack(e.getStatus().getCode())) {
                        throw collector.explain(e);
                    }
                }
                if (printer.events() < events) {
                    printer.lost(view.target(), waitMillis);
                    Thread.sleep(waitMillis);
                    waitMillis = Math.min(LONGEST_WAIT_MILLIS, 2 * waitMillis);
                }
            }
        }
        return ExitCode.OK;
    }

    // whether anything came
    private boolean follow(CollectorConnection collector, AlertPrinter printer) {
        SubscribeRequest request = SubscribeRequest.newBuilder()
                .setFilter(filter.filter())
                .setScope(view.scope())
                .setCursor(cursor)
                .build();
        Iterator<SubscribeResponse> responses = collector.subscriptions().subscribe(request);
        boolean any = false;
        try {
            while (printer.events() < events && responses.hasNext()) {
                SubscribeResponse response = responses.next();
                printer.print(response, view.target());
                if (!response.getCursor().isEmpty()) {
                    cursor = response.getCursor();
                }
                any = true;
            }
        } catch (StatusRuntimeException e) {
            if (!any || !mayComeBack(e.getStatus().getCode())) {
                throw e;
            }
        }
        return any;
    }

    private static boolean mayComeBack(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNKNOWN -> true;
            default -> false;
        };
    }
}
