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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How soon views and questions about a month are answered by a collector that has just started on a store of that month: the first call of each, and then many. The store is kept in
 * {@code tocsin.benchmarks.history} and used again by the next run of the same size.
 */
public final class HistoryBenchmark {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private HistoryBenchmark() {}

    private static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("series", 1_000);
        defaults.put("days", 30);
        defaults.put("requests", 200);
        return defaults;
    }

    public static Report run(List<String> arguments, Machine machine, InstantSource clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, defaults());
        String usual = "results/history-" + options.get("series") + "-" + options.get("days");
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

        long began = System.nanoTime();
        try (ServerProcess server = ServerProcess.collector(
                List.of("monitoring.in-memory=false", "monitoring.data-dir=" + data.toAbsolutePath()))) {
            conditions.add(List.of("seconds from start to serving", (System.nanoTime() - began) / 1e9));
            beginLive(server.port());
            List<List<Object>> rows = measure(server.httpPort(), options, clock);
            conditions.add(List.of(
                    "load of the machine after",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
            return report(options, machine, rows, conditions);
        }
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

    private static List<List<Object>> measure(int port, Options options, InstantSource clock) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (Map.Entry<String, String> question :
                questions(options, clock.millis()).entrySet()) {
            try (Page page = new Page(port, question.getValue())) {
                double first = page.get();
                double[] more = new double[options.get("requests")];
                for (int i = 0; i < more.length; i++) {
                    more[i] = page.get();
                }
                Quantiles all = Quantiles.of(more);
                rows.add(List.of(question.getKey(), first, all.p50(), all.p99(), all.max(), page.length()));
            }
        }
        return rows;
    }

    private static Map<String, String> questions(Options options, long nowMillis) {
        Map<String, String> questions = new LinkedHashMap<>();
        for (String view : List.of(
                "health",
                "dashboard",
                "slo",
                "metrics/agents",
                "metrics/agents/agent-1",
                "anomalies",
                "trends/latency",
                "performance/summary",
                "alerts")) {
            questions.put("`/monitoring/" + view + "`", "/monitoring/" + view);
        }
        String series = "/monitoring/series?metric=" + HistoryData.TASKS + "&quantile=0.5,0.95";
        long to = nowMillis / HOUR * HOUR;
        String days = options.get("days") + " days";
        String range = range(to - options.get("days") * DAY, to);
        questions.put("one series, " + days + " at 1 h", series + "&step=1h&match=gen_ai.agent.id=agent-3-0" + range);
        questions.put(
                "a group of " + options.get("series") / HistoryData.AGENT_TYPES + " series, " + days + " at 1 h",
                series + "&step=1h&match=gen_ai.agent.name=agent-3" + range);
        questions.put(
                "the same, as a group that nobody keeps",
                series + "&step=1h&match=gen_ai.agent.name=agent-3&match=tocsin.task.type=task-0%7Ctask-1%7Ctask-2"
                        + range);
        long pageMillis = 180 * HOUR; // 10,800 points, of 11,000 that a line may have
        for (int page = 0; (page + 1) * pageMillis <= options.get("days") * DAY; page++) {
            questions.put(
                    "one series at 1 min, 7.5 days, page " + (page + 1),
                    series + "&step=1m&match=gen_ai.agent.id=agent-3-0"
                            + range(to - (page + 1) * pageMillis, to - page * pageMillis));
        }
        return questions;
    }

    private static String range(long fromMillis, long toMillis) {
        return "&start_time=" + Instant.ofEpochMilli(fromMillis) + "&end_time=" + Instant.ofEpochMilli(toMillis);
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
                                + " outcomes a minute. One client asks by HTTP, one question after the other on one connection: the first call of each"
                                + " stands apart, as it reads what nobody has read before.",
                        "The slowest p99 is " + Figures.text(worst) + " ms."),
                List.of(
                        new Table(
                                "Latency",
                                List.of("question", "first ms", "p50 ms", "p99 ms", "max ms", "bytes"),
                                rows),
                        new Table("Conditions", List.of("what", "value"), conditions)));
    }
}
