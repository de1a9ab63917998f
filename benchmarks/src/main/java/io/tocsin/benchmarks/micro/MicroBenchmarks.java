/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Spread;
import io.tocsin.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs the JMH benchmarks of one name. */
public final class MicroBenchmarks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final Map<String, Class<?>> BY_NAME = Map.of(
            "codec", CodecBenchmark.class,
            "engine", EngineBenchmark.class,
            "sdk", RecordBenchmark.class,
            "traces", TracesBenchmark.class);

    private MicroBenchmarks() {}

    private static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("forks", 3);
        defaults.put("warm-ups", 5);
        defaults.put("iterations", 7);
        defaults.put("seconds", 2);
        defaults.put("threads", 1);
        return defaults;
    }

    /** @param name "codec", "engine", "sdk" or "traces" */
    public static Report run(String name, List<String> arguments, Machine machine) throws RunnerException {
        Options options = Options.parse(arguments, defaults());
        Class<?> benchmark = BY_NAME.get(name);
        if (benchmark == null) {
            throw new IllegalArgumentException("micro-benchmark must be one of " + BY_NAME.keySet() + ", was " + name);
        }
        ChainedOptionsBuilder run = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(options.get("forks"))
                .warmupIterations(options.get("warm-ups"))
                .warmupTime(TimeValue.seconds(options.get("seconds")))
                .measurementIterations(options.get("iterations"))
                .measurementTime(TimeValue.seconds(options.get("seconds")))
                .threads(options.get("threads"))
                .jvmArgs("-XX:+UseG1GC", "-Xms1g", "-Xmx2g")
                .shouldFailOnError(true);
        if (benchmark != RecordBenchmark.class) { // there it would count the threads that send and receive, too
            run.addProfiler(GCProfiler.class);
        }
        var results = new Runner(run.build()).run();
        List<List<Object>> rows = new ArrayList<>();
        for (RunResult result : results) {
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            rows.add(List.of(
                    label(result),
                    spread(result.getPrimaryResult().getStatistics()),
                    allocated == null ? "–" : spread(allocated.getStatistics())));
        }
        return new Report(
                name,
                machine,
                options.asMap(),
                List.of("Median, least and greatest of the iterations of all forks, for each record."),
                List.of(new Table("Each record", List.of("step", "ns", "allocated B"), rows)));
    }

    private static String label(RunResult result) {
        StringBuilder label = new StringBuilder(result.getPrimaryResult().getLabel());
        for (String key : result.getParams().getParamsKeys()) {
            label.append(", ").append(key).append(' ').append(result.getParams().getParam(key));
        }
        return label.toString();
    }

    private static Spread spread(Statistics statistics) {
        return new Spread(
                statistics.getPercentile(50), statistics.getMin(), statistics.getMax(), (int) statistics.getN());
    }
}
