/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code slo}: groups {@code list} and {@code show}. */
@Command(
        name = "slo",
        description = "Shows service level objectives: all of them (list) or one in full (show NAME).",
        synopsisSubcommandLabel = "(list | show)")
public final class SloCommand {
    /** The command line of it all. */
    public static CommandLine commandLine(Console console, ChannelFactory channels) {
        return new CommandLine(new SloCommand())
                .addSubcommand(new SloListCommand(console, channels))
                .addSubcommand(new SloShowCommand(console, channels));
    }
}
