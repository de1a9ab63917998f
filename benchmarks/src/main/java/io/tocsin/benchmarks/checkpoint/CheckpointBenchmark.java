/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.checkpoint;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Quantiles;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Table;
import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.checkpoint.CheckpointHeader;
import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.plugin.Plugins;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Takes checkpoints of an engine under load, writes them to the disk of the working directory, and begins another engine from the last one. */
public final class CheckpointBenchmark {
    private static final List<Integer> SERIES = List.of(1_000, 100_000);
    /** 102,400 outcomes a second of engine time. */
    private static final int BATCH_MILLIS = 10;

    private CheckpointBenchmark() {}

    public static Report run(List<String> arguments, Machine machine) throws IOException {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("seconds", 120);
        defaults.put("rounds", 20);
        Options options = Options.parse(arguments, defaults);
        List<List<Object>> rows = new ArrayList<>();
        try (Plugins plugins = Plugins.load(Path.of("no-plugins"), "benchmark")) {
            for (int series : SERIES) {
                rows.add(row(plugins, series, options.get("seconds"), options.get("rounds")));
            }
        }
        return new Report(
                "checkpoint",
                machine,
                options.asMap(),
                List.of(
                        "The engine is held while its state is copied into memory; the file is written beside it. A restart reads the"
                                + " file, checks it and begins an engine from it, with classes that are loaded already."),
                List.of(new Table(
                        "checkpoints",
                        List.of(
                                "series",
                                "held p50 ms",
                                "held max ms",
                                "held cpu p50 ms",
                                "MB",
                                "written p50 ms",
                                "written max ms",
                                "read p50 ms",
                                "begun p50 ms",
                                "begun max ms",
                                "begun cpu p50 ms"),
                        rows)));
    }

    static List<Object> row(Plugins plugins, int series, int seconds, int rounds) throws IOException {
        Path path = Files.createTempDirectory(Path.of("").toAbsolutePath(), "checkpoint-benchmark-");
        try {
            CheckpointFolder folder = CheckpointFolder.open(path);
            LoadedEngine live = new LoadedEngine(plugins, series, BATCH_MILLIS);
            live.begin();
            live.run(seconds);
            StateImage image = new StateImage();
            double[] held = new double[rounds];
            double[] heldCpu = new double[rounds];
            double[] begunCpu = new double[rounds];
            double[] written = new double[rounds];
            double[] read = new double[rounds];
            double[] begun = new double[rounds];
            live.save(image); // the first one makes its memory, and later ones are what counts
            for (int round = 0; round < rounds; round++) {
                live.run(1);
                long cpu = cpuNanos();
                long begin = System.nanoTime();
                live.save(image);
                long saved = System.nanoTime();
                heldCpu[round] = (cpuNanos() - cpu) / 1e6;
                folder.write(new CheckpointHeader(0, live.offset(), 0, "benchmark"), image);
                long forced = System.nanoTime();
                Checkpoint found = folder.newest(header -> true, problem -> {}).orElseThrow();
                long cpuBefore = cpuNanos();
                long known = System.nanoTime();
                new LoadedEngine(plugins, series, BATCH_MILLIS).restore(found.state());
                long ready = System.nanoTime();
                begunCpu[round] = (cpuNanos() - cpuBefore) / 1e6;
                held[round] = (saved - begin) / 1e6;
                written[round] = (forced - saved) / 1e6;
                read[round] = (known - forced) / 1e6;
                begun[round] = (ready - known) / 1e6;
            }
            return List.of(
                    series,
                    Quantiles.of(held).p50(),
                    Quantiles.of(held).max(),
                    Quantiles.of(heldCpu).p50(),
                    image.bytes() / 1e6,
                    Quantiles.of(written).p50(),
                    Quantiles.of(written).max(),
                    Quantiles.of(read).p50(),
                    Quantiles.of(begun).p50(),
                    Quantiles.of(begun).max(),
                    Quantiles.of(begunCpu).p50());
        } finally {
            delete(path);
        }
    }

    /** Of this thread: what else runs on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
