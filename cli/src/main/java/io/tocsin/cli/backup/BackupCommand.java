/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backup;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.v1.BackupProgress;
import io.tocsin.v1.BackupRequest;
import io.tocsin.v1.BackupResponse;
import io.tocsin.v1.BackupSummary;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backup}. */
@Command(
        name = "backup",
        description = {
            "Copies all data of a running collector into a new folder on the collector's own disk; it goes on meanwhile. "
                    + "Whatever was acknowledged before the command began is in the copy.",
            "",
            "The folder must be below the collector's monitoring.backups.dir, and not be there yet, or be empty. Without that "
                    + "setting a collector takes no backups. On the same disk the copy shares files with the data directory and "
                    + "takes little room: carry it to another machine (rsync, tar) for the day that disk is lost.",
            "",
            "To restore: stop the collector, put the folder where its data directory was, start it. Plugins and the "
                    + "configuration file are not in it."
        },
        footer = {
            "",
            "Exit codes: 0 the backup is whole, 3 there is none: no collector, a folder that may not be used, no room.",
            "Examples:",
            "  tocsin serve --set monitoring.backups.dir=/var/backups/tocsin",
            "  tocsin backup --to 2026-11-24",
            "  tocsin serve --data-dir /var/backups/tocsin/2026-11-24     (try it out on a copy)"
        })
public final class BackupCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description =
                    "The folder, on the collector's machine: below its monitoring.backups.dir, relative to that or absolute.")
    private String to = "";

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    /** Asks the collector through {@code channels}; {@code clock} paces the progress. */
    public BackupCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        BackupSummary summary;
        Progress progress = new Progress(console, clock);
        try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
            summary = collector.ask(() -> follow(
                    collector
                            .unlimitedAdmin()
                            .backup(BackupRequest.newBuilder().setTo(to).build()),
                    progress));
        } finally {
            progress.clear();
        }
        if (json) {
            JsonLines.print(console.out(), summary);
        } else {
            console.out().println(text(summary));
        }
        return ExitCode.OK;
    }

    private static BackupSummary follow(Iterator<BackupResponse> steps, Progress progress) {
        while (steps.hasNext()) {
            BackupResponse step = steps.next();
            if (step.hasSummary()) {
                return step.getSummary();
            }
            BackupProgress come = step.getProgress();
            progress.show(
                    come.getAllBytes() == 0 ? -1 : (double) come.getBytes() / come.getAllBytes(),
                    megabytes(come.getBytes()) + " of " + megabytes(come.getAllBytes()));
        }
        throw new CommandFailure("the collector ended the call without a backup");
    }

    private static String text(BackupSummary summary) {
        double seconds = summary.getTook().getSeconds() + summary.getTook().getNanos() / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%s: %s in %.1f s, of which %s take room of their own",
                summary.getFolder(),
                megabytes(summary.getBytes()),
                seconds,
                megabytes(summary.getCopiedBytes()));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
