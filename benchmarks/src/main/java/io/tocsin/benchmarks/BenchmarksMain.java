/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks;

import io.tocsin.benchmarks.checkpoint.CheckpointBenchmark;
import io.tocsin.benchmarks.dashboard.DashboardBenchmark;
import io.tocsin.benchmarks.history.HistoryBenchmark;
import io.tocsin.benchmarks.ingest.DurableBenchmark;
import io.tocsin.benchmarks.ingest.IngestBenchmark;
import io.tocsin.benchmarks.journal.JournalWriteBenchmark;
import io.tocsin.benchmarks.latency.AlertLatencyBenchmark;
import io.tocsin.benchmarks.micro.MicroBenchmarks;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** Runs one benchmark by name and writes its report. */
public final class BenchmarksMain {
    private static final List<String> NAMES = List.of(
            "ingest",
            "alert-latency",
            "dashboard",
            "history",
            "journal",
            "durable",
            "checkpoint",
            "codec",
            "engine",
            "sdk",
            "traces");

    private BenchmarksMain() {}

    /** {@code NAME [--option N]…} */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        if (!NAMES.contains(name)) {
            System.err.println("benchmark must be one of " + String.join(", ", NAMES) + ", was \"" + name + "\"");
            System.exit(2);
        }
        List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
        InstantSource clock = InstantSource.system();
        Machine machine = Machine.here(clock);
        Report report = switch (name) {
            case "ingest" -> IngestBenchmark.run(options, machine, clock);
            case "alert-latency" -> AlertLatencyBenchmark.run(options, machine, clock);
            case "dashboard" -> DashboardBenchmark.run(options, machine);
            case "durable" -> DurableBenchmark.run(options, machine, clock);
            case "history" -> HistoryBenchmark.run(options, machine, clock);
            case "journal" -> JournalWriteBenchmark.run(options, machine);
            case "checkpoint" -> CheckpointBenchmark.run(options, machine);
            default -> MicroBenchmarks.run(name, options, machine);
        };
        report.write(Path.of(System.getProperty("tocsin.benchmarks.results", "results")));
        System.out.println();
        System.out.print(report.markdown());
    }
}
