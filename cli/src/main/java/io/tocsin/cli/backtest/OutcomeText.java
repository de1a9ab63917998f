/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Compared.Verdict;
import io.tocsin.collector.backtest.Episode;
import io.tocsin.collector.engine.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A backtest for people. Stateless. */
final class OutcomeText {
    private static final int COLUMNS = 160;

    private OutcomeText() {}

    static void print(Console console, Outcome outcome) {
        boolean compared = outcome.isCompared();
        Table table = compared
                ? new Table("!WHAT", "!FIRES", ">LASTS", "SEVERITY", "RULE", "GROUP")
                : new Table("!FIRES", ">LASTS", "SEVERITY", "RULE", "GROUP");
        for (Compared one : outcome.alerts()) {
            List<String> cells = new ArrayList<>();
            if (compared) {
                cells.add(word(one.verdict()));
            }
            Episode episode = one.episode();
            cells.add(time(episode.firedMillis()));
            cells.add(lasts(episode));
            cells.add(severity(one));
            cells.add(rule(episode.alert()));
            cells.add(group(episode.alert()));
            table.add(cells.toArray(String[]::new));
            if (one.verdict() != Verdict.SAME && compared) {
                table.note(episode.alert().evidence().text());
            }
        }
        if (!table.isEmpty()) {
            table.print(console.out(), COLUMNS);
        }
        console.out().println(summary(outcome));
        console.out().flush();
    }

    private static String summary(Outcome outcome) {
        long records = outcome.sum(BacktestResult::records);
        long alerts = outcome.alerts().size();
        String read = Words.count(records) + " records";
        if (!outcome.isCompared()) {
            return alerts + " alerts would have fired, of " + read;
        }
        long same = outcome.count(Verdict.SAME);
        long severity = outcome.count(Verdict.OTHER_SEVERITY);
        long then = outcome.count(Verdict.ONLY_THEN);
        long now = outcome.count(Verdict.ONLY_NOW);
        return (same + severity + then) + " alerts fired, " + (same + severity + now) + " would have: " + same
                + " the same, "
                + severity + " of another severity, " + then + " only then, " + now + " only now; of " + read
                + (outcome.hasSameEvents()
                        ? "; all " + Words.count(outcome.sum(BacktestResult::nowEvents))
                                + " events the same, by id and order"
                        : "");
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case SAME -> "same";
            case OTHER_SEVERITY -> "severity";
            case ONLY_THEN -> "only then";
            case ONLY_NOW -> "only now";
        };
    }

    private static String severity(Compared one) {
        String now = one.now().map(OutcomeText::severity).orElse("");
        String then = one.then().map(OutcomeText::severity).orElse("");
        return one.verdict() == Verdict.OTHER_SEVERITY ? then + " → " + now : now.isEmpty() ? then : now;
    }

    private static String severity(Episode episode) {
        return episode.alert().severity().name().toLowerCase(Locale.ROOT);
    }

    private static String lasts(Episode episode) {
        return episode.endMillis() == Long.MAX_VALUE
                ? "on"
                : Words.seconds((episode.endMillis() - episode.firedMillis()) / 1e3);
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** The rule, and the kind where that says more. */
    static String rule(Alert alert) {
        return alert.kind().isEmpty() || alert.rule().contains(alert.kind())
                ? alert.rule()
                : alert.rule() + "/" + alert.kind();
    }

    static String group(Alert alert) {
        return alert.group().asMap().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Of one that differs, in a line. */
    static String difference(Compared one) {
        Episode episode = one.episode();
        String alert = rule(episode.alert()) + (episode.alert().group().isEmpty() ? "" : " " + group(episode.alert()));
        return switch (one.verdict()) {
            case SAME -> alert + " fires as it did";
            case OTHER_SEVERITY -> alert + " fires with another severity: " + severity(one);
            case ONLY_THEN -> alert + " fired at " + time(episode.firedMillis()) + " and would not have";
            case ONLY_NOW ->
                alert + " would have fired at " + time(episode.firedMillis()) + ": "
                        + episode.alert().evidence().text();
        };
    }
}
