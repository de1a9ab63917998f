/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Measures what the rules find: simulated load with incidents, at full speed into recordings, half of the hours "
                    + "without any incident. Judged by the collector's own rules; without --target a collector of its "
                    + "own with the default rules.",
            "70 %% of the incidents are of at least the promised size, a quarter of those exactly; the others are smaller "
                    + "and show where recall begins to fall."
        },
        footer = {
            "",
            "Exit code 1: an incident of at least the promised size was missed, or more than",
            "one false alarm in ten hours cannot be ruled out with 95 %% certainty.",
            "  tocsin evaluate --incidents 500 --hours 100 --seed 1 --export evaluation.json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_HOURS = 10_000;
    private static final long MOST_RANDOM_SEED = 1_000_000;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--incidents",
            paramLabel = "N",
            defaultValue = "500",
            description = "So many incidents (default: ${DEFAULT-VALUE}).")
    private int incidents = 500;

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "100",
            description = "So many hours of simulated time (default: ${DEFAULT-VALUE}).")
    private double hours = 100;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats a run (default: random, and shown).")
    private @Nullable Long seed;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "A running collector, to try its rules (default: one of its own).")
    private @Nullable String target;

    @Option(names = "--export", paramLabel = "FILE", description = "Write every incident and false alarm as JSON.")
    private @Nullable Path export;

    /** Shows progress by {@code clock}. */
    public EvaluateCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (incidents < 0 || !(hours >= 1 && hours <= MOST_HOURS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--incidents must be 0 or more and --hours 1 to " + MOST_HOURS + ", were " + incidents + " and "
                            + hours);
        }
        long chosenSeed = seed == null ? new SplittableRandom().nextLong(MOST_RANDOM_SEED) : seed;
        EvaluationPlan plan = plan(chosenSeed);
        console.out()
                .println("seed " + chosenSeed + ": " + plan.incidents() + " incidents in " + Math.round(plan.hours())
                        + " h, in " + plan.sections().size() + " recordings");
        console.out().flush();
        Evaluation evaluation;
        if (target != null) {
            evaluation = run(plan, chosenSeed, target);
        } else {
            try (Collector own = startOwn()) {
                evaluation = run(plan, chosenSeed, own.grpc().toString());
            }
        }
        EvaluationText.print(console, evaluation);
        if (export != null) {
            EvaluationExport.write(export, chosenSeed, evaluation);
        }
        return evaluation.good() ? ExitCode.OK : ExitCode.BAD_RESULT;
    }

    private EvaluationPlan plan(long chosenSeed) {
        try {
            return EvaluationPlan.of(Fleet.standard(), incidents, hours, chosenSeed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Evaluation run(EvaluationPlan plan, long chosenSeed, String address) throws InterruptedException {
        List<Judged<Incident>> judged = new ArrayList<>();
        List<FiredAlert> falseAlarms = new ArrayList<>();
        long records = 0;
        try (CollectorConnection collector = new CollectorConnection(address, channels)) {
            collector.requireAnswer();
            Progress progress = new Progress(console, clock);
            SectionRun run = new SectionRun(collector, progress);
            for (EvaluationPlan.Section section : plan.sections()) {
                String title = "recording " + section.number() + " of "
                        + plan.sections().size();
                String name = "evaluate-" + chosenSeed + "-" + section.number() + "-" + clock.millis();
                SectionRun.Result result = run.run(plan.fleet(), section, name, title);
                judged.addAll(result.card().judged());
                falseAlarms.addAll(result.card().falseAlarms());
                records += result.records();
                progress.clear();
                console.err()
                        .println(title + ": " + section.incidents().size() + " incidents, "
                                + result.card().missed() + " not found, "
                                + result.card().falseAlarms().size() + " false alarms");
            }
        }
        return new Evaluation(judged, falseAlarms, plan.hours(), records);
    }

    private static Collector startOwn() {
        Path noPlugins = emptyFolder();
        try {
            // without this machine's environment and plugins: the default rules are what is measured
            return Collector.start(CollectorSettings.load(
                    Optional.empty(),
                    Map.of(
                            "monitoring.grpc.port", "0",
                            "monitoring.http.port", "0",
                            "monitoring.in-memory", "true",
                            "monitoring.plugins.dir", noPlugins.toString()),
                    Map.of()));
        } catch (CollectorStartException | ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } finally {
            noPlugins.toFile().deleteOnExit();
        }
    }

    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("tocsin-evaluate-");
        } catch (IOException e) {
            throw new CommandFailure("cannot make a folder in the temporary one: " + e.getMessage(), e);
        }
    }
}
