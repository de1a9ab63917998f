/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.v1.TestChannelRequest;
import io.tocsin.v1.TestChannelResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code notify-test}. */
@Command(
        name = "notify-test",
        description = {
            "Sends a test notification by a channel of a running collector, at once and once, and says what the other side answered.",
            "Channels are declared in the configuration file, under monitoring.channels."
        },
        footer = {
            "",
            "Exit codes: 0 the other side took it, 1 it did not, 3 there is no collector or no such channel.",
            "Example:",
            "  tocsin notify-test pager"
        })
public final class NotifyTestCommand implements Callable<Integer> {
    private final Console console;
    private final ChannelFactory channels;

    @Parameters(paramLabel = "CHANNEL", description = "The channel's name.")
    private String channel = "";

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    /** Asks the collector through {@code channels}. */
    public NotifyTestCommand(Console console, ChannelFactory channels) {
        this.console = console;
        this.channels = channels;
    }

    @Override
    public Integer call() {
        TestChannelResponse answer;
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            TestChannelRequest request =
                    TestChannelRequest.newBuilder().setChannel(channel).build();
            answer = collector.ask(() -> collector.patientAdmin().testChannel(request));
        }
        if (json) {
            JsonLines.print(console.out(), answer);
        } else {
            long millis =
                    answer.getTook().getSeconds() * 1_000 + answer.getTook().getNanos() / 1_000_000;
            console.out()
                    .println(channel + (answer.getDelivered() ? ": delivered in " : ": NOT delivered, after ") + millis
                            + " ms: " + answer.getAnswer());
        }
        return answer.getDelivered() ? ExitCode.OK : ExitCode.BAD_RESULT;
    }
}
