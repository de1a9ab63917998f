/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A collector in a process of its own, to be killed. */
final class CollectorProcess implements AutoCloseable {
    private static final String READY = "tocsin ready grpc=";

    private final Process process;
    private final String grpc;
    /** From the start of the process until it took calls. */
    private final long startMillis;

    private CollectorProcess(Process process, String grpc, long startMillis) {
        this.process = process;
        this.grpc = grpc;
        this.startMillis = startMillis;
    }

    /** Returns when it takes calls. */
    static CollectorProcess start(Path folder, String rules) throws IOException {
        Path file = Files.writeString(folder.resolve("collector.yaml"), "monitoring:\n  rules:\n" + rules.indent(4));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.tocsin.collector.CollectorMain",
                file.toString(),
                "monitoring.grpc.port=0",
                "monitoring.http.port=0",
                "monitoring.default-rules=false",
                "monitoring.plugins.dir=" + Files.createDirectories(folder.resolve("plugins")),
                "monitoring.store.seconds-kept=1d",
                "monitoring.data-dir=" + folder.resolve("data")));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("collector.log").toFile())
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(READY)) {
                String grpc = line.substring(READY.length(), line.indexOf(' ', READY.length()));
                return new CollectorProcess(process, grpc, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            }
        }
        throw new AssertionError(
                "the collector ended before it was ready: " + said + Files.readString(folder.resolve("collector.log")));
    }

    String grpc() {
        return grpc;
    }

    long startMillis() {
        return startMillis;
    }

    /** As by kill -9; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As by kill -SIGNAL. */
    void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + signal + " " + process.pid() + " ended with " + exit);
        }
    }

    /** As by kill; returns whether it stopped by itself within 20 s. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
