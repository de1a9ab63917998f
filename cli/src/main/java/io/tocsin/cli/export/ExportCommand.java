/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.cli.console.TimeText;
import io.tocsin.cli.console.Words;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}. */
@Command(
        name = "export",
        description = {
            "Writes what a collector keeps of a range as CSV (RFC 4180, UTF-8, one header line), for notebooks and spreadsheets. "
                    + "Times are UTC; what is unknown is an empty field; attributes in one field are KEY=VALUE;KEY=VALUE.",
            "",
            "windows:  counts, sums and quantiles of a metric, a row for each step and group that has records.",
            "findings: what detectors found, a row for each change of an alert, by alert, of each the oldest first.",
            "alerts:   alerts that were open at some time of the range, as they are now, the newest first."
        },
        footer = {
            "",
            "Exit codes: 0 written, 2 the command line is wrong, 3 no collector, or it cannot answer.",
            "Examples:",
            "  tocsin export windows --from 2026-11-01 --to 2026-11-08 --step 1h -o week.csv",
            "  tocsin export windows --metric gen_ai.client.token.usage --by gen_ai.agent.name,gen_ai.token.type",
            "  tocsin export alerts --from 2026-11-01 | column -s, -t",
            "  python3 -c 'import pandas; print(pandas.read_csv(\"week.csv\", parse_dates=[\"time\"]).describe())'"
        })
public final class ExportCommand implements Callable<Integer> {
    private static final Duration USUAL_LENGTH = Duration.ofHours(1);
    private static final CSVFormat FORM =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    /** What is exported. */
    enum Kind {
        WINDOWS,
        FINDINGS,
        ALERTS
    }

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Parameters(index = "0", paramLabel = "KIND", description = "windows, findings or alerts.")
    private Kind kind = Kind.WINDOWS;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "First instant, like 2026-01-31T12:00:00Z or 2026-01-31 (default: an hour before --to).")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "First instant that does not count any more (default: now).")
    private @Nullable Instant to;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "Windows of this metric (default: ${DEFAULT-VALUE}).",
            defaultValue = "gen_ai.invoke_agent.duration")
    private String metric = "";

    @Option(
            names = "--by",
            paramLabel = "KEY",
            split = ",",
            description =
                    "Windows: a group for each combination of these attributes, each a column; \"\": all in one (default: ${DEFAULT-VALUE}).",
            defaultValue = "gen_ai.agent.name")
    private List<String> by = List.of();

    @Option(
            names = "--where",
            paramLabel = "KEY=VALUE",
            description = "Windows: only of series with this attribute; may be repeated, all must hold.")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            description =
                    "Length of a window, whole seconds, 1s or more; below 10s without quantiles (default: ${DEFAULT-VALUE}).",
            defaultValue = "1m")
    private Duration step = Duration.ofMinutes(1);

    @Option(names = "--recording", paramLabel = "NAME", description = "Of this recording, with --from and --to.")
    private String recording = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; a file that is there is replaced (default: standard output).")
    private @Nullable Path output;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Asks the collector through {@code channels}; {@code clock} says what now is, and paces the progress. */
    public ExportCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ExportRange range = range();
        if (step.toMillis() < 1_000 || step.toMillis() % 1_000 != 0) {
            throw new ParameterException(
                    spec.commandLine(), "--step must be whole seconds, 1s or more, was " + step.toMillis() + "ms");
        }
        Progress progress = new Progress(console, clock);
        long rows;
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            rows = output == null ? toConsole(collector, range, progress) : toFile(output, collector, range, progress);
        } finally {
            progress.clear();
        }
        console.err().println("rows: " + Words.count(rows) + ", of " + range.from() + " to " + range.to());
        return ExitCode.OK;
    }

    private ExportRange range() {
        if (!recording.isEmpty() && (from == null || to == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--recording needs --from and --to: its time is that of its records, not now");
        }
        Instant until = to == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : to;
        Instant since = from == null ? until.minus(USUAL_LENGTH) : from;
        if (!since.isBefore(until)) {
            throw new ParameterException(
                    spec.commandLine(), "--to must be later than --from, were " + until + " and " + since);
        }
        return new ExportRange(since, until, recording);
    }

    private long toConsole(CollectorConnection collector, ExportRange range, Progress progress) {
        try {
            // the console stays open
            return write(collector, range, console.out(), progress);
        } catch (IOException e) {
            throw new CommandFailure("cannot write: " + e.getMessage(), e);
        }
    }

    private long toFile(Path file, CollectorConnection collector, ExportRange range, Progress progress) {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            return write(collector, range, out, progress);
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private long write(CollectorConnection collector, ExportRange range, Writer out, Progress progress)
            throws IOException {
        ExportedRows rows = switch (kind) {
            case WINDOWS ->
                new WindowRows(
                        collector,
                        range,
                        metric,
                        by.stream().filter(key -> !key.isEmpty()).toList(),
                        where,
                        step);
            case FINDINGS -> AlertRows.findings(collector, range);
            case ALERTS -> AlertRows.alerts(collector, range);
        };
        CSVPrinter csv = new CSVPrinter(out, FORM);
        csv.printRecord(rows.header());
        long[] written = {0};
        rows.write(
                row -> {
                    csv.printRecord(row);
                    written[0]++;
                },
                share -> progress.show(share, Words.count(written[0]) + " rows"));
        csv.flush();
        return written[0];
    }
}
