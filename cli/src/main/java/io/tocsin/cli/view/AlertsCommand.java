/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.Console;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alerts}: groups {@code list}, {@code watch} and {@code ack}. */
@Command(
        name = "alerts",
        description = "Alerts: those there are (list), each change as it happens (watch), who takes care of one (ack).",
        synopsisSubcommandLabel = "(list | watch | ack)")
public final class AlertsCommand {
    /** The command line of it all. */
    public static CommandLine commandLine(Console console, ChannelFactory channels, InstantSource clock) {
        return new CommandLine(new AlertsCommand())
                .addSubcommand(new AlertsListCommand(console, channels))
                .addSubcommand(new AlertsWatchCommand(console, channels, clock))
                .addSubcommand(new AlertsAckCommand(console, channels));
    }
}
