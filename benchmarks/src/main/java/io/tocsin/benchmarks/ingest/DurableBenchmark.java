/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.journal.WriteForm;
import io.tocsin.benchmarks.journal.WriteRun;
import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.benchmarks.report.Figures;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Spread;
import io.tocsin.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The collector with its data on the disk of the working directory beside the same one with all in memory, one in turn with the other. In between the
 * disk alone: groups as large as the collector's were, written and forced by one thread.
 */
public final class DurableBenchmark {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final long RAW_BYTES = 32L << 20;

    private DurableBenchmark() {}

    public static Report run(List<String> arguments, Machine machine, InstantSource clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, IngestBenchmark.defaults());
        OrchestratorSeries series = new OrchestratorSeries(options.get("series"));
        EncodedBatches batches = EncodedBatches.random(
                options.get("batches"), options.get("batch"), options.get("series"), IngestBenchmark.SEED);
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "durable-benchmark-");
        try (Contender durable = open(
                        "on disk",
                        List.of("monitoring.in-memory=false", "monitoring.data-dir=" + folder.resolve("data")),
                        series,
                        batches,
                        options,
                        clock);
                Contender memory = open("in memory", List.of(), series, batches, options, clock)) {
            if (options.get("warm-up") > 0) {
                durable.run(options.get("warm-up"), options.get("rate"), memory);
                memory.run(options.get("warm-up"), options.get("rate"), durable);
            }
            List<DiskUse> uses = new ArrayList<>();
            List<WriteRun> raw = new ArrayList<>();
            for (int round = 1; round <= options.get("rounds"); round++) {
                DiskUse before = DiskUse.of(durable.server.httpPort());
                play(round, durable, memory, options);
                DiskUse use = DiskUse.of(durable.server.httpPort()).since(before);
                uses.add(use);
                play(round, memory, durable, options);
                raw.add(alone(folder.resolve("raw-" + round), (int) (use.diskBytes() / use.forces())));
            }
            return report(options, machine, batches, durable, memory, uses, raw);
        } finally {
            delete(folder);
        }
    }

    private static Contender open(
            String name,
            List<String> arguments,
            OrchestratorSeries series,
            EncodedBatches batches,
            Options options,
            InstantSource clock)
            throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.collector(arguments);
        return new Contender(
                name,
                true,
                server,
                new ProducerConnection(server.port(), series, batches, options.get("unanswered"), clock),
                batches);
    }

    private static void play(int number, Contender contender, Contender idle, Options options)
            throws IOException, InterruptedException {
        Round round = contender.run(options.get("seconds"), options.get("rate"), idle);
        contender.rounds.add(round);
        System.out.printf(
                "round %d, %s: %s outcomes/s, ack p99 %s ms%n",
                number,
                contender.name,
                Figures.text(round.ackedPerSecond()),
                Figures.text(round.ackMillis().p99()));
    }

    private static WriteRun alone(Path folder, int groupBytes) throws IOException {
        Files.createDirectories(folder);
        WriteRun run = WriteRun.of(WriteForm.GROWING, folder, groupBytes, RAW_BYTES, SEGMENT_BYTES);
        delete(folder);
        return run;
    }

    private static Report report(
            Options options,
            Machine machine,
            EncodedBatches batches,
            Contender durable,
            Contender memory,
            List<DiskUse> uses,
            List<WriteRun> raw) {
        int n = durable.rounds.size();
        double[] speeds = new double[n];
        for (int i = 0; i < n; i++) {
            speeds[i] = durable.rounds.get(i).ackedPerSecond()
                    / memory.rounds.get(i).ackedPerSecond();
        }
        List<List<Object>> rows = new ArrayList<>();
        for (Contender contender : List.of(durable, memory)) {
            rows.add(List.of(
                    contender.name,
                    contender.spread(Round::ackedPerSecond),
                    contender.spread(Round::appliedPerSecond),
                    contender.spread(round -> round.ackMillis().p50()),
                    contender.spread(round -> round.ackMillis().p99()),
                    contender.spread(Round::cpuNanosPerOutcome),
                    contender.rounds.stream().mapToLong(Round::refusedBatches).sum()));
        }
        List<List<Object>> disk = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            DiskUse use = uses.get(i);
            disk.add(List.of(
                    i + 1,
                    speeds[i],
                    use.diskBytes() / use.payloadBytes(),
                    use.diskBytes() / use.forces(),
                    use.forceSeconds() / use.forces() * 1e3,
                    raw.get(i).groupMillis().p50(),
                    raw.get(i).groupMillis().p99(),
                    raw.get(i).megabytesPerSecond()));
        }
        return new Report(
                "durable" + (options.get("rate") == 0 ? "" : "-at-" + options.get("rate")),
                machine,
                options.asMap(),
                List.of(
                        "With its data on disk the collector acknowledges "
                                + Spread.of(speeds).text()
                                + " times as many outcomes a second as in memory: median, least and greatest of " + n
                                + " pairs of rounds.",
                        "One connection, batches of " + batches.outcomesEach() + " outcomes, "
                                + Figures.text(batches.bytesPerOutcome())
                                + " bytes an outcome, at most " + options.get("unanswered") + " unanswered. Servers: "
                                + String.join(" ", ServerProcess.JVM_OPTIONS) + "."),
                List.of(
                        new Table(
                                "Median (least–greatest) of the rounds",
                                List.of(
                                        "collector",
                                        "acked outcomes/s",
                                        "applied outcomes/s",
                                        "ack p50 ms",
                                        "ack p99 ms",
                                        "server CPU ns/outcome",
                                        "refused batches"),
                                rows),
                        new Table(
                                "The disk, round by round; on its own: groups as large as the collector's, by one thread",
                                List.of(
                                        "round",
                                        "speed on disk / in memory",
                                        "journal B per payload B",
                                        "B a forced write",
                                        "write and force ms, mean",
                                        "on its own p50 ms",
                                        "on its own p99 ms",
                                        "on its own MB/s"),
                                disk)));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
