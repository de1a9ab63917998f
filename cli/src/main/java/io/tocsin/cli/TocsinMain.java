/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import io.tocsin.cli.backtest.BacktestCommand;
import io.tocsin.cli.backup.BackupCommand;
import io.tocsin.cli.config.CheckConfigCommand;
import io.tocsin.cli.config.ConfigCommand;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.dashboard.DashboardCommand;
import io.tocsin.cli.demo.DemoCommand;
import io.tocsin.cli.doctor.DoctorCommand;
import io.tocsin.cli.evaluate.EvaluateCommand;
import io.tocsin.cli.export.ExportCommand;
import io.tocsin.cli.load.LoadCommand;
import io.tocsin.cli.replay.ReplayCommand;
import io.tocsin.cli.ruletest.TestRulesCommand;
import io.tocsin.cli.serve.ServeCommand;
import io.tocsin.cli.terminal.ProcessTerminal;
import io.tocsin.cli.terminal.ScreenFactory;
import io.tocsin.cli.view.AgentsCommand;
import io.tocsin.cli.view.AlertsCommand;
import io.tocsin.cli.view.NotifyTestCommand;
import io.tocsin.cli.view.SloCommand;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The process behind {@code ./tocsin}; the only place that picks the real clock and the process's own streams. */
public final class TocsinMain {
    private static final int HELP_COLUMNS = 80;

    private TocsinMain() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        QuietLogs.toStandardError();
        System.exit(commandLine(
                        Console.ofProcess(), ChannelFactory.tcp(), InstantSource.system(), ProcessTerminal.ofProcess())
                .execute(args));
    }

    /** All commands. */
    static CommandLine commandLine(
            Console console, ChannelFactory channels, InstantSource clock, ScreenFactory screens) {
        CommandLine tocsin = new CommandLine(new TocsinCommand())
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new CheckConfigCommand(console))
                .addSubcommand("config", ConfigCommand.commandLine(console))
                .addSubcommand(new DemoCommand(console, channels, clock, screens))
                .addSubcommand(new ReplayCommand(console, channels, clock))
                .addSubcommand(new LoadCommand(console, channels, clock))
                .addSubcommand(new DashboardCommand(console, channels, clock, screens))
                .addSubcommand(new DoctorCommand(console, channels, clock, version()))
                .addSubcommand("alerts", AlertsCommand.commandLine(console, channels, clock))
                .addSubcommand("slo", SloCommand.commandLine(console, channels))
                .addSubcommand(new AgentsCommand(console, channels, clock))
                .addSubcommand(new NotifyTestCommand(console, channels))
                .addSubcommand(new BackupCommand(console, channels, clock))
                .addSubcommand(new ExportCommand(console, channels, clock))
                .addSubcommand(new BacktestCommand(console, clock))
                .addSubcommand(new TestRulesCommand(console, clock))
                .addSubcommand(new EvaluateCommand(console, channels, clock))
                .registerConverter(Duration.class, new DurationText())
                .setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((e, arguments) -> misused(e, console))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, console));
        helpEverywhere(tocsin);
        tocsin.getCommandSpec()
                .version(versionText())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
        return tocsin;
    }

    private static void helpEverywhere(CommandLine command) {
        if (!command.getCommandName().equals("help")) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
        command.getSubcommands().values().forEach(TocsinMain::helpEverywhere);
    }

    private static int misused(ParameterException e, Console console) {
        console.err().println("tocsin: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, console.err());
        console.err().println("see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, Console console) throws Exception {
        if (e instanceof CommandFailure) {
            console.err().println("tocsin: " + e.getMessage());
            return ExitCode.FAILED;
        }
        if (e instanceof InterruptedException) {
            return ExitCode.FAILED;
        }
        throw e;
    }

    private static String versionText() {
        return "tocsin " + (version().isEmpty() ? "(not packaged)" : version());
    }

    private static String version() {
        String version = TocsinMain.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
