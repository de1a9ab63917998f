/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Quantiles;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How long it takes from what proves a problem until a subscriber has the event, for each detector, over many trials. */
public final class AlertLatencyBenchmark {
    private AlertLatencyBenchmark() {}

    private static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("rounds", 3);
        defaults.put("groups", 200);
        defaults.put("warm-up", 20);
        defaults.put("spread", 10);
        defaults.put("patience", 15);
        defaults.put("seed", 7);
        return defaults;
    }

    public static Report run(List<String> arguments, Machine machine, InstantSource clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, defaults());
        Path configuration = Files.createTempFile("alert-latency", ".yaml");
        List<Trial> trials = new ArrayList<>();
        List<List<Object>> rounds = new ArrayList<>();
        try {
            Files.writeString(configuration, Subject.configuration());
            for (int number = 1; number <= options.get("rounds"); number++) {
                LatencyRound round = new LatencyRound(
                        options.get("groups"),
                        options.get("warm-up"),
                        options.get("spread"),
                        options.get("patience"),
                        options.get("seed") + (long) number);
                Collection<Trial> its = round.run(configuration, clock);
                Quantiles proof = quantiles(its, Trial::fromProof);
                rounds.add(List.of(
                        number,
                        its.size(),
                        proof.p50(),
                        proof.p99(),
                        proof.max(),
                        round.longestPauseMillis(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
                System.out.println("round " + number + ": " + its.size() + " trials, "
                        + its.stream().filter(Trial::isMissed).count() + " missed");
                trials.addAll(its);
            }
        } finally {
            Files.delete(configuration);
        }
        return report(options, machine, trials, rounds);
    }

    private static Report report(Options options, Machine machine, List<Trial> trials, List<List<Object>> rounds) {
        List<List<Object>> rows = new ArrayList<>();
        for (Subject subject : Subject.all()) {
            List<Trial> own = trials.stream().filter(t -> t.subject == subject).toList();
            Quantiles proof = quantiles(own, Trial::fromProof);
            Quantiles whole = quantiles(own, Trial::fromBeginning);
            rows.add(List.of(
                    subject.detector,
                    subject.judged == Subject.Judged.BY_BATCH ? "record() that proves it" : "window may be judged",
                    own.size(),
                    own.stream().filter(Trial::isMissed).count(),
                    own.stream().filter(Trial::isEarly).count(),
                    proof.p50(),
                    proof.p99(),
                    proof.max(),
                    whole.p50(),
                    whole.p99(),
                    whole.max()));
        }
        List<String> summary = List.of(
                "From what proves a problem until a subscriber has the event: " + trials.size()
                        + " trials, each one incident of"
                        + " one group. `from` says what is counted from: the call of `record()` that proves it, or the end"
                        + " of the window plus the allowance of 1 s. `whole` is counted from the incident's beginning. Early:"
                        + " the alert fired before there was an incident.",
                "Rules have steps of 1 s; sender's delay is the default, 100 ms at most. Agents, sender and subscriber share"
                        + " one process, so one clock counts; the collector has its own. Each round has a"
                        + " new collector, which raises its first alert in its life when incidents begin. A long pause of the agents, who"
                        + " do something each millisecond, tells of a machine with more to do than it can.");
        List<String> columns = List.of(
                "detector",
                "from",
                "trials",
                "missed",
                "early",
                "p50 ms",
                "p99 ms",
                "max ms",
                "whole p50 ms",
                "whole p99 ms",
                "whole max ms");
        return new Report(
                "alert-latency",
                machine,
                options.asMap(),
                summary,
                List.of(
                        new Table("By detector", columns, rows),
                        new Table(
                                "By round",
                                List.of(
                                        "round",
                                        "trials",
                                        "p50 ms",
                                        "p99 ms",
                                        "max ms",
                                        "agents' pause ms",
                                        "load after"),
                                rounds)));
    }

    private static Quantiles quantiles(Collection<Trial> trials, Function<Trial, OptionalDouble> delay) {
        return Quantiles.of(trials.stream()
                .map(delay)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
    }
}
