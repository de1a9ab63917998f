/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Episode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the alerts that would have fired did against labelled incidents. Immutable.
 *
 * @param card what found what; labels outside of the period are left out
 * @param alerts that began to fire in the period
 */
record LabelScores(Scorecard<Label> card, List<FiredAlert> alerts) {
    /**
     * Counts of one kind of incident, or of all.
     *
     * @param delaysMillis from the beginning of an incident to the first alert about it, ascending
     */
    record Row(String name, long incidents, long found, long[] delaysMillis) {
        double recall() {
            return incidents == 0 ? 1 : (double) found / incidents;
        }

        /** The delay at rank ⌈q·n⌉; empty if none was found. */
        String delay(double q) {
            return found == 0 ? "-" : Words.seconds(quantile(delaysMillis, q) / 1e3);
        }
    }

    /** Compares what would have fired, or does, with the labels. */
    static LabelScores of(Outcome outcome, List<Label> labels, Duration grace) {
        long from = outcome.period().fromMillis();
        long to = outcome.period().toMillis();
        List<FiredAlert> alerts = new ArrayList<>();
        for (Compared one : outcome.alerts()) {
            one.now()
                    .filter(episode -> episode.firedMillis() >= from && episode.firedMillis() < to)
                    .map(LabelScores::fired)
                    .ifPresent(alerts::add);
        }
        List<Label> inPeriod = labels.stream()
                .filter(label -> label.startMillis() >= from && label.startMillis() < to)
                .toList();
        return new LabelScores(Scorecard.of(inPeriod, alerts, grace.toMillis()), List.copyOf(alerts));
    }

    private static FiredAlert fired(Episode episode) {
        return new FiredAlert(
                episode.alert().rule(),
                episode.alert().kind(),
                episode.alert().group().asMap(),
                episode.firedMillis());
    }

    /** Share of alerts that are about an incident; 1 without alerts. */
    double precision() {
        return alerts.isEmpty() ? 1 : 1 - (double) card.falseAlarms().size() / alerts.size();
    }

    Row all() {
        return row("all", card.judged());
    }

    List<Row> byKind() {
        Map<String, List<Judged<Label>>> kinds = new TreeMap<>();
        card.judged()
                .forEach(judged -> kinds.computeIfAbsent(judged.incident().kind(), k -> new ArrayList<>())
                        .add(judged));
        List<Row> rows = new ArrayList<>();
        kinds.forEach((kind, judged) -> rows.add(row(kind, judged)));
        return rows;
    }

    private static Row row(String name, List<Judged<Label>> judged) {
        long[] delays = judged.stream()
                .flatMap(one -> one.delayMillis().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new Row(name, judged.size(), delays.length, delays);
    }

    /** Alerts and false ones among them, by rule. */
    Map<String, long[]> byRule() {
        Map<String, long[]> rules = new TreeMap<>();
        alerts.forEach(alert -> rules.computeIfAbsent(alert.name(), r -> new long[2])[0]++);
        card.falseAlarms().forEach(alert -> rules.computeIfAbsent(alert.name(), r -> new long[2])[1]++);
        return rules;
    }

    void print(Console console) {
        Table kinds = new Table("INCIDENTS", ">LABELLED", ">FOUND", ">RECALL", ">DELAY P50", ">P90");
        List<Row> rows = new ArrayList<>(byKind());
        rows.add(all());
        for (Row row : rows) {
            kinds.add(
                    row.name(),
                    Words.count(row.incidents()),
                    Words.count(row.found()),
                    Words.percent(row.recall()),
                    row.delay(0.5),
                    row.delay(0.9));
        }
        console.out().println();
        kinds.print(console.out(), 160);
        Table rules = new Table("ALERTS", ">FIRED", ">FALSE", ">PRECISION");
        byRule().forEach((rule, counts) -> rules.add(
                rule,
                Words.count(counts[0]),
                Words.count(counts[1]),
                Words.percent(1 - (double) counts[1] / counts[0])));
        rules.add(
                "all",
                Words.count(alerts.size()),
                Words.count(card.falseAlarms().size()),
                Words.percent(precision()));
        console.out().println();
        rules.print(console.out(), 160);
        card.judged().stream()
                .filter(judged -> judged.foundBy().isEmpty())
                .forEach(judged -> console.out().println("missed: " + judged.incident()));
        console.out().flush();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("precision", precision());
        json.put("alerts", alerts.size());
        json.put("false_alarms", card.falseAlarms().size());
        json.putAll(json(all()));
        List<Object> kinds = new ArrayList<>();
        byKind().forEach(row -> {
            Map<String, Object> kind = new LinkedHashMap<>();
            kind.put("kind", row.name());
            kind.putAll(json(row));
            kinds.add(kind);
        });
        json.put("kinds", kinds);
        json.put(
                "missed",
                card.judged().stream()
                        .filter(judged -> judged.foundBy().isEmpty())
                        .map(judged -> judged.incident().toString())
                        .toList());
        return json;
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("incidents", row.incidents());
        json.put("found", row.found());
        json.put("recall", row.recall());
        if (row.found() > 0) {
            json.put("delay_p50_ms", quantile(row.delaysMillis(), 0.5));
            json.put("delay_p90_ms", quantile(row.delaysMillis(), 0.9));
        }
        return json;
    }

    private static long quantile(long[] ascending, double q) {
        return ascending[Math.max(0, (int) Math.ceil(q * ascending.length) - 1)];
    }
}
