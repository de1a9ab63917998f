/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.process;

import io.tocsin.benchmarks.ingest.BareServer;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one server, tells its ports, and then its usage whenever a line asks for it; stops when there are no more lines. */
final class ServerMain {
    static final String READY = "ready ";
    static final String USAGE = "usage";

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        List<String> more = Arrays.asList(arguments).subList(1, arguments.length);
        if (arguments[0].equals("bare")) {
            try (BareServer server = BareServer.start()) {
                answer(server.port(), 0);
            }
        } else {
            try (Collector collector = Collector.start(settings(more))) {
                answer(collector.grpc().port(), collector.http().port());
            }
        }
        System.exit(0);
    }

    private static CollectorSettings settings(List<String> arguments) {
        Optional<Path> file = Optional.empty();
        Map<String, String> overrides = new HashMap<>(Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true"));
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                overrides.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                file = Optional.of(Path.of(argument));
            }
        }
        return CollectorSettings.load(file, overrides, Map.of());
    }

    private static void answer(int grpcPort, int httpPort) throws IOException {
        System.out.println(READY + grpcPort + " " + httpPort);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line.equals(USAGE) ? ServerUsage.here().line() : "must be " + USAGE + ", was " + line);
        }
    }
}
