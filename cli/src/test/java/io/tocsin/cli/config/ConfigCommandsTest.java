/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    private static final String FILE = """
            monitoring:
              series: {max: 10}
              webhook: {url: "https://hook/hush"}
              slos:
                - {name: mine, target: 99%, select: {metric: m}}
            "%production":
              monitoring:
                slo: {enabled: false}
            """;

    @TempDir
    Path folder;

    private final CommandRunner tocsin = new CommandRunner(ChannelFactory.tcp());

    @Test
    void saysThatAFileIsSoundAndWhatWouldRun() throws IOException {
        Path file = file(FILE);

        assertThat(tocsin.run("check-config", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(tocsin.lines())
                .contains(
                        file + " is sound (profile development)",
                        "  SLOs      5",
                        "  rules     6",
                        "  channels  default-webhook",
                        "  plugins   none");
        assertThat(tocsin.out()).doesNotContain("notice");
    }

    @Test
    void saysWhatDoesNotRunUnderAProfile() throws IOException {
        Path file = file(FILE);

        assertThat(tocsin.run("check-config", file.toString(), "--profile", "production"))
                .isEqualTo(ExitCode.OK);
        assertThat(tocsin.lines())
                .contains(
                        "  SLOs      0, 5 that do not run",
                        "notice: monitoring.slos[0] (name mine) does not run, monitoring.slo.enabled is false (" + file
                                + " line 5)");
    }

    @Test
    void tellsProblemsOfSettingsAndRulesTogetherAndFails() throws IOException {
        Path file = file("monitoring: {serie: {max: 1}, rules: [{name: r, detector: slow, select: {metric: m}}]}");

        assertThat(tocsin.run("check-config", file.toString(), "--set", "monitoring.grpc.port=x"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.out()).isEmpty();
        assertThat(tocsin.err())
                .startsWith("tocsin: the configuration has 3 problems:")
                .contains(
                        "monitoring.serie.max is not known; did you mean monitoring.series.max?",
                        "monitoring.rules[0] (name r).detector \"slow\" is not known; did you mean slo?",
                        "monitoring.grpc.port must be a whole number, 0 to 65535, was \"x\" (command line)");
    }

    @Test
    void showsWhatIsSetAndByWhomAndNoSecret() throws IOException {
        Path file = file(FILE);

        assertThat(tocsin.run(
                        "config",
                        "show",
                        "--config",
                        file.toString(),
                        "--set",
                        "monitoring.store.events-kept=2000",
                        "--profile",
                        "testing"))
                .isEqualTo(ExitCode.OK);
        assertThat(tocsin.out())
                .containsPattern("monitoring.series.max +10 +" + file + " line 2")
                .containsPattern("monitoring.webhook.url +\\(hidden\\) +" + file + " line 3")
                .containsPattern("monitoring.store.events-kept +2000 +command line")
                .containsPattern("monitoring.grpc.port +0 +profile testing")
                .doesNotContain("hush", "monitoring.query")
                .contains("others have their default; --effective lists them");
    }

    @Test
    void showsEverySettingAsJsonForPrograms() {
        assertThat(tocsin.run("config", "show", "--effective", "--json")).isEqualTo(ExitCode.OK);
        JsonObject port = tocsin.lines().stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(o -> o.get("key").getAsString().equals("monitoring.grpc.port"))
                .findFirst()
                .orElseThrow();
        assertThat(port.get("value").getAsString()).isEqualTo("7317");
        assertThat(port.get("source").getAsString()).isEqualTo("default");
        assertThat(tocsin.out()).contains("\"key\":\"monitoring.webhook.url\"");
    }

    @Test
    void whatItShowsAsYamlIsAFileThatSaysTheSame() throws IOException {
        Path first = file(FILE.replace("https://hook/hush", "${file:" + file("https://hook", "url") + "}"));
        tocsin.run("config", "show", "--effective", "--yaml", "--config", first.toString());
        Path second = file(tocsin.out(), "second.yaml");
        CommandRunner again = new CommandRunner(ChannelFactory.tcp());

        assertThat(again.run("config", "show", "--effective", "--yaml", "--config", second.toString()))
                .as(again.err())
                .isEqualTo(ExitCode.OK);
        assertThat(withoutComments(again)).isEqualTo(withoutComments(tocsin)).contains("  series:\n", "    max: 10\n");
    }

    private static String withoutComments(CommandRunner runner) {
        return runner.out().replaceAll(" *#.*", "");
    }

    private Path file(String text) throws IOException {
        return file(text, "tocsin.yaml");
    }

    private Path file(String text, String name) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
