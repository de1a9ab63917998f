/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.benchmarks.report.Figures;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Spread;
import io.tocsin.benchmarks.report.Table;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The collector with its default rules beside {@link BareServer}, one in turn with the other, each in a process of its own, fed by one
 * connection from a third with the same bytes.
 */
public final class IngestBenchmark {
    static final long SEED = 7;

    private IngestBenchmark() {}

    static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("series", 1_000);
        defaults.put("batch", 1_024);
        defaults.put("batches", 256);
        defaults.put("unanswered", 256);
        defaults.put("rate", 0);
        defaults.put("rounds", 7);
        defaults.put("seconds", 5);
        defaults.put("warm-up", 15);
        return defaults;
    }

    public static Report run(List<String> arguments, Machine machine, InstantSource clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, defaults());
        OrchestratorSeries series = new OrchestratorSeries(options.get("series"));
        EncodedBatches batches =
                EncodedBatches.random(options.get("batches"), options.get("batch"), options.get("series"), SEED);
        try (Contender collector = open("collector", series, batches, options, clock);
                Contender bare = open("bare server", series, batches, options, clock)) {
            if (options.get("warm-up") > 0) {
                collector.run(options.get("warm-up"), options.get("rate"), bare);
                bare.run(options.get("warm-up"), options.get("rate"), collector);
            }
            for (int round = 1; round <= options.get("rounds"); round++) {
                play(round, collector, bare, options);
                play(round, bare, collector, options);
            }
            return report(options, machine, batches, collector, bare);
        }
    }

    private static Contender open(
            String name, OrchestratorSeries series, EncodedBatches batches, Options options, InstantSource clock)
            throws IOException, InterruptedException {
        boolean isCollector = name.equals("collector");
        ServerProcess server = isCollector ? ServerProcess.collector(List.of()) : ServerProcess.bare();
        ProducerConnection producer =
                new ProducerConnection(server.port(), series, batches, options.get("unanswered"), clock);
        return new Contender(name, isCollector, server, producer, batches);
    }

    private static void play(int number, Contender contender, Contender idle, Options options)
            throws IOException, InterruptedException {
        Round round = contender.run(options.get("seconds"), options.get("rate"), idle);
        contender.rounds.add(round);
        System.out.printf(
                "round %d, %s: %s outcomes/s, %s ns of CPU each%n",
                number,
                contender.name,
                Figures.text(round.appliedPerSecond()),
                Figures.text(round.cpuNanosPerOutcome()));
    }

    private static Report report(
            Options options, Machine machine, EncodedBatches batches, Contender collector, Contender bare) {
        Spread cost = ratio(collector, bare, Round::cpuNanosPerOutcome);
        Spread speed = ratio(collector, bare, Round::appliedPerSecond);
        List<String> summary = List.of(
                "An outcome costs the collector " + cost.text()
                        + " times the processor time that it costs the bare server, and"
                        + " the collector takes " + speed.text()
                        + " times as many a second: median, least and greatest of "
                        + cost.n() + " pairs of rounds.",
                "One connection, batches of " + batches.outcomesEach() + " outcomes, "
                        + Figures.text(batches.bytesPerOutcome())
                        + " bytes an outcome. Sender and servers share the processors,"
                        + " so outcomes a second are those of a busy machine; processor time is the servers' own. Servers: "
                        + String.join(" ", ServerProcess.JVM_OPTIONS) + ".");
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> rounds = new ArrayList<>();
        for (Contender contender : List.of(collector, bare)) {
            rows.add(List.of(
                    contender.name,
                    contender.spread(Round::ackedPerSecond),
                    contender.spread(Round::appliedPerSecond),
                    contender.spread(Round::cpuNanosPerOutcome),
                    contender.spread(Round::allocatedPerOutcome),
                    contender.spread(round -> round.ackMillis().p99()),
                    contender.rounds.stream().mapToLong(Round::refusedBatches).sum()));
            for (int i = 0; i < contender.rounds.size(); i++) {
                Round round = contender.rounds.get(i);
                rounds.add(List.of(
                        contender.name,
                        i + 1,
                        round.ackedPerSecond(),
                        round.appliedPerSecond(),
                        round.cpuNanosPerOutcome(),
                        round.allocatedPerOutcome(),
                        round.ackMillis().p99(),
                        round.refusedBatches()));
            }
        }
        List<String> figures = List.of(
                "acked outcomes/s",
                "applied outcomes/s",
                "server CPU ns/outcome",
                "allocated B/outcome",
                "ack p99 ms",
                "refused batches");
        return new Report(
                name(options),
                machine,
                options.asMap(),
                summary,
                List.of(
                        new Table("Median (least–greatest) of the rounds", columns(List.of("server"), figures), rows),
                        new Table("Rounds", columns(List.of("server", "round"), figures), rounds)));
    }

    private static String name(Options options) {
        return "ingest"
                + (options.get("series") == 1_000 ? "" : "-" + options.get("series") + "-series")
                + (options.get("rate") == 0 ? "" : "-at-" + options.get("rate"));
    }

    private static List<String> columns(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private static Spread ratio(Contender collector, Contender bare, ToDoubleFunction<Round> figure) {
        double[] ratios = new double[collector.rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(collector.rounds.get(i)) / figure.applyAsDouble(bare.rounds.get(i));
        }
        return Spread.of(ratios);
    }
}
