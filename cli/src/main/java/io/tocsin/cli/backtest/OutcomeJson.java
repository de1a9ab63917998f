/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.console.JsonFile;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Episode;
import io.tocsin.collector.engine.alert.Alert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A backtest for programs. Stateless. */
final class OutcomeJson {
    private OutcomeJson() {}

    static Map<String, Object> of(Outcome outcome, Optional<LabelScores> scores) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compared", outcome.isCompared());
        json.put("differs", outcome.isCompared() && outcome.differs());
        json.put("same_events", outcome.isCompared() && outcome.hasSameEvents());
        json.put(
                "sources",
                outcome.results().entrySet().stream()
                        .map(e -> source(e.getKey(), e.getValue()))
                        .toList());
        scores.ifPresent(one -> json.put("labels", one.json()));
        return json;
    }

    private static Map<String, Object> source(String name, BacktestResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put(
                "begins_at",
                result.firstMillis() == 0 ? JsonFile.orNull(Optional.empty()) : OutcomeText.time(result.firstMillis()));
        json.put(
                "ends_at",
                result.lastMillis() == 0 ? JsonFile.orNull(Optional.empty()) : OutcomeText.time(result.lastMillis()));
        json.put("entries", result.entries());
        json.put("records", result.records());
        json.put("damaged_entries", result.damagedEntries());
        json.put("then_events", result.thenEvents());
        json.put("now_events", result.nowEvents());
        json.put("left_out_events", result.leftOutEvents());
        json.put("notices", result.notices());
        json.put(
                "alerts",
                result.alerts().stream()
                        .map(one -> alert(one, result.isCompared()))
                        .toList());
        return json;
    }

    private static Map<String, Object> alert(Compared one, boolean compared) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (compared) {
            json.put("verdict", one.verdict().name().toLowerCase(Locale.ROOT));
            json.put("then", JsonFile.orNull(one.then().map(OutcomeJson::episode)));
        }
        json.put("now", JsonFile.orNull(one.now().map(OutcomeJson::episode)));
        return json;
    }

    private static Map<String, Object> episode(Episode episode) {
        Alert alert = episode.alert();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", alert.id());
        json.put("tenant", alert.tenant());
        json.put("rule", alert.rule());
        json.put("kind", alert.kind());
        json.put("group", alert.group().asMap());
        json.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
        json.put("fired_at", OutcomeText.time(episode.firedMillis()));
        json.put(
                "resolved_at",
                episode.endMillis() == Long.MAX_VALUE
                        ? JsonFile.orNull(Optional.empty())
                        : OutcomeText.time(episode.endMillis()));
        json.put("text", alert.evidence().text());
        json.put("events", episode.steps().stream().map(OutcomeJson::step).toList());
        return json;
    }

    private static Map<String, Object> step(Episode.Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", step.eventId());
        json.put("at", OutcomeText.time(step.atMillis()));
        json.put("state", step.state().name().toLowerCase(Locale.ROOT));
        json.put("severity", step.severity().name().toLowerCase(Locale.ROOT));
        return json;
    }

    static List<String> junitProblem(Compared one, boolean compared) {
        boolean fine = !compared || one.verdict() == Compared.Verdict.SAME;
        return fine ? List.of() : List.of(OutcomeText.difference(one));
    }
}
