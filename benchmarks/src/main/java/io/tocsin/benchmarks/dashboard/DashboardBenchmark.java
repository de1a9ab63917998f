/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.dashboard;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.process.Page;
import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.benchmarks.report.Figures;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Quantiles;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How soon GET /monitoring/dashboard is answered while others watch and outcomes come in, beside a page that never changes. */
public final class DashboardBenchmark {
    private static final String DASHBOARD = "/monitoring/dashboard";
    private static final String CONSTANT = "/";

    private DashboardBenchmark() {}

    private static Map<String, Integer> defaults() {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("series", 1_000);
        defaults.put("watchers", 100);
        defaults.put("rate", 100_000);
        defaults.put("requests", 5_000);
        defaults.put("pause", 5);
        defaults.put("warm-up", 20);
        return defaults;
    }

    public static Report run(List<String> arguments, Machine machine) throws IOException, InterruptedException {
        Options options = Options.parse(arguments, defaults());
        try (ServerProcess server = ServerProcess.collector(List.of());
                OutcomeFlow flow = new OutcomeFlow(server.port(), options.get("series"), options.get("rate"));
                Watchers watchers = new Watchers(server.httpPort(), options.get("watchers"));
                Page dashboard = new Page(server.httpPort(), DASHBOARD);
                Page constant = new Page(server.httpPort(), CONSTANT)) {
            flow.start();
            long warmUntil = System.nanoTime() + options.get("warm-up") * 1_000_000_000L;
            while (System.nanoTime() < warmUntil) {
                ask(dashboard, constant, options.get("pause"));
            }
            long began = System.nanoTime();
            long events = watchers.events();
            long bytes = watchers.bytes();
            List<double[]> measured = new ArrayList<>();
            while (measured.size() < options.get("requests")) {
                measured.add(ask(dashboard, constant, options.get("pause")));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            events = watchers.events() - events;
            bytes = watchers.bytes() - bytes;
            int length = dashboard.length();
            flow.stop();
            return report(
                    options,
                    machine,
                    measured,
                    List.of(
                            List.of("seconds measured", seconds),
                            List.of("outcomes recorded a second", flow.measuredRate()),
                            List.of("events a watcher got a second", events / seconds / options.get("watchers")),
                            List.of("bytes to all watchers a second", bytes / seconds),
                            List.of("bytes of a dashboard", length),
                            List.of("load of the machine after", load),
                            List.of(
                                    "what became of the outcomes",
                                    flow.balance().toString())));
        }
    }

    private static double[] ask(Page dashboard, Page constant, int pauseMillis)
            throws IOException, InterruptedException {
        double[] both = {dashboard.get(), constant.get()};
        Thread.sleep(pauseMillis);
        return both;
    }

    private static Report report(
            Options options, Machine machine, List<double[]> measured, List<List<Object>> conditions) {
        Quantiles dashboard =
                Quantiles.of(measured.stream().mapToDouble(m -> m[0]).toArray());
        Quantiles constant =
                Quantiles.of(measured.stream().mapToDouble(m -> m[1]).toArray());
        List<String> summary = List.of(
                "One client asks for the dashboard and then for a page that never changes (`/`), one after the other on two"
                        + " connections, with a pause after each pair. Meanwhile others watch the dashboard by server-sent events, at most one"
                        + " a second, and a client SDK records outcomes. Client, watchers and SDK share one process, the collector has its own, both"
                        + " share the machine.",
                "p99 of the dashboard is " + Figures.text(dashboard.p99()) + " ms, "
                        + Figures.text(dashboard.p99() / constant.p99())
                        + " times that of the constant page; the median "
                        + Figures.text(dashboard.p50() / constant.p50())
                        + " times.");
        return new Report(
                "dashboard",
                machine,
                options.asMap(),
                summary,
                List.of(
                        new Table(
                                "Latency",
                                List.of("page", "requests", "p50 ms", "p99 ms", "max ms"),
                                List.of(row(DASHBOARD, dashboard), row(CONSTANT, constant))),
                        new Table("Conditions", List.of("what", "value"), conditions)));
    }

    private static List<Object> row(String page, Quantiles quantiles) {
        return List.of("`" + page + "`", quantiles.n(), quantiles.p50(), quantiles.p99(), quantiles.max());
    }
}
