/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.config.SettingOptions;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonFile;
import io.tocsin.cli.console.JunitXml;
import io.tocsin.cli.console.TimeText;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Period;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.collector.server.LoadedDetection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backtest}. */
@Command(
        name = "backtest",
        description = {
            "Runs the engine over the past with other rules or detectors, at full speed, and says what would have fired: "
                    + "over the journal of a data directory, whose collector may be running, and what did fire beside it; "
                    + "or over recorded files. Only reads.",
            ""
        },
        footer = {
            "",
            "  tocsin backtest --config new.yaml --from 2026-01-24 --data-dir tocsin-data",
            "  tocsin backtest --config new.yaml spans.csv.gz",
            "",
            "Without --config the journal's own rules run, so all is the same unless build or",
            "detectors are others. FILE is as for tocsin replay. docs/backtest.md has more.",
            "",
            "Exit code 0: done; 1: with --fail-on-difference something differs, or less than",
            "--min-recall or --min-precision; 3: it could not be done."
        })
public final class BacktestCommand implements Callable<Integer> {
    private static final String DEFAULT_DATA_DIR = "tocsin-data";

    private final Console console;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Recorded spans or outcomes, in place of a journal.")
    private List<Path> files = List.of();

    @Option(
            names = "--config",
            paramLabel = "NEW",
            description = "Rules, bounds and plugins that are tried out, as for serve.")
    private @Nullable Path config;

    @Mixin
    private SettingOptions options = new SettingOptions();

    @Option(
            names = "--was",
            paramLabel = "OLD",
            description = "The configuration that did run, if its bounds or plugins were others than NEW's; with FILE: "
                    + "whose rules are compared with.")
    private @Nullable Path was;

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description = "A collector's data directory (default: " + DEFAULT_DATA_DIR + ").")
    private @Nullable Path dataDir;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "Report alerts that fire from here on; what is before warms the detectors up (default: all).")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "Read no further (default: to the end).")
    private @Nullable Instant to;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Report this tenant's alerts only.")
    private @Nullable String tenant;

    @Option(names = "--json", description = "Print one JSON object in place of the table.")
    private boolean json;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the alerts as JUnit XML too; what differs fails.")
    private @Nullable Path junit;

    @Option(
            names = "--fail-on-difference",
            description = "Exit code 1 if anything fires that did not, or the other way round.")
    private boolean failOnDifference;

    @Option(
            names = "--labels",
            paramLabel = "F",
            description = "Known incidents, as CSV (from,to,kind and attributes) or YAML: score what would have fired "
                    + "against them.")
    private @Nullable Path labels;

    @Option(
            names = "--grace",
            paramLabel = "D",
            defaultValue = "1m",
            description = "So long after its end an alert still finds an incident (default: ${DEFAULT-VALUE}).")
    private Duration grace = Duration.ofMinutes(1);

    @Option(
            names = "--min-recall",
            paramLabel = "P",
            description = "Exit code 1 below this share of labels found, 0 to 1.")
    private double minRecall;

    @Option(
            names = "--min-precision",
            paramLabel = "P",
            description = "Exit code 1 below this share of alerts that are about a label, 0 to 1.")
    private double minPrecision;

    /** Shows progress by {@code clock}. */
    public BacktestCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (!files.isEmpty() && dataDir != null) {
            throw new ParameterException(spec.commandLine(), "either FILE or --data-dir, not both");
        }
        if (failOnDifference && !files.isEmpty() && was == null) {
            throw new ParameterException(
                    spec.commandLine(), "--fail-on-difference of FILE needs --was OLD to compare with");
        }
        if (labels == null && (minRecall > 0 || minPrecision > 0)) {
            throw new ParameterException(spec.commandLine(), "--min-recall and --min-precision need --labels");
        }
        List<Label> labelled = labels == null ? List.of() : LabelFile.read(labels);
        Period period = period();
        try (LoadedDetection now = LoadedDetection.of(options.load(config, Map.of()));
                LoadedDetection then = LoadedDetection.of(settingsThen())) {
            BacktestRun run = new BacktestRun(console, clock, period, Optional.ofNullable(tenant));
            Outcome outcome = files.isEmpty()
                    ? run.journals(dataDir == null ? Path.of(DEFAULT_DATA_DIR) : dataDir, then, now, config != null)
                    : run.files(files, was == null ? Optional.empty() : Optional.of(then), now);
            return report(outcome, labelled);
        } catch (CollectorStartException | ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Period period() {
        try {
            return new Period(from == null ? 0 : from.toEpochMilli(), to == null ? Long.MAX_VALUE : to.toEpochMilli());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--to must be later than --from, were " + to + " and " + from, e);
        }
    }

    /** Without other options: those say what is tried out. */
    private CollectorSettings settingsThen() {
        return CollectorSettings.load(Optional.ofNullable(was != null ? was : config), Map.of());
    }

    private int report(Outcome outcome, List<Label> labelled) {
        Optional<LabelScores> scores =
                labelled.isEmpty() ? Optional.empty() : Optional.of(LabelScores.of(outcome, labelled, grace));
        for (BacktestResult result : outcome.results().values()) {
            result.notices().forEach(notice -> console.err().println("notice: " + notice));
            if (result.damagedEntries() > 0) {
                console.err().println("notice: " + result.damagedEntries() + " damaged entries could not be read");
            }
            if (result.leftOutEvents() > 0) {
                console.err()
                        .println("notice: " + result.leftOutEvents() + " events were more than can be held (at most "
                                + BacktestRun.MAX_EVENTS + "): alerts are missing; take a shorter period");
            }
        }
        if (json) {
            console.out().println(JsonFile.text(OutcomeJson.of(outcome, scores)));
            console.out().flush();
        } else {
            OutcomeText.print(console, outcome);
            scores.ifPresent(one -> one.print(console));
        }
        if (junit != null) {
            JunitXml xml = new JunitXml("tocsin backtest");
            outcome.results()
                    .forEach((source, result) -> result.alerts()
                            .forEach(one -> xml.add(
                                    source,
                                    OutcomeText.rule(one.episode().alert()) + " "
                                            + OutcomeText.group(one.episode().alert()) + " "
                                            + OutcomeText.time(one.episode().firedMillis()),
                                    OutcomeJson.junitProblem(one, result.isCompared()))));
            scores.ifPresent(one -> one.card()
                    .judged()
                    .forEach(judged -> xml.add(
                            "labels",
                            judged.incident().toString(),
                            judged.foundBy().isEmpty() ? List.of("no alert found it") : List.of())));
            xml.write(junit);
        }
        boolean scoresPoorly = scores.filter(one -> one.all().recall() < minRecall || one.precision() < minPrecision)
                .isPresent();
        return (failOnDifference && outcome.differs()) || scoresPoorly ? ExitCode.BAD_RESULT : ExitCode.OK;
    }
}
