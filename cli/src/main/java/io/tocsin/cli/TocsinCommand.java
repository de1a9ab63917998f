/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: only help, all else is in subcommands. */
@Command(
        name = "tocsin",
        description = {
            "The alarm bell of an agent orchestrator: services stream what their agents do, and Tocsin tells within a "
                    + "second of broken SLOs and anomalies.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands (tocsin COMMAND --help tells more):%n",
        footer = {
            "",
            "First steps:",
            "  tocsin demo                           see it find incidents, in a minute",
            "  tocsin serve                          run a collector ...",
            "  tocsin load --rate 1000 --duration 1m --series 30       ... give it load ...",
            "  tocsin agents                         ... and look at it",
            "  tocsin alerts watch"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:done, but the result is not good: an incident missed, records rejected or dropped",
            "2:the command line is wrong",
            "3:it could not be done: no collector, no file, a port in use"
        },
        subcommands = HelpCommand.class)
final class TocsinCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
