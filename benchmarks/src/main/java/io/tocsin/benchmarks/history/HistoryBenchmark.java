/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.history;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.process.Page;
import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.benchmarks.report.Figures;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Quantiles;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Table;
import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * How soon views and questions about a month are answered by a collector that has just started on a store of that month: the first call of each, and then many. The store is kept in
 * {@code tocsin.benchmarks.history} and used again by the next run of the same size.
 */
public final class HistoryBenchmark {
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    /** The engine publishes no more often than four times a second: so no answer is one that was given before. */
    private static final long ROUND_MILLIS = 300;

    private static final int STARTS = 5;

    private HistoryBenchmark() {}

    private static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("series", 1_000);
        defaults.put("days", 30);
        defaults.put("rounds", 500);
        return defaults;
    }

    public static Report run(List<String> arguments, Machine machine, InstantSource clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, defaults());
        String usual = System.getProperty("tocsin.benchmarks.results", "results") + "/history-" + options.get("series")
                + "-" + options.get("days");
        Path data = Path.of(System.getProperty("tocsin.benchmarks.history", usual));
        Path store = data.resolve("partition-0").resolve("store");
        List<List<Object>> conditions = new ArrayList<>();
        if (!Files.exists(store)) {
            conditions.add(List.of("seconds to write all rollups", write(options, store, clock)));
        }
        long bytes = bytes(store);
        double seriesDays = (double) options.get("series") * options.get("days");
        double outcomes = seriesDays * 24 * 60 * HistoryData.OUTCOMES_A_MINUTE;
        conditions.add(List.of("MB on disk", bytes / 1e6));
        conditions.add(List.of("bytes a series and day", bytes / seriesDays));
        conditions.add(
                List.of("bytes an outcome, of " + HistoryData.OUTCOMES_A_MINUTE + " a minute", bytes / outcomes));

        List<String> settings = List.of("monitoring.in-memory=false", "monitoring.data-dir=" + data.toAbsolutePath());
        double[] starts = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long began = System.nanoTime();
            try (ServerProcess server = ServerProcess.collector(settings)) {
                starts[i] = (System.nanoTime() - began) / 1e9;
                if (i == STARTS - 1) {
                    Quantiles all = Quantiles.of(starts);
                    conditions.add(List.of("seconds from start to serving, median of " + STARTS, all.p50()));
                    conditions.add(List.of("seconds from start to serving, most", all.max()));
                    return measured(server, options, machine, conditions, clock);
                }
            }
        }
        throw new IllegalStateException("the last start is measured");
    }

    private static Report measured(
            ServerProcess server, Options options, Machine machine, List<List<Object>> conditions, InstantSource clock)
            throws IOException, InterruptedException {
        beginLive(server.port());
        List<List<Object>> rows = measure(
                server.httpPort(),
                options.get("rounds"),
                Questions.of(options.get("series"), options.get("days"), clock.millis()));
        conditions.add(List.of(
                "load of the machine after",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return report(options, machine, rows, conditions);
    }

    private static double write(Options options, Path store, InstantSource clock) throws IOException {
        long to = clock.millis() / MINUTE * MINUTE;
        long began = System.nanoTime();
        new HistoryData(options.get("series")).write(store, to - options.get("days") * DAY, to);
        return (System.nanoTime() - began) / 1e9;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A view of an agent type wants one that lives. */
    private static void beginLive(int port) throws InterruptedException {
        try (TocsinClient client =
                TocsinClient.builder().endpoint("127.0.0.1:" + port).build()) {
            Outcomes one = client.outcomes(
                    HistoryData.TASKS, Attributes.of("gen_ai.agent.name", "agent-1", "gen_ai.agent.id", "agent-1-0"));
            one.record(200_000_000, Status.OK);
            client.flush(Duration.ofSeconds(10));
            Thread.sleep(500); // the engine has applied it when the next view is published
        }
    }

    /** Rounds of one call of each; the first round stands apart. */
    private static List<List<Object>> measure(int port, int rounds, Map<String, IntFunction<String>> questions)
            throws IOException, InterruptedException {
        List<Asked> all = new ArrayList<>();
        questions.forEach((name, path) -> all.add(new Asked(name, path, new double[rounds + 1])));
        List<List<Object>> rows = new ArrayList<>();
        try (Page page = new Page(port, "/")) {
            for (int round = 0; round <= rounds; round++) {
                long began = System.nanoTime();
                for (Asked question : all) {
                    question.millis()[round] = page.get(question.path().apply(round));
                    if (round == rounds) {
                        rows.add(question.row(page.length()));
                    }
                }
                Thread.sleep(Math.max(0, ROUND_MILLIS - (System.nanoTime() - began) / 1_000_000));
            }
        }
        return rows;
    }

    /** A question, and how long its answers took, by round. */
    private record Asked(String name, IntFunction<String> path, double[] millis) {
        List<Object> row(int bytes) {
            Quantiles more = Quantiles.of(Arrays.copyOfRange(millis, 1, millis.length));
            return List.of(name, millis[0], more.p50(), more.p99(), more.max(), bytes);
        }
    }

    private static Report report(
            Options options, Machine machine, List<List<Object>> rows, List<List<Object>> conditions) {
        double worst =
                rows.stream().mapToDouble(row -> (Double) row.get(3)).max().orElse(Double.NaN);
        return new Report(
                "history",
                machine,
                options.asMap(),
                List.of(
                        "A collector starts on a store of " + options.get("days") + " days of " + options.get("series")
                                + " series, each with " + HistoryData.OUTCOMES_A_MINUTE
                                + " outcomes a minute. One client asks by HTTP on one connection, in rounds of one call of each question, of series another one in"
                                + " each round; no answer is one that was kept. The first call of each after the start stands apart.",
                        "The slowest p99 is " + Figures.text(worst) + " ms."),
                List.of(
                        new Table(
                                "Latency",
                                List.of("question", "first ms", "p50 ms", "p99 ms", "max ms", "bytes"),
                                rows),
                        new Table("Conditions", List.of("what", "value"), conditions)));
    }
}
