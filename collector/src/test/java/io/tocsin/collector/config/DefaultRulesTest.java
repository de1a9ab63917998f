/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.series.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefaultRulesTest {
    /** Tests run in the module's folder. */
    private static final Path DOC = Path.of("..", "docs", "metrics.md");

    private final List<Rule> rules = ConfigFile.defaultRules().rules();

    @Test
    void areSoundForTheDetectorsThatComeWithTheBuild() {
        try (Plugins plugins = Plugins.load(Path.of("no-plugins-here"), "0")) {
            RuleCheck check = new RuleCheck(plugins.catalog());

            assertThat(rules).allSatisfy(rule -> {
                assertThat(check.problems(rule)).as(rule.name()).isEmpty();
                assertThat(rule.origin()).isEqualTo(Origin.BUILT_IN);
                assertThat(rule.description()).isNotEmpty();
                assertThat(rule.stepMillis()).isEqualTo(10_000);
            });
        }
    }

    @Test
    void areWhatTheDocumentedTableSays() throws IOException {
        List<String> documented = tableUnder("## Default rules");

        assertThat(documented)
                .containsExactlyElementsOf(
                        rules.stream().map(DefaultRulesTest::row).toList());
    }

    @Test
    void useMetricsAndAttributesOfTheDocumentedTablesAlone() throws IOException {
        List<String> metrics = firstCells(tableUnder("## Metrics"));
        List<String> attributes = firstCells(tableUnder("## Attributes"));

        for (Rule rule : rules) {
            assertThat(metrics).contains("`" + metric(rule) + "`");
            rule.groupBy().forEach(a -> assertThat(attributes).contains("`" + a + "`"));
            rule.memberBy().forEach(a -> assertThat(attributes).contains("`" + a + "`"));
        }
    }

    private static String row(Rule rule) {
        List<String> by =
                new ArrayList<>(rule.groupBy().stream().map(a -> "`" + a + "`").toList());
        rule.memberBy().forEach(a -> by.add("members `" + a + "`"));
        String parameters = rule.parameters().entrySet().stream()
                .map(p -> "`" + p.getKey() + "=" + p.getValue() + "`")
                .collect(Collectors.joining(" "));
        return "| `%s` | `%s` | `%s` | %s | %s |"
                .formatted(
                        rule.name(),
                        rule.detector(),
                        metric(rule),
                        by.isEmpty() ? "–" : String.join(", ", by),
                        parameters.isEmpty() ? "–" : parameters);
    }

    private static String metric(Rule rule) {
        Selector selector = rule.inputs().get(0).selector();
        assertThat(selector.matchers()).isEmpty();
        return selector.metric();
    }

    /** Rows of the first table after a heading, without its head. Words within a row may be in any order of parameters. */
    private static List<String> tableUnder(String heading) throws IOException {
        List<String> lines = Files.readAllLines(DOC);
        return lines.stream()
                .skip(lines.indexOf(heading) + 1L)
                .dropWhile(l -> !l.startsWith("|"))
                .takeWhile(l -> l.startsWith("|"))
                .skip(2)
                .map(DefaultRulesTest::parametersInOrder)
                .toList();
    }

    private static String parametersInOrder(String row) {
        String[] cells = row.split("\\|", -1);
        String last = cells[cells.length - 2].strip();
        if (!last.startsWith("`") || !last.contains("=")) {
            return row;
        }
        String sorted = String.join(" ", new TreeSet<>(List.of(last.split(" (?=`)"))));
        return row.substring(0, row.lastIndexOf(last)) + sorted + " |";
    }

    private static List<String> firstCells(List<String> rows) {
        return rows.stream().map(r -> r.split("\\|")[1].strip()).toList();
    }
}
