/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Matcher.Operator;
import io.tocsin.detectors.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorSettingsTest {
    @TempDir
    Path folder;

    @Test
    void takesDefaultsWhereNothingIsSaid() {
        CollectorConfig config = load("", Map.of(), Map.of()).config();

        assertThat(config.grpc().host()).isEqualTo("127.0.0.1");
        assertThat(config.grpc().port()).isEqualTo(7317);
        assertThat(config.http().port()).isEqualTo(9317);
        assertThat(config.ingest().maxBatchBytes()).isEqualTo(4 << 20);
        assertThat(config.ingest().retention()).isEqualTo(Duration.ofDays(35));
        assertThat(config.recordings().storeMaxBytes()).isEqualTo(1L << 30);
        assertThat(config.plugins().dir()).isEqualTo(Path.of("plugins"));
    }

    @Test
    void prefersTheCommandLineToTheEnvironmentAndThatToTheFile() {
        String file = """
                monitoring:
                  grpc: {host: 10.0.0.1, port: 1}
                  http:
                    port: 1
                """;
        Map<String, String> environment = Map.of(
                "MONITORING_GRPC_PORT", "2", "MONITORING_HTTP_PORT", "2", "MONITORING_INGEST_MAX_BATCH_BYTES", "1 MiB");

        CollectorConfig config =
                load(file, Map.of("monitoring.grpc.port", "3"), environment).config();

        assertThat(config.grpc().host()).isEqualTo("10.0.0.1");
        assertThat(config.http().port()).isEqualTo(2);
        assertThat(config.grpc().port()).isEqualTo(3);
        assertThat(config.ingest().maxBatchBytes()).isEqualTo(1 << 20);
    }

    @Test
    void tellsAllProblemsAtOnceWithValueAllowedAndSource() {
        String file = """
                monitoring:
                  grpc:
                    port: 70000
                  windows:
                    alowance: 1s
                  ingest:
                    retention: soon
                """;

        List<String> problems =
                problems(file, Map.of("monitoring.http.port", "x"), Map.of("MONITORING_PARTITIONS", "0"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "monitoring.grpc.port must be a whole number, 0 to 65535, was \"70000\" (" + file()
                                + " line 3)",
                        "monitoring.windows.alowance is not known; did you mean monitoring.windows.allowance? ("
                                + file() + " line 5)",
                        "monitoring.ingest.retention must be a duration such as 30s, 5m or 1h, 1m to 400d, was \"soon\" ("
                                + file() + " line 7)",
                        "monitoring.http.port must be a whole number, 0 to 65535, was \"x\" (command line)",
                        "monitoring.partitions must be a whole number, 1 to 64, was \"0\""
                                + " (environment variable MONITORING_PARTITIONS)");
    }

    @Test
    void refusesWindowsThatAreSealedBeforeTheyAreJudged() {
        assertThat(problems("monitoring: {windows: {allowance: 10s, seal-after: 5s}}", Map.of(), Map.of()))
                .containsExactly(
                        "monitoring.windows.seal-after must be longer than monitoring.windows.allowance, which is 10s ("
                                + file() + " line 1); was \"5s\" (" + file() + " line 1)");
    }

    @Test
    void namesTheFileThatIsNotThere() {
        Path nowhere = folder.resolve("nowhere.yaml");

        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> CollectorSettings.load(Optional.of(nowhere), Map.of(), Map.of()));

        assertThat(e).hasMessageContaining("the file cannot be read: there is none (" + nowhere + ")");
    }

    @Test
    void namesTheLineThatIsNoYaml() {
        assertThat(problems("monitoring:\n  grpc: {port: 1\n", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .contains("is no YAML")
                .contains(" line ");
        assertThat(problems("a: &a [x]\nb: [*a, *a]", Map.of(), Map.of()))
                .first()
                .asString()
                .contains("is no YAML");
    }

    @Test
    void readsARuleInFull() {
        String file = """
                monitoring:
                  default-rules: false
                  rules:
                    - name: planner-slow
                      detector: slo
                      select:
                        metric: gen_ai.invoke_agent.duration
                        where: {gen_ai.agent.name: planner, tocsin.task.type: [a, no]}
                        where-not: {gen_ai.agent.id: planner-1}
                      group-by: [gen_ai.agent.name]
                      member-by: gen_ai.agent.id
                      step: 1s
                      parameters:
                        target: 0.999
                        alert-windows:
                          - {short: 5m, long: 1h, factor: 14.4}
                          - {short: 30m, long: 6h, factor: 6}
                      for: 30s
                      keep-firing-for: 1m
                      cooldown: 1h30m
                      clear-below: 0.8
                      sensitivity: 2
                      severity: high
                      labels: {team: on}
                      description: The planner is slow.
                      enabled: false
                """;

        Rule rule = load(file, Map.of(), Map.of()).rules().get(0);

        assertThat(rule.name()).isEqualTo("planner-slow");
        assertThat(rule.inputs()).singleElement().satisfies(input -> {
            assertThat(input.selector().metric()).isEqualTo("gen_ai.invoke_agent.duration");
            assertThat(input.selector().matchers())
                    .containsExactly(
                            Matcher.equal("gen_ai.agent.name", "planner"),
                            new Matcher("tocsin.task.type", Operator.IN, List.of("a", "no")),
                            new Matcher("gen_ai.agent.id", Operator.NOT_EQUAL, List.of("planner-1")));
        });
        assertThat(rule.parameters())
                .containsEntry("target", "0.999")
                .containsEntry("alert-windows", "short=5m long=1h factor=14.4; short=30m long=6h factor=6");
        assertThat(rule.memberBy()).containsExactly("gen_ai.agent.id");
        assertThat(rule.stepMillis()).isEqualTo(1_000);
        assertThat(rule.cooldownMillis()).isEqualTo(5_400_000);
        assertThat(rule.severity()).contains(Severity.HIGH);
        assertThat(rule.labels().get("team")).isEqualTo("on");
        assertThat(rule.disabled()).isTrue();
        assertThat(rule.origin()).isEqualTo(Origin.FILE);
    }

    @Test
    void tellsWhatIsWrongWithRulesByLine() {
        String file = """
                monitoring:
                  rules:
                    - name: a
                      detektor: slo
                      select: {metric: m}
                      severity: awful
                    - name: a
                      detector: slo
                      for: -1s
                """;

        assertThat(ruleProblems(file))
                .containsExactlyInAnyOrder(
                        "monitoring.rules[0] (name a).detektor is not known; did you mean detector? (" + file()
                                + " line 4)",
                        "monitoring.rules[0] (name a).detector must be set (" + file() + " line 3)",
                        "monitoring.rules[0] (name a).severity must be info, low, medium, high or critical, was \"awful\" ("
                                + file() + " line 6)",
                        "monitoring.rules[1] (name a).name must be another than that of the rule on line 3 (" + file()
                                + " line 7)",
                        "monitoring.rules[1] (name a).for must be a duration such as 30s, 5m or 1h, was \"-1s\" ("
                                + file() + " line 9)",
                        "monitoring.rules[1] (name a).select must be set, as select: {metric: tocsin.cost} (or inputs,"
                                + " for several) (" + file() + " line 7)");
    }

    @Test
    void tellsWhatADetectorFindsInTheWordsAndWithTheLineOfTheFile() {
        String file = """
                monitoring:
                  rules:
                    - name: c
                      detector: threshold
                      select: {metric: m}
                      group_by: [a]
                      member-by: [b]
                      parameters:
                        above: high
                        bellow: 1
                      step: 500ms
                """;

        assertThat(ruleProblems(file))
                .contains(
                        "monitoring.rules[0] (name c).group_by is not known; did you mean group-by? (" + file()
                                + " line 6)",
                        "monitoring.rules[0] (name c).parameters.bellow is not known; did you mean below? (" + file()
                                + " line 10)",
                        "monitoring.rules[0] (name c).step must be whole seconds from 1s to 1h, was 500ms (" + file()
                                + " line 11)")
                .anySatisfy(p -> assertThat(p)
                        .startsWith("monitoring.rules[0] (name c).member-by must be empty")
                        .endsWith(" line 7)"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("monitoring.rules[0] (name c).parameters.above must be")
                        .endsWith(" line 9)"));
    }

    @Test
    void tellsOfBothRulesOfOneNameWhatIsWrongWithThem() {
        String file = """
                monitoring:
                  rules:
                    - {name: c, detector: treshold, select: {metric: m}}
                    - {name: c, detector: outtage, select: {metric: m}}
                """;

        assertThat(ruleProblems(file))
                .hasSize(3)
                .anySatisfy(p -> assertThat(p)
                        .startsWith(
                                "monitoring.rules[0] (name c).detector \"treshold\" is not known; did you mean threshold?")
                        .endsWith(" line 3)"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith(
                                "monitoring.rules[1] (name c).detector \"outtage\" is not known; did you mean outage?")
                        .endsWith(" line 4)"));
    }

    @Test
    void refusesParametersAndMatchersWithoutAValue() {
        String file = """
                monitoring:
                  rules:
                    - name: c
                      detector: threshold
                      select: {metric: m, where: {agent: }}
                      parameters: {above: null}
                """;

        assertThat(ruleProblems(file))
                .contains(
                        "monitoring.rules[0] (name c).select.where.agent must have a value (" + file() + " line 5)",
                        "monitoring.rules[0] (name c).parameters.above must have a value (" + file() + " line 6)");
    }

    @Test
    void saysThatEverythingIsUnderMonitoring() {
        assertThat(problems("# mine\nrules:\n  - name: a\ngrpc: {port: 1}\n", Map.of(), Map.of()))
                .containsExactly(
                        "rules is not known; did you mean monitoring.rules? Everything is under monitoring: (" + file()
                                + " line 2)",
                        "grpc.port is not known; did you mean monitoring.grpc.port? Everything is under monitoring: ("
                                + file() + " line 4)");
    }

    @Test
    void refusesAPluginsFolderThatIsToldAndIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        Path nowhere = folder.resolve("nowhere");

        assertThat(problems("", Map.of("monitoring.plugins.dir", nowhere.toString()), Map.of()))
                .containsExactly(
                        "monitoring.plugins.dir must be a folder, " + nowhere + " does not exist (command line)");
        assertThat(problems("", Map.of(), Map.of("MONITORING_PLUGINS_DIR", file.toString())))
                .containsExactly("monitoring.plugins.dir must be a folder, " + file
                        + " is a file (environment variable MONITORING_PLUGINS_DIR)");
    }

    @Test
    void saysThatAFolderIsNoFile() {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> CollectorSettings.load(Optional.of(folder), Map.of(), Map.of()));

        assertThat(e).hasMessageContaining(folder + " is a folder, a YAML file is wanted");
    }

    @Test
    void warnsOfVariablesThatLookLikeOursAndAreNone() {
        assertThat(Variables.misspelt(
                        List.of("MONITORING_GRPC_PROT", "MONITORING_HTTP_PORT", "PATH", "MONITORING_XYZ")))
                .containsExactly(
                        "environment variable MONITORING_GRPC_PROT is not known and not used; did you mean"
                                + " MONITORING_GRPC_PORT?",
                        "environment variable MONITORING_XYZ is not known and not used");
    }

    @Test
    void putsARuleOfTheFileInPlaceOfOursOfTheSameName() {
        String file = """
                monitoring:
                  rules:
                    - {name: outage, detector: mine, select: {metric: m}}
                """;

        List<Rule> rules = load(file, Map.of(), Map.of()).rules();

        assertThat(rules).hasSameSizeAs(load("", Map.of(), Map.of()).rules());
        assertThat(rules)
                .filteredOn(r -> r.name().equals("outage"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.detector()).isEqualTo("mine"));
    }

    @Test
    void leavesOurRulesOutWhenToldSo() {
        assertThat(load("monitoring: {default-rules: false}", Map.of(), Map.of())
                        .rules())
                .isEmpty();
    }

    private Path file() {
        return folder.resolve("collector.yaml");
    }

    private CollectorSettings load(String file, Map<String, String> overrides, Map<String, String> environment) {
        try {
            return CollectorSettings.load(Optional.of(Files.writeString(file(), file)), overrides, environment);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> ruleProblems(String file) {
        CollectorSettings settings = load(file, Map.of("monitoring.default-rules", "false"), Map.of());
        try (Plugins plugins = Plugins.load(folder.resolve("no-plugins"), "0")) {
            RuleCheck check = new RuleCheck(plugins.catalog());
            return catchThrowableOfType(ConfigException.class, () -> settings.soundRules(check))
                    .problems();
        }
    }

    private List<String> problems(String file, Map<String, String> overrides, Map<String, String> environment) {
        return catchThrowableOfType(ConfigException.class, () -> load(file, overrides, environment))
                .problems();
    }
}
