/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.board.BoardLoop;
import io.tocsin.cli.board.BoardState;
import io.tocsin.cli.board.CollectorFeed;
import io.tocsin.cli.board.FeedRequest;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.sending.Delivery;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentScript;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Screen;
import io.tocsin.cli.terminal.ScreenFactory;
import io.tocsin.client.Balance;
import io.tocsin.client.ConnectionStatus;
import io.tocsin.client.TocsinClient;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.v1.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
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

/** {@code demo}. */
@Command(
        name = "demo",
        description = {
            "Shows Tocsin at work: a collector, and a simulated agent orchestrator that pushes to it through the client "
                    + "SDK over gRPC. After 20 s of usual load things go wrong by a random script: latency spikes, error "
                    + "bursts, throughput drops, silence, a failing agent, an SLO that burns.",
            "Alerts show as a subscriber hears them; the end tells which alert found which incident, and how fast.",
            "",
            "In a terminal it takes the whole screen: alerts, agents, error budgets, incidents and whether they were "
                    + "found. Keys: i injects an incident of your choice, e explains an alert, a acknowledges it, p pauses "
                    + "the screen (the demo goes on behind it), ? shows all keys, q ends. One incident at a time: yours "
                    + "begins when the one that goes on is over."
        },
        footer = {
            "",
            "Exit code 1: an incident was missed. Longer demos have more incidents:",
            "  tocsin demo --duration 3m --seed 7 --export demo.json"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long USUAL_MILLIS = 20_000;
    private static final long SHORTEST_INCIDENT_MILLIS = 5_000;
    private static final long LONGEST_INCIDENT_MILLIS = 15_000;
    private static final long REST_MILLIS = 6_000;
    private static final int MOST_INCIDENTS = 1_000;
    private static final Duration USUAL_DURATION = Duration.ofSeconds(60);
    private static final Duration BOARD_WINDOW = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(45);
    private static final Duration LONGEST = Duration.ofHours(4);
    /** Enough calls a second that even a burn of 14.4 shows within seconds, at any time of day. */
    private static final double BUSIER = 5;

    private static final long MOST_RANDOM_SEED = 1_000_000;
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final int MOST_LOOKS = 1_500;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;
    private final ScreenFactory screens;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description =
                    "How long, 45s to 4h (default: 60s; on the whole screen a script of 60s, then usual load until "
                            + "you quit).")
    private @Nullable Duration givenDuration;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats a script (default: random, and shown).")
    private @Nullable Long seed;

    @Option(
            names = "--plain",
            description = "Line by line, without colours (default where standard output is no terminal).")
    private boolean plain;

    @Option(names = "--ascii", description = "No signs beyond ASCII on the screen (default: by the locale).")
    private boolean ascii;

    @Option(names = "--export", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path export;

    /** Runs by {@code clock}, the real one. */
    public DemoCommand(Console console, ChannelFactory channels, InstantSource clock, ScreenFactory screens) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
        this.screens = screens;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration duration = givenDuration == null ? USUAL_DURATION : givenDuration;
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--duration must be 45s to 4h, was " + duration.toSeconds() + "s");
        }
        long chosenSeed = seed == null ? new SplittableRandom().nextLong(MOST_RANDOM_SEED) : seed;
        try (DemoRules rules = DemoRules.write();
                Collector collector = start(rules);
                CollectorConnection connection =
                        new CollectorConnection(collector.grpc().toString(), channels)) {
            return run(chosenSeed, duration, rules, collector, connection);
        }
    }

    private int run(
            long chosenSeed, Duration duration, DemoRules rules, Collector collector, CollectorConnection connection)
            throws InterruptedException {
        Fleet fleet = Fleet.standard().busier(BUSIER);
        AlertInbox inbox = AlertInbox.subscribe(connection, clock);
        Scorecard<Incident> card;
        Balance balance;
        DemoScreen lines;
        TocsinClient client =
                TocsinClient.builder().endpoint(collector.grpc().toString()).build();
        try (client) {
            awaitConnection(client);
            long startMillis = clock.millis();
            long endMillis = startMillis + duration.toMillis();
            lines = new DemoScreen(plain ? console.plain() : console, clock, startMillis);
            lines.line("Tocsin demo, seed " + chosenSeed + ", " + duration.toSeconds() + " s: "
                    + fleet.agentTypes().size() + " agent types, " + fleet.instancesPerType() + " instances each");
            lines.line("collector on grpc=" + collector.grpc() + " http=" + collector.http());
            lines.rules(rules);
            IncidentScript drawn =
                    new IncidentScript(fleet, SHORTEST_INCIDENT_MILLIS, LONGEST_INCIDENT_MILLIS, REST_MILLIS, 1, false);
            DemoScript script = new DemoScript(
                    drawn.draw(chosenSeed, startMillis + USUAL_MILLIS - REST_MILLIS, endMillis, MOST_INCIDENTS),
                    startMillis + USUAL_MILLIS);
            try (DemoView view = view(fleet, chosenSeed, startMillis, lines, connection)) {
                card = new DemoRun(client, inbox, view, clock, script).run(fleet, chosenSeed, startMillis, endMillis);
            }
            Delivery.finish(client, collector.grpc().toString(), b -> {});
            balance = client.balance();
        }
        lines.report(card, balance);
        if (export != null) {
            DemoExport.write(export, chosenSeed, card);
        }
        return card.missed() == 0 ? ExitCode.OK : ExitCode.BAD_RESULT;
    }

    private DemoView view(
            Fleet fleet, long chosenSeed, long startMillis, DemoScreen lines, CollectorConnection connection) {
        Look look = ascii ? new Look(screens.look().colours(), false) : screens.look();
        Optional<Screen> screen = plain ? Optional.empty() : screens.open(look);
        if (screen.isEmpty()) {
            return lines;
        }
        IncidentMenu menu = new IncidentMenu(fleet);
        BoardState state = new BoardState(
                "tocsin demo", connection.target(), ZoneId.systemDefault(), Optional.of(menu.menu()), startMillis);
        FeedRequest request = FeedRequest.of(BOARD_WINDOW, Scope.getDefaultInstance());
        return new LiveDemo(
                state,
                new BoardLoop(screen.get(), look, state, connection, request.scope(), clock),
                new CollectorFeed(connection, request, state, startMillis),
                menu,
                clock,
                chosenSeed,
                startMillis,
                startMillis + LONGEST.toMillis(),
                givenDuration == null);
    }

    // a slow machine may take seconds for it, and what the detectors learn from would come late
    private static void awaitConnection(TocsinClient client) throws InterruptedException {
        for (int look = 0; client.connection().state() != ConnectionStatus.State.CONNECTED; look++) {
            if (look == MOST_LOOKS) {
                throw new CommandFailure("the client SDK did not connect to the demo's own collector: "
                        + client.connection().lastProblem());
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static Collector start(DemoRules rules) {
        // holds the rules and nothing else
        String noPlugins = String.valueOf(rules.file().toAbsolutePath().getParent());
        try {
            // without this machine's environment: a demo shows the same everywhere
            return Collector.start(CollectorSettings.load(
                    Optional.of(rules.file()),
                    Map.of(
                            "monitoring.grpc.port", "0",
                            "monitoring.http.port", "0",
                            "monitoring.in-memory", "true",
                            "monitoring.plugins.dir", noPlugins),
                    Map.of()));
        } catch (CollectorStartException | ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
