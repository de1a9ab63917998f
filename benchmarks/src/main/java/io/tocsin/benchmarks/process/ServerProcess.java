/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, with this one's class path. Ends with this process, whatever happens. Not thread-safe. */
public final class ServerProcess implements AutoCloseable {
    /** The same for all, so that they can be compared. */
    public static final List<String> JVM_OPTIONS = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx2g");

    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final int port;
    private final int httpPort;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            String[] ports = answer().replace(ServerMain.READY, "").split(" ");
            this.port = Integer.parseInt(ports[0]);
            this.httpPort = Integer.parseInt(ports[1]);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Our collector; returns when it takes calls. Arguments are a file and settings, as CollectorMain takes them. */
    public static ServerProcess collector(List<String> arguments) throws IOException {
        return start("collector", arguments);
    }

    /** The bare server; returns when it takes calls. */
    public static ServerProcess bare() throws IOException {
        return start("bare", List.of());
    }

    private static ServerProcess start(String which, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName(), which));
        command.addAll(arguments);
        return new ServerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Where it takes calls, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Where it answers HTTP, on 127.0.0.1; 0 if it does not. */
    public int httpPort() {
        return httpPort;
    }

    /** What it has used until now. */
    public ServerUsage usage() throws IOException {
        commands.write(ServerMain.USAGE + "\n");
        commands.flush();
        return ServerUsage.parse(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server process " + process.pid() + " has ended; see its errors above");
        }
        return line;
    }

    /** Stops it, by force after ten seconds. */
    @Override
    public void close() throws IOException {
        try (commands;
                answers) {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
