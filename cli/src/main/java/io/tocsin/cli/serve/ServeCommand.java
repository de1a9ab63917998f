/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.serve;

import io.tocsin.cli.config.SettingOptions;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLogs;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.config.LogConfig;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.detectors.DetectorFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
        name = "serve",
        description = {
            "Runs the collector until it is stopped (Ctrl-C, SIGTERM).",
            "Options here win over environment variables (MONITORING_GRPC_PORT), those over the file, the file over "
                    + "defaults."
        },
        footer = {
            "",
            "The last line of start-up is: tocsin ready grpc=HOST:PORT http=HOST:PORT",
            "Examples:",
            "  tocsin serve",
            "  tocsin serve --config tocsin.yaml --plugins plugins",
            "  tocsin serve --config tocsin.yaml --profile production --set monitoring.series.max=1000",
            "  tocsin serve --grpc-port 0 --http-port 0      any free ports",
            "  tocsin serve --data-dir /var/lib/tocsin",
            "",
            "A configuration file (default rules stay on; one of the same name takes its place):",
            "  monitoring:",
            "    grpc: {port: 7317}",
            "    rules:",
            "      - name: planner-queue-long",
            "        detector: threshold",
            "        select: {metric: tocsin.queue.depth, where: {gen_ai.agent.name: planner}}",
            "        parameters: {statistic: last, above: 100}",
            "        for: 1m",
            "        severity: high"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--config",
            paramLabel = "F",
            description = "YAML or JSON with settings, SLOs and rules; all under monitoring:.")
    private @Nullable Path config;

    @Mixin
    private SettingOptions options = new SettingOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description = "Where data lives; one collector at a time holds it (default: tocsin-data).")
    private @Nullable Path dataDir;

    @Option(
            names = "--in-memory",
            description = "Keep all in memory: nothing survives a restart. For tests and throw-away demos.")
    private boolean inMemory;

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "For gRPC, on 127.0.0.1; 0: any free one (default: 7317).")
    private @Nullable Integer grpcPort;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description = "For HTTP, on 127.0.0.1; 0: any free one (default: 9317).")
    private @Nullable Integer httpPort;

    /** Writes to {@code console}. */
    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        CollectorSettings settings = options.load(config, overrides());
        if (settings.config().log().format() == LogConfig.Format.JSON) {
            JsonLogs.toStandardError();
        }
        settings.notices().forEach(notice -> console.err().println("notice: " + notice));
        Collector collector = start(settings);
        try (collector) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(collector), "tocsin-stop"));
            console.out().println(collector.keeps());
            String plugins = pluginsOf(collector);
            if (!plugins.isEmpty()) {
                console.out().println("plugins: " + plugins);
            }
            console.out().println(rulesOf(settings));
            console.out().println("tocsin ready grpc=" + collector.grpc() + " http=" + collector.http());
            console.out().flush();
            collector.awaitTermination();
        }
        return ExitCode.OK;
    }

    private void stop(Collector collector) {
        collector.close();
        console.out().println("tocsin stopped");
        console.out().flush();
    }

    private Collector start(CollectorSettings settings) {
        try {
            return Collector.start(settings, line -> {
                console.out().println(line);
                console.out().flush();
            });
        } catch (CollectorStartException | ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** {@code cost-runaway 1.0.0 (cost-runaway)}; what could not be loaded was told by a warning. */
    private static String pluginsOf(Collector collector) {
        return collector.plugins().stream()
                .filter(p -> !p.name().equals(Plugin.BUILT_IN) && p.problem().isEmpty())
                .map(p -> (p.name() + " " + p.version()).strip() + " "
                        + p.detectors().stream().map(DetectorFactory::name).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    }

    private static String rulesOf(CollectorSettings settings) {
        long running =
                settings.rules().stream().filter(rule -> !rule.disabled()).count();
        long off = settings.rules().size() - running;
        return "rules: " + running + (off == 0 ? "" : ", and " + off + " that do not run");
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new HashMap<>();
        override(overrides, "monitoring.grpc.port", grpcPort);
        override(overrides, "monitoring.http.port", httpPort);
        override(overrides, "monitoring.data-dir", dataDir);
        override(overrides, "monitoring.in-memory", inMemory ? true : null);
        return overrides;
    }

    private static void override(Map<String, String> overrides, String key, @Nullable Object value) {
        if (value != null) {
            overrides.put(key, value.toString());
        }
    }
}
