/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.sending.Delivery;
import io.tocsin.cli.sending.RecordingEnd;
import io.tocsin.client.Balance;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}. */
@Command(
        name = "replay",
        description = {
            "Sends recorded spans or outcomes through the client SDK into a recording of their own, where rules judge them "
                    + "by their own times. The live data is not touched, and no channel is notified.",
            ""
        },
        footer = {
            "",
            "FILE is CSV (RFC 4180), perhaps gzipped, with a header. Its columns say what it is:",
            "  spans     trace,span,parent,service,operation,start_us,duration_us",
            "            service becomes the agent type, operation the task type; times are",
            "            microseconds since 1970 UTC; all count as succeeded",
            "  outcomes  time,agent_type,instance,task_type,latency_s,status[,error_type]",
            "            time is when it ended: milliseconds since 1970 UTC, or like",
            "            2026-01-31T12:00:00.250Z; status is ok, error, cancelled or timed_out;",
            "            instance, task_type and error_type may be empty",
            "Rows that cannot be read are skipped and told.",
            "",
            "The first line printed is the recording's name; look at it with --recording:",
            "  tocsin replay spans.csv.gz",
            "  tocsin alerts list --recording spans-20260131-120000",
            "The last line is acked=N rejected=N dropped=N. Exit code 1: not all rows were",
            "acknowledged."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final long SORT_WINDOW_MILLIS = 30_000;
    private static final int SORT_AT_MOST = 2_000_000;
    private static final int SKIPPED_ROWS_SHOWN = 5;
    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Parameters(paramLabel = "FILE", description = "What to send.")
    private Path file = Path.of("");

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            converter = Speed.Converter.class,
            description = "N times as fast as recorded, or max: as fast as it goes (default: max).")
    private @Nullable Speed speed;

    @Option(
            names = "--as-live",
            description = "Into the live data instead, shifted so that the first record ends now, at its own pace.")
    private boolean asLive;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The recording's name (default: the file's name and the time).")
    private @Nullable String name;

    @Option(
            names = "--as-written",
            description = "Keep the file's order; otherwise rows go in order of end time, as far as 30 s allow.")
    private boolean asWritten;

    private long skipped;
    private long read;

    /** Replays by {@code clock}. */
    public ReplayCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (asLive && (speed != null || name != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--as-live goes at its own pace into the live data: no --speed, no --name");
        }
        try (RecordFile rows = new RecordFile(file)) {
            try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
                collector.requireAnswer();
            }
            String recording = asLive ? "" : name == null ? defaultName() : name;
            console.out().println(asLive ? "live" : recording);
            console.out().flush();
            Balance balance = send(rows, recording);
            if (!asLive && balance.acked() > 0) {
                awaitJudged(recording);
            }
            if (skipped > 0) {
                console.err().println("skipped " + skipped + " rows that cannot be read");
            }
            console.out().println(Delivery.lastLine(balance));
            console.out().flush();
            return skipped == 0 && Delivery.allAcked(balance) ? ExitCode.OK : ExitCode.BAD_RESULT;
        }
    }

    /** Whoever asks after the last line is answered from all of the recording. */
    private void awaitJudged(String recording) throws InterruptedException {
        Progress progress = new Progress(console, clock);
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            RecordingEnd.await(collector, recording, () -> progress.show(1, "waiting until all of it is judged"));
        }
        progress.clear();
    }

    private Balance send(RecordFile rows, String recording) throws InterruptedException {
        Progress progress = new Progress(console, clock);
        TocsinClient client = TocsinClient.builder()
                .endpoint(target.target())
                .recording(recording)
                .whenFull(WhenFull.WAIT)
                .build();
        try (client) {
            RecordedFeed feed = new RecordedFeed(client, pace());
            EndTimeSort sort = new EndTimeSort(SORT_WINDOW_MILLIS, SORT_AT_MOST, feed::send);
            while (rows.hasNext()) {
                read(rows, asWritten ? feed::send : sort::take, progress);
                if ((read & 0x3FF) == 0) {
                    progress.show(rows.share(), Words.count(client.balance().acked()) + " acked");
                }
            }
            sort.finish();
            Delivery.finish(client, target.target(), b -> progress.show(1, Words.count(b.acked()) + " acked, waiting"));
            progress.clear();
            if (sort.outOfOrder() > 0) {
                console.err()
                        .println(Words.count(sort.outOfOrder())
                                + " rows came more than 30 s after later ones and went out of order");
            }
        }
        return client.balance();
    }

    private void read(RecordFile rows, Consumer<RecordedOutcome> to, Progress progress) {
        read++;
        try {
            to.accept(rows.next());
        } catch (BadRowException e) {
            skipped++;
            if (skipped <= SKIPPED_ROWS_SHOWN) {
                progress.clear();
                console.err().println(file + " line " + rows.line() + ": " + e.getMessage());
            }
        }
    }

    private Pace pace() {
        if (asLive) {
            return Pace.asLive(clock, Thread::sleep);
        }
        return Pace.recorded(speed == null ? Double.POSITIVE_INFINITY : speed.times(), clock, Thread::sleep);
    }

    private String defaultName() {
        Path last = file.getFileName();
        String base = (last == null ? "records" : last.toString())
                .replaceFirst("(\\.csv)?(\\.gz)?$", "")
                .replaceAll("[^A-Za-z0-9._-]", "-");
        return base.substring(0, Math.min(40, base.length())) + "-" + NAME_TIME.format(clock.instant());
    }
}
