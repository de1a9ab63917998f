/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector;

import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs a collector without the command line tool: {@code [FILE] [monitoring.grpc.port=0 …]}. */
public final class CollectorMain {
    private static final int CANNOT_START = 1;

    private CollectorMain() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        int status = run(arguments, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Optional<Path> file = Optional.empty();
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                overrides.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                file = Optional.of(Path.of(argument));
            }
        }
        try {
            CollectorSettings settings = CollectorSettings.load(file, overrides);
            return serve(settings, out);
        } catch (ConfigException | CollectorStartException e) {
            err.println("tocsin: " + e.getMessage());
            return CANNOT_START;
        }
    }

    private static int serve(CollectorSettings settings, PrintStream out)
            throws CollectorStartException, InterruptedException {
        try (Collector collector = Collector.start(settings, out::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "tocsin-stop"));
            out.println("tocsin: " + collector.keeps());
            out.println("tocsin ready grpc=" + collector.grpc() + " http=" + collector.http());
            out.flush();
            collector.awaitTermination();
            return 0;
        }
    }
}
