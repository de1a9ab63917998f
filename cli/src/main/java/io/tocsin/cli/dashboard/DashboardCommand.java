/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.dashboard;

import io.tocsin.cli.board.BoardLoop;
import io.tocsin.cli.board.BoardState;
import io.tocsin.cli.board.CollectorFeed;
import io.tocsin.cli.board.FeedRequest;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Screen;
import io.tocsin.cli.terminal.ScreenFactory;
import io.tocsin.v1.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dashboard}. */
@Command(
        name = "dashboard",
        description = {
            "Shows a running collector on the whole screen: what fires, agents with rate, errors and latency, error "
                    + "budgets worst first, a log of what happens. It follows by itself, and comes back when the "
                    + "connection breaks; meanwhile it says how old is what you see.",
            "",
            "Keys: up and down select an alert, e explains it (evidence, since when, what to do), a acknowledges it, "
                    + "f filters by severity, p pauses the screen, l shows the log, ? shows all keys, q quits.",
            "",
            "Without a terminal (a pipe, cron, TERM=dumb) it prints one plain page, as with --once. NO_COLOR takes the "
                    + "colours away; nothing is said by colour alone."
        },
        footer = {
            "",
            "Examples:",
            "  tocsin dashboard --target 10.0.0.7:7317",
            "  tocsin dashboard --once | mail -s tocsin ops@example.com",
            "  tocsin dashboard --once --json | jq .system.status"
        })
public final class DashboardCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    /** So soon is shown what has come. */
    private static final long BEAT_MILLIS = 100;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;
    private final ScreenFactory screens;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(
            names = "--window",
            paramLabel = "D",
            defaultValue = "15m",
            description = "How much of the past is shown, 1m to 24h (default: ${DEFAULT-VALUE}).")
    private Duration window = Duration.ofMinutes(15);

    @Option(
            names = "--recording",
            paramLabel = "NAME",
            description = "Look at this recording (see replay), all of it, instead of the live data.")
    private String recording = "";

    @Option(names = "--once", description = "Print one plain page and end.")
    private boolean once;

    @Option(
            names = "--json",
            description =
                    "One JSON object per line: with --once a single one, else one for each change, until stopped.")
    private boolean json;

    @Option(names = "--ascii", description = "No signs beyond ASCII (default: by the locale).")
    private boolean ascii;

    /** Shows on a screen of {@code screens}. */
    public DashboardCommand(Console console, ChannelFactory channels, InstantSource clock, ScreenFactory screens) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
        this.screens = screens;
    }

    @Override
    public Integer call() {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--window must be 1m to 24h, was " + window.toSeconds() + "s");
        }
        Scope scope = Scope.newBuilder().setRecording(recording).build();
        FeedRequest request = FeedRequest.of(window, scope);
        Look look = ascii ? new Look(screens.look().colours(), false) : screens.look();
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            PlainDashboard plain = new PlainDashboard(console, collector, request, clock);
            if (json && !once) {
                plain.follow();
                return ExitCode.OK;
            }
            // a screen full of nothing helps nobody: what is wrong is said before the screen is taken
            collector.requireAnswer();
            Optional<Screen> screen = once || json ? Optional.empty() : screens.open(look);
            if (screen.isEmpty()) {
                plain.once(json, look.unicode());
            } else {
                live(screen.get(), look, collector, request);
            }
        }
        return ExitCode.OK;
    }

    private void live(Screen screen, Look look, CollectorConnection collector, FeedRequest request) {
        long now = clock.millis();
        String title = "tocsin " + target.target() + (recording.isEmpty() ? "" : " recording " + recording);
        BoardState state = new BoardState(title, target.target(), ZoneId.systemDefault(), Optional.empty(), now);
        try (BoardLoop loop = new BoardLoop(screen, look, state, collector, request.scope(), clock);
                CollectorFeed feed = new CollectorFeed(collector, request, state, now)) {
            while (!loop.quit()) {
                feed.advance(clock.millis());
                loop.beat(BEAT_MILLIS);
            }
        }
    }
}
