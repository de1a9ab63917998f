/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.DeclaredRules.Declared;
import io.tocsin.collector.config.NamedTables.NamedTable;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the list under {@code monitoring.rules}. What only a detector knows is checked later, by RuleCheck. Stateless. */
final class RuleReader {
    static final String PATH = CollectorConfig.PREFIX + ".rules";
    static final int MAX_RULES = 1_000;

    static final List<String> KEYS = List.of(
            "name",
            "detector",
            "select",
            "inputs",
            "group-by",
            "member-by",
            "step",
            "parameters",
            "for",
            "keep-firing-for",
            "cooldown",
            "clear-below",
            "sensitivity",
            "severity",
            "labels",
            "enabled",
            "description");

    private static final NamedTables RULES = new NamedTables(PATH, "rule", MAX_RULES);

    private RuleReader() {}

    /** In the order of the list; what is wrong with a rule is reported, and the rule still read as far as it can be. */
    static List<Declared> read(Yaml list, String file, Origin origin, SecretReader secrets, Problems problems) {
        return RULES.read(list, file, secrets, problems).stream()
                .map(table -> declared(table, origin))
                .toList();
    }

    private static Declared declared(NamedTable table, Origin origin) {
        TableReader reader = table.reader();
        reader.refuseAllBut(KEYS);
        Rule rule = new Rule(
                reader.requiredText("name"),
                reader.requiredText("detector"),
                inputs(reader),
                reader.texts("group-by"),
                reader.texts("member-by"),
                reader.millis("step").orElse(Rule.DEFAULT_STEP_MILLIS),
                reader.table("parameters").map(TableReader::textsByKey).orElse(Map.of()),
                reader.millis("for").orElse(0L),
                reader.millis("keep-firing-for").orElse(0L),
                reader.millis("cooldown").orElse(0L),
                reader.decimal("clear-below").orElse(1.0),
                reader.decimal("sensitivity").orElse(1.0),
                severity(reader),
                labels(reader),
                !reader.flag("enabled").orElse(true),
                reader.text("description").orElse(""),
                origin);
        return new Declared(rule, table, false);
    }

    private static List<RuleInput> inputs(TableReader rule) {
        List<RuleInput> inputs = new ArrayList<>();
        rule.table("select", "{metric: tocsin.cost}")
                .flatMap(SelectorReader::read)
                .ifPresent(s -> inputs.add(new RuleInput("", s)));
        rule.table("inputs").ifPresent(named -> {
            for (String name : named.keys()) {
                named.table(name).flatMap(SelectorReader::read).ifPresent(s -> inputs.add(new RuleInput(name, s)));
            }
        });
        boolean one = rule.keys().contains("select");
        boolean several = rule.keys().contains("inputs");
        if (one && several) {
            rule.problem("select", "must not be set beside inputs");
        } else if (!one && !several) {
            rule.problem("select", "must be set, as select: {metric: tocsin.cost} (or inputs, for several)");
        }
        return inputs;
    }

    static Attributes labels(TableReader reader) {
        return Attributes.of(reader.table("labels").map(TableReader::textsByKey).orElse(Map.of()));
    }

    static Optional<Severity> severity(TableReader reader) {
        return severity(reader, "severity");
    }

    static Optional<Severity> severity(TableReader reader, String key) {
        return reader.scalar(key, "info, low, medium, high or critical", text -> {
            if (!text.equals(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(text);
            }
            return Severity.valueOf(text.toUpperCase(Locale.ROOT));
        });
    }
}
