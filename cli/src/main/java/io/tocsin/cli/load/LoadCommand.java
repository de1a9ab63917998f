/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.load;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.sending.Delivery;
import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load}. */
@Command(
        name = "load",
        description = {
            "Pushes outcomes of made-up agents at a rate, through the client SDK.",
            "Below max, what the SDK cannot queue is dropped and counted, as in a service; at max it waits."
        },
        footer = {
            "",
            "Example: tocsin load --rate 50000 --duration 30s --series 1000",
            "The last line is rate=N/s acked=N rejected=N dropped=N ack_p50_ms=X ack_p99_ms=X:",
            "what was acknowledged a second, and how long a batch waited for its acknowledgement."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int MOST_SERIES = 1_000_000;
    private static final long BEAT_NANOS = 1_000_000;
    private static final int BURST_AT_MAX = 1_024;
    private static final double ERROR_SHARE = 0.005;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            required = true,
            converter = Rate.Converter.class,
            description = "Outcomes a second, or max: as many as the collector takes.")
    private Rate rate = new Rate(Rate.MAX);

    @Option(names = "--duration", paramLabel = "D", required = true, description = "How long: 30s, 5m.")
    private Duration duration = Duration.ZERO;

    @Option(names = "--series", paramLabel = "S", required = true, description = "Over how many series, 1 or more.")
    private int series = 1;

    /** Shows progress by {@code clock}. */
    public LoadCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (series < 1 || series > MOST_SERIES) {
            throw new ParameterException(
                    spec.commandLine(), "--series must be 1 to " + MOST_SERIES + ", was " + series);
        }
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            collector.requireAnswer();
        }
        AckLatencies latencies = new AckLatencies();
        TocsinClient client = TocsinClient.builder()
                .endpoint(target.target())
                .whenFull(rate.isMax() ? WhenFull.WAIT : WhenFull.DROP_NEW)
                .ackListener(latencies)
                .build();
        double seconds;
        try (client) {
            long start = System.nanoTime();
            push(client, start);
            Delivery.finish(client, target.target(), b -> {});
            seconds = (System.nanoTime() - start) / 1e9;
        }
        Balance balance = client.balance();
        console.out()
                .println("rate=" + Math.round(balance.acked() / seconds) + "/s " + Delivery.lastLine(balance)
                        + " ack_p50_ms=" + latencies.quantile(0.5) + " ack_p99_ms=" + latencies.quantile(0.99));
        console.out().flush();
        return Delivery.allAcked(balance) ? ExitCode.OK : ExitCode.BAD_RESULT;
    }

    private void push(TocsinClient client, long startNanos) {
        List<Outcomes> handles = handles(client);
        Progress progress = new Progress(console, clock);
        SplittableRandom random = new SplittableRandom(series);
        long recorded = 0;
        for (long elapsed = 0; elapsed < duration.toNanos(); elapsed = System.nanoTime() - startNanos) {
            long due = rate.isMax() ? recorded + BURST_AT_MAX : (long) (elapsed / 1e9 * rate.perSecond());
            for (; recorded < due; recorded++) {
                Outcomes outcomes = handles.get((int) (recorded % series));
                long latencyNanos = 20_000_000L + random.nextInt(200_000_000);
                outcomes.record(latencyNanos, random.nextDouble() < ERROR_SHARE ? Status.ERROR : Status.OK);
            }
            progress.show((double) elapsed / duration.toNanos(), Words.count(recorded) + " recorded");
            if (!rate.isMax()) {
                LockSupport.parkNanos(BEAT_NANOS);
            }
        }
        progress.clear();
    }

    // three instances of each made-up agent type
    private List<Outcomes> handles(TocsinClient client) {
        List<Outcomes> handles = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            String agent = "load-" + i / 3;
            Attributes attributes =
                    Attributes.of("gen_ai.agent.name", agent, "gen_ai.agent.id", agent + "-" + (i % 3 + 1));
            handles.add(client.outcomes("gen_ai.invoke_agent.duration", attributes));
        }
        return handles;
    }
}
