/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.config.CollectorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A collector in a process of its own, to be killed. */
final class CollectorProcess implements AutoCloseable {
    private static final String READY = "tocsin ready grpc=";
    private static final String RULE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration},"
                    + " group-by: [gen_ai.agent.name]}\n";
    /** Machines that run faults are busy. */
    private static final Duration MAX_START = Duration.ofMinutes(2);

    private final Process process;
    private final Path out;
    private final Path errors;
    private final long beginNanos = System.nanoTime();
    private volatile String grpc = "";
    private volatile String http = "";
    private volatile long startMillis;

    private CollectorProcess(Process process, Path out, Path errors) {
        this.process = process;
        this.out = out;
        this.errors = errors;
    }

    /** Returns at once; its data are below {@link #disk}. */
    static CollectorProcess start(Path folder, ClassPath classes, Launch launch) throws IOException {
        Path file = Files.writeString(
                configuration(folder),
                "monitoring:\n  rules:\n" + RULE.indent(4) + launch.yaml().indent(2));
        List<String> command = new ArrayList<>(launch.before());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(launch.jvm());
        command.addAll(classes.options());
        command.addAll(List.of("io.tocsin.collector.CollectorMain", file.toString()));
        Files.createDirectories(folder.resolve("plugins"));
        settings(folder).forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(launch.settings());
        Files.createDirectories(disk(folder));
        Path out = folder.resolve("collector.out");
        Path errors = folder.resolve("collector.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(launch.environment());
        return new CollectorProcess(builder.start(), out, errors);
    }

    /** The file that a collector of that folder is started with. */
    private static Path configuration(Path folder) {
        return folder.resolve("collector.yaml");
    }

    /** What is said beside that file. */
    private static Map<String, String> settings(Path folder) {
        return Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.default-rules", "false",
                "monitoring.plugins.dir", folder.resolve("plugins").toString(),
                "monitoring.store.seconds-kept", "1d",
                "monitoring.data-dir", data(folder).toString());
    }

    /** With which collectors of that folder were started. */
    static CollectorSettings configured(Path folder, Launch launch) {
        Map<String, String> all = new HashMap<>(settings(folder));
        for (String setting : launch.settings()) {
            int at = setting.indexOf('=');
            all.put(setting.substring(0, at), setting.substring(at + 1));
        }
        return CollectorSettings.load(Optional.of(configuration(folder)), all);
    }

    static Path data(Path folder) {
        return disk(folder).resolve("data");
    }

    /** Where a collector of that folder has its data directory, which it makes itself. */
    static Path disk(Path folder) {
        return folder.resolve("disk");
    }

    /** Returns when it takes calls; false if it ended before. */
    boolean awaitReady() {
        AtomicBoolean ended = new AtomicBoolean();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(MAX_START)
                .untilAsserted(() -> {
                    // in this order: what it wrote last is read
                    ended.set(!process.isAlive());
                    assertThat(readReady() || ended.get()).as(said()).isTrue();
                });
        return !grpc.isEmpty();
    }

    private boolean readReady() throws IOException {
        for (String line : Files.readString(out, StandardCharsets.UTF_8).split("(?<=\n)")) {
            if (line.startsWith(READY) && line.endsWith("\n")) {
                startMillis = upMillis();
                http = line.substring(line.indexOf("http=") + "http=".length()).strip();
                grpc = line.substring(READY.length(), line.indexOf(' ', READY.length()));
                return true;
            }
        }
        return false;
    }

    /** What it wrote to its console. */
    String said() throws IOException {
        return Files.readString(out) + Files.readString(errors);
    }

    /** Empty until it is ready. */
    String grpc() {
        return grpc;
    }

    String http() {
        return http;
    }

    /** From the start of the process until it took calls. */
    long startMillis() {
        return startMillis;
    }

    /** Since the start of the process. */
    long upMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
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

    /** Whether it ends by itself. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** As by kill; whether it stopped in time. */
    boolean stop(long millis) throws InterruptedException {
        process.destroy();
        return awaitEnd(millis);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
