/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.cli.ruletest.TestSeries.Stretch;
import io.tocsin.cli.yaml.YamlFile;
import io.tocsin.cli.yaml.YamlTable;
import io.tocsin.cli.yaml.YamlValue;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads files of tests, in the format of docs/backtest.md. Stateless. */
final class RuleTestReader {
    private static final Instant DEFAULT_BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final long MAX_EVENTS = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(40);

    private RuleTestReader() {}

    /** @throws io.tocsin.cli.console.CommandFailure with file and line, if something is wrong in it */
    static RuleTestFile read(Path path) {
        YamlTable file = YamlFile.read(path).table().allow("config", "rules", "tests");
        Set<String> rules = file.find("rules").map(RuleTestReader::names).orElse(Set.of());
        List<RuleTest> tests = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue value : file.require("tests").items()) {
            RuleTest test = test(value, rules);
            if (!names.add(test.name())) {
                throw value.bad("must have a name of its own, \"" + test.name() + "\" is there twice");
            }
            tests.add(test);
        }
        if (tests.isEmpty()) {
            throw file.require("tests").bad("must have one test or more");
        }
        return new RuleTestFile(path, file.find("config").map(config -> path.resolveSibling(config.text())), tests);
    }

    private static Set<String> names(YamlValue value) {
        Set<String> names = new HashSet<>();
        value.items().forEach(item -> names.add(item.text()));
        return names;
    }

    private static RuleTest test(YamlValue value, Set<String> rulesOfFile) {
        YamlTable table = value.table().allow("name", "begin", "seed", "series", "rules", "alerts", "firing");
        Optional<List<ExpectedAlert>> alerts = table.find("alerts")
                .map(list -> list.items().stream().map(RuleTestReader::alert).toList());
        List<ExpectedState> states = table.find("firing")
                .map(list -> list.items().stream().map(RuleTestReader::state).toList())
                .orElse(List.of());
        if (alerts.isEmpty() && states.isEmpty()) {
            throw value.bad("must say what it expects, as alerts or firing");
        }
        RuleTest test = new RuleTest(
                table.require("name").text(),
                table.find("begin").map(YamlValue::time).orElse(DEFAULT_BEGIN).toEpochMilli(),
                table.find("seed").map(seed -> (long) seed.number()).orElse(1L),
                table.require("series").items().stream()
                        .map(RuleTestReader::series)
                        .toList(),
                table.find("rules").map(RuleTestReader::names).orElse(rulesOfFile),
                alerts,
                states);
        requireBounds(value, test);
        return test;
    }

    private static void requireBounds(YamlValue value, RuleTest test) {
        long events = test.series().stream()
                .flatMap(series -> series.stretches().stream())
                .mapToLong(Stretch::events)
                .sum();
        if (events > MAX_EVENTS) {
            throw value.bad("must have at most " + MAX_EVENTS + " events, has " + events);
        }
        if (test.endMillis() > LONGEST.toMillis()) {
            throw value.bad("must end within " + LONGEST.toDays() + " d, ends after " + Offsets.text(test.endMillis()));
        }
    }

    private static TestSeries series(YamlValue value) {
        YamlTable table = value.table().allow("metric", "attributes", "outcomes", "gauge", "counter");
        List<String> said = List.of("outcomes", "gauge", "counter").stream()
                .filter(key -> table.find(key).isPresent())
                .toList();
        if (said.size() != 1) {
            throw value.bad("must have one of outcomes, gauge or counter, had " + said.size());
        }
        String word = said.get(0);
        SeriesKind kind = switch (word) {
            case "outcomes" -> SeriesKind.OUTCOME;
            case "gauge" -> SeriesKind.GAUGE;
            default -> SeriesKind.COUNTER;
        };
        SeriesKey key = new SeriesKey(
                table.require("metric").text(),
                kind,
                Attributes.of(table.find("attributes").map(YamlValue::texts).orElse(Map.of())));
        boolean outcomes = key.kind() == SeriesKind.OUTCOME;
        return new TestSeries(
                key,
                table.require(word).items().stream()
                        .map(stretch -> outcomes ? outcomes(stretch) : measurements(stretch))
                        .toList());
    }

    private static Stretch outcomes(YamlValue value) {
        YamlTable table = value.table().allow("for", "every", "latency", "failing", "error");
        Duration[] latency = table.find("latency")
                .map(YamlValue::lengths)
                .orElse(new Duration[] {Duration.ofMillis(100), Duration.ofMillis(100)});
        return new Stretch(
                length(table),
                every(table),
                latency[0].toMillis() / 1e3,
                latency[1].toMillis() / 1e3,
                table.find("failing").map(YamlValue::share).orElse(0.0),
                table.find("error").map(YamlValue::text).orElse(""));
    }

    private static Stretch measurements(YamlValue value) {
        YamlTable table = value.table().allow("for", "every", "value");
        double every = every(table);
        double[] values = every == 0 && table.find("value").isEmpty()
                ? new double[] {0, 0}
                : table.require("value").numbers();
        return new Stretch(length(table), every, values[0], values[1], 0, "");
    }

    private static long length(YamlTable table) {
        YamlValue value = table.require("for");
        long millis = value.length().toMillis();
        if (millis == 0) {
            throw value.bad("must be longer than 0");
        }
        return millis;
    }

    private static double every(YamlTable table) {
        return table.find("every")
                .map(value -> {
                    double millis = value.length().toMillis();
                    if (millis == 0) {
                        throw value.bad("must be longer than 0; without it nothing happens");
                    }
                    return millis;
                })
                .orElse(0.0);
    }

    private static ExpectedAlert alert(YamlValue value) {
        YamlTable table = value.table().allow("rule", "group", "kind", "severity", "fires", "resolves");
        return new ExpectedAlert(
                pattern(table),
                between(table.require("fires")),
                table.find("resolves").map(RuleTestReader::between));
    }

    private static ExpectedState state(YamlValue value) {
        YamlTable table = value.table().allow("at", "alerts");
        return new ExpectedState(
                table.require("at").length().toMillis(),
                table.require("alerts").items().stream()
                        .map(item -> pattern(item.table().allow("rule", "group", "kind", "severity")))
                        .toList());
    }

    private static AlertPattern pattern(YamlTable table) {
        return new AlertPattern(
                table.require("rule").text(),
                table.find("group").map(YamlValue::texts).orElse(Map.of()),
                table.find("kind").map(YamlValue::text),
                table.find("severity").map(RuleTestReader::severity));
    }

    private static Severity severity(YamlValue value) {
        String word = value.text();
        return Arrays.stream(Severity.values())
                .filter(one -> AlertPattern.word(one).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> value.bad("must be one of critical, high, medium, low, info, was \"" + word + "\""));
    }

    private static Between between(YamlValue value) {
        Duration[] ends = value.lengths();
        return new Between(ends[0].toMillis(), ends[1].toMillis());
    }
}
