/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Intervals;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An evaluation as a person reads it. Stateless. */
final class EvaluationText {
    private static final int COLUMNS = 80;

    private EvaluationText() {}

    static void print(Console console, Evaluation evaluation) {
        console.out().println("Incidents of at least the promised size");
        promised(evaluation).print(console.out(), COLUMNS);
        console.out().println();
        console.out().println("Recall by size, as a share of the promised size, with 95 % interval");
        curve(evaluation).print(console.out(), COLUMNS);
        console.out().println();
        for (Judged<Incident> missed : evaluation.missed()) {
            Incident incident = missed.incident();
            console.out()
                    .println("missed: " + incident + " at " + Instant.ofEpochMilli(incident.startMillis()) + " for "
                            + Words.seconds((incident.endMillis() - incident.startMillis()) / 1_000.0));
        }
        Map<String, Long> byRule = evaluation.falseAlarms().stream()
                .collect(Collectors.groupingBy(FiredAlert::name, TreeMap::new, Collectors.counting()));
        byRule.forEach((rule, count) -> console.out().println("false alarms of " + rule + ": " + count));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d false alarms in %.0f h (%s records):%n%.2f in 10 h, at most %.2f with 95 %% certainty",
                        evaluation.falseAlarms().size(),
                        evaluation.hours(),
                        Words.count(evaluation.records()),
                        evaluation.falseAlarms().size() / evaluation.hours() * 10,
                        evaluation.falseAlarmsPerTenHoursUpper95()));
        console.out().flush();
    }

    private static Table promised(Evaluation evaluation) {
        Table table = new Table("KIND", "FROM", ">FOUND", ">OF", ">MEDIAN DELAY", ">P95 DELAY");
        for (Evaluation.Row row : Evaluation.rows()) {
            List<Judged<Incident>> judged = evaluation.of(row, Incident::promised);
            long[] delays = Evaluation.delays(judged);
            table.add(
                    row.name(),
                    row.promised() ? row.kind().describe(row.kind().promisedSize()) : "not promised",
                    String.valueOf(delays.length),
                    String.valueOf(judged.size()),
                    delay(delays, 0.5),
                    delay(delays, 0.95));
        }
        return table;
    }

    private static Table curve(Evaluation evaluation) {
        Table table = new Table("KIND", ">SIZE", ">FOUND", ">OF", ">RECALL", ">LOW", ">HIGH");
        for (Evaluation.Row row : Evaluation.rows()) {
            for (Evaluation.Bucket bucket : Evaluation.BUCKETS) {
                List<Judged<Incident>> judged = evaluation.of(row, bucket::holds);
                int found = Evaluation.delays(judged).length;
                if (!judged.isEmpty()) {
                    Intervals.Share interval = Intervals.wilson95(found, judged.size());
                    table.add(
                            row.name(),
                            size(bucket),
                            String.valueOf(found),
                            String.valueOf(judged.size()),
                            share((double) found / judged.size()),
                            share(interval.low()),
                            share(interval.high()));
                }
            }
        }
        return table;
    }

    private static String size(Evaluation.Bucket bucket) {
        return Double.isInfinite(bucket.to())
                ? String.format(Locale.ROOT, "%.2f and more", bucket.from())
                : String.format(Locale.ROOT, "%.2f to %.2f", bucket.from(), bucket.to());
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static String delay(long[] ascending, double q) {
        return ascending.length == 0 ? "-" : Words.seconds(Evaluation.quantile(ascending, q) / 1_000.0);
    }
}
