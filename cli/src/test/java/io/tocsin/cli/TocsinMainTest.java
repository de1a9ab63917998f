/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TocsinMainTest {
    private final CommandRunner tocsin = new CommandRunner(ChannelFactory.tcp());

    @TempDir
    Path folder;

    @Test
    void helpListsEveryCommandAndFirstSteps() {
        assertThat(tocsin.run("--help")).isZero();
        assertThat(tocsin.out())
                .contains(
                        "serve", "demo", "dashboard", "doctor", "replay", "load", "alerts", "slo", "agents", "evaluate")
                .contains("First steps:", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "check-config",
                "config show",
                "demo",
                "dashboard",
                "doctor",
                "replay",
                "load",
                "alerts list",
                "alerts ack",
                "alerts watch",
                "slo list",
                "slo show",
                "agents",
                "evaluate"
            })
    void everyCommandExplainsItselfWithinEightyColumns(String command) {
        assertThat(tocsin.run((command + " --help").split(" "))).isZero();
        assertThat(tocsin.out()).startsWith("Usage: tocsin " + command).contains("--help");
        assertThat(tocsin.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void replayNamesTheColumnsItReads() {
        tocsin.run("replay", "--help");

        assertThat(tocsin.out())
                .contains("trace,span,parent,service,operation,start_us,duration_us")
                .contains("time,agent_type,instance,task_type,latency_s,status[,error_type]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|which command?",
                "frobnicate|Unmatched argument",
                "load --rate 0 --duration 1s --series 1|must be 1 to 100000000, or max, was '0'",
                "load --rate max --duration soon --series 1|must be like 90s, 5m or 1h30m, was 'soon'",
                "load --rate max --duration 1s --series 0|--series must be 1 to 1000000, was 0",
                "load --rate max --series 1|Missing required option: '--duration=D'",
                "replay --speed 0 x.csv|must be a number above 0, or max, was '0'",
                "replay --as-live --speed 2 x.csv|no --speed, no --name",
                "replay|Missing required parameter: 'FILE'",
                "demo --duration 10s|--duration must be 45s to 4h, was 10s",
                "evaluate --hours 10 --incidents 500|--incidents must be at most",
                "slo show|Missing required parameter: 'NAME'",
                "alerts list --severity loud|was 'loud'",
                "alerts list --limit 0|--limit must be 1 to 1000, was 0",
                "agents --target localhost|must be HOST:PORT, the port 1 to 65535, was 'localhost'",
                "agents --target localhost:70000|must be HOST:PORT, the port 1 to 65535, was 'localhost:70000'",
                "agents --target http://localhost:1|must be HOST:PORT",
            })
    void aWrongCommandLineIsExplained(String line, String explanation) {
        assertThat(tocsin.run(line == null ? new String[0] : line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err())
                .startsWith("tocsin: ")
                .contains(explanation)
                .containsPattern("see tocsin.* --help")
                .doesNotContain("Usage:");
        assertThat(tocsin.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts list",
                "alerts ack a",
                "alerts watch",
                "slo list",
                "slo show a",
                "agents",
                "load --rate 1 --duration 1s --series 1"
            })
    void namesTheTargetAndTheRemedyWhenNothingListens(String command) throws IOException {
        String target = "127.0.0.1:" + freePort();

        assertThat(tocsin.run((command + " --target " + target).split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err())
                .isEqualTo("tocsin: nothing listens on " + target + "; start one with ./tocsin serve"
                        + System.lineSeparator());
    }

    @Test
    void saysThatTheHttpPortSpeaksNoGrpc() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try {
            String target = "127.0.0.1:" + http.getAddress().getPort();

            assertThat(tocsin.run("agents", "--target", target)).isEqualTo(ExitCode.FAILED);
            assertThat(tocsin.err())
                    .isEqualTo("tocsin: " + target + " speaks no gRPC; is it the HTTP port?" + System.lineSeparator());
        } finally {
            http.stop(0);
        }
    }

    @Test
    void aFolderOfPluginsThatIsNotThereStopsTheStart() {
        Path nowhere = folder.resolve("nowhere");

        assertThat(tocsin.run("serve", "--plugins", nowhere.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err())
                .contains("monitoring.plugins.dir must be a folder, " + nowhere + " does not exist (command line)");
    }

    @Test
    void replayReadsTheFileBeforeItAsksTheCollector() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "a,b\n");

        assertThat(tocsin.run("replay", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err()).startsWith("tocsin: " + file + ": columns must be ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(tocsin.run("--version")).isZero();
        assertThat(tocsin.out()).startsWith("tocsin ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
