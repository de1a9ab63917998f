/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.DeclaredRules.Declared;
import io.tocsin.collector.config.Yaml.Items;
import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.config.Yaml.Text;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Matcher.Operator;
import io.tocsin.collector.series.Selector;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the list under {@code monitoring.rules}. What only a detector knows is checked later, by RuleCheck. Not thread-safe. */
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
    private static final List<String> SELECT_KEYS = List.of("metric", "where", "where-not");

    private final String file;
    private final Origin origin;
    private final SecretReader secrets;
    private final Problems problems = new Problems();

    RuleReader(String file, Origin origin, SecretReader secrets) {
        this.file = file;
        this.origin = origin;
        this.secrets = secrets;
    }

    /** Rules in the order of the list; what is wrong with them is reported, and the rule still read as far as it can be. */
    DeclaredRules read(Yaml list) {
        List<Declared> rules = new ArrayList<>();
        Map<String, Integer> lineByName = new HashMap<>();
        if (!(list instanceof Items items) || items.items().size() > MAX_RULES) {
            problems.add(PATH, "must be a list of at most " + MAX_RULES + " rules", file + " line " + list.line());
            return new DeclaredRules(List.of(), problems);
        }
        int index = 0;
        for (Yaml item : items.items()) {
            String path = PATH + "[" + index++ + "]";
            if (item instanceof Table table) {
                String named =
                        table.entries().get("name") instanceof Text name ? path + " (name " + name.text() + ")" : path;
                TableReader reader = new TableReader(named, table, file, problems, secrets);
                Rule rule = rule(reader);
                int line = reader.line("name");
                Integer first = rule.name().isEmpty() ? null : lineByName.putIfAbsent(rule.name(), line);
                if (first != null) {
                    problems.add(
                            PATH + ":",
                            "rule name " + rule.name() + " is given twice, on lines " + first + " and " + line,
                            file);
                }
                Map<String, Integer> lines = new HashMap<>();
                lines("", table, lines);
                rules.add(new Declared(rule, named, file, table.line(), Map.copyOf(lines)));
            } else {
                problems.add(path, "must be a rule: a table with name and detector", file + " line " + item.line());
            }
        }
        return new DeclaredRules(List.copyOf(rules), problems);
    }

    private static void lines(String path, Table table, Map<String, Integer> into) {
        table.entries().forEach((key, value) -> {
            into.put(path + key, value.line());
            if (value instanceof Table inner) {
                lines(path + key + ".", inner, into);
            }
        });
    }

    private Rule rule(TableReader reader) {
        reader.refuseAllBut(KEYS);
        return new Rule(
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
                Attributes.of(
                        reader.table("labels").map(TableReader::textsByKey).orElse(Map.of())),
                !reader.flag("enabled").orElse(true),
                reader.text("description").orElse(""),
                origin);
    }

    private static List<RuleInput> inputs(TableReader rule) {
        List<RuleInput> inputs = new ArrayList<>();
        rule.table("select").flatMap(RuleReader::selector).ifPresent(s -> inputs.add(new RuleInput("", s)));
        rule.table("inputs").ifPresent(named -> {
            for (String name : named.keys()) {
                named.table(name).flatMap(RuleReader::selector).ifPresent(s -> inputs.add(new RuleInput(name, s)));
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

    private static Optional<Selector> selector(TableReader reader) {
        reader.refuseAllBut(SELECT_KEYS);
        String metric = reader.requiredText("metric");
        List<Matcher> matchers = new ArrayList<>();
        reader.table("where").ifPresent(where -> matchers(where, Operator.EQUAL, Operator.IN, matchers));
        reader.table("where-not").ifPresent(not -> matchers(not, Operator.NOT_EQUAL, Operator.NOT_IN, matchers));
        return metric.isEmpty() ? Optional.empty() : Optional.of(new Selector(metric, matchers));
    }

    private static void matchers(TableReader where, Operator one, Operator several, List<Matcher> into) {
        where.refuseKeysWithoutValue();
        for (String key : where.keys()) {
            List<String> values = where.texts(key);
            try {
                into.add(new Matcher(key, values.size() == 1 ? one : several, values));
            } catch (IllegalArgumentException e) {
                where.problem(key, "must be a text, or a list of 1 to " + Matcher.MAX_VALUES + " texts");
            }
        }
    }

    private static Optional<Severity> severity(TableReader reader) {
        return reader.scalar("severity", "info, low, medium, high or critical", text -> {
            if (!text.equals(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(text);
            }
            return Severity.valueOf(text.toUpperCase(Locale.ROOT));
        });
    }
}
