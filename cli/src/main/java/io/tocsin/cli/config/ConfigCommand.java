/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import io.tocsin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code config}: groups {@code show}. */
@Command(
        name = "config",
        description = "Shows which settings stand, and who has written them (show).",
        synopsisSubcommandLabel = "show")
public final class ConfigCommand {
    /** The command line of it all. */
    public static CommandLine commandLine(Console console) {
        return new CommandLine(new ConfigCommand()).addSubcommand(new ConfigShowCommand(console));
    }
}
