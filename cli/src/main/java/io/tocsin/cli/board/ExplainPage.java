/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import com.google.protobuf.Timestamp;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Paragraph;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.cli.view.AlertText;
import io.tocsin.v1.Alert;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** One alert in full: what, since when, why, and what to do. Confined to one rendering. */
final class ExplainPage {
    private static final int LABEL = 15;
    private static final int WIDEST = 110;

    private final Board board;
    private final Alert alert;
    private final Look look;
    private final int columns;
    private final List<AttributedString> lines = new ArrayList<>();

    private ExplainPage(Board board, Alert alert, Look look, int columns) {
        this.board = board;
        this.alert = alert;
        this.look = look;
        this.columns = columns;
    }

    static List<AttributedString> of(Board board, Alert alert, Look look, int columns) {
        ExplainPage page = new ExplainPage(board, alert, look, columns);
        page.title();
        page.times();
        page.evidence();
        page.whatToDo();
        page.identity();
        return page.lines;
    }

    private void title() {
        String severity = Says.severity(alert.getSeverity()).toUpperCase(Locale.ROOT);
        lines.add(new Row(look)
                .add(Says.tone(alert), " " + severity + " ")
                .add(Tone.STRONG, " " + AlertText.rule(alert) + ": " + AlertText.subject(alert))
                .add(Tone.PLAIN, ", " + Says.state(alert.getState()))
                .cut(columns));
        lines.add(Row.empty());
        say("what", alert.getDescription());
        say("seen", alert.getEvidence().getText());
    }

    private void evidence() {
        Evidence evidence = alert.getEvidence();
        String unit = evidence.getUnit();
        if (evidence.hasObserved()) {
            say("observed", Says.value(evidence.getObserved(), unit) + " at its worst");
        }
        if (evidence.hasExpectedLow() && evidence.hasExpectedHigh()) {
            say("expected", expected(evidence.getExpectedLow(), evidence.getExpectedHigh(), unit));
        }
        if (alert.getPeakScore() > 0) {
            say("score", String.format(Locale.ROOT, "%.1f at its peak; 1 is the limit", alert.getPeakScore()));
        }
        List<String> numbers = new ArrayList<>();
        new TreeMap<>(evidence.getNumbersMap()).forEach((name, n) -> numbers.add(name + " " + Says.number(n)));
        new TreeMap<>(evidence.getLabelsMap()).forEach((name, text) -> numbers.add(name + " " + text));
        say("numbers", String.join(", ", numbers));
        say("traces", String.join(" ", alert.getExampleTraceIdsList()));
    }

    private static String later(long millis) {
        return millis <= 0 ? "at once" : Words.seconds(millis / 1_000.0) + " later";
    }

    private static String expected(double low, double high, String unit) {
        if (Double.isInfinite(high)) {
            return Says.value(low, unit) + " or more";
        }
        return low <= 0 ? "at most " + Says.value(high, unit) : Says.value(low, unit) + " to " + Says.value(high, unit);
    }

    private void times() {
        if (alert.hasProblemSince()) {
            String detected = alert.hasFiredAt()
                    ? "; the alarm came "
                            + later(Times.millis(alert.getFiredAt()) - Times.millis(alert.getProblemSince()))
                    : "";
            say("problem since", moment(alert.getProblemSince()) + ago(alert.getProblemSince()) + detected);
        }
        if (alert.hasFiredAt()) {
            say("fires since", moment(alert.getFiredAt()) + ago(alert.getFiredAt()));
        } else {
            say("pending since", moment(alert.getStartsAt()) + ago(alert.getStartsAt()));
        }
        if (alert.hasAcknowledgement()) {
            String note = alert.getAcknowledgement().getNote();
            say(
                    "acknowledged",
                    moment(alert.getAcknowledgement().getTime()) + " by "
                            + alert.getAcknowledgement().getBy() + (note.isEmpty() ? "" : ": " + note));
        }
        if (alert.hasResolvedAt()) {
            say(
                    "resolved",
                    moment(alert.getResolvedAt())
                            + ago(alert.getResolvedAt())
                            + (alert.getResolution().isEmpty() ? "" : ", " + alert.getResolution()));
        }
    }

    private void whatToDo() {
        lines.add(Row.empty());
        lines.add(Row.of(look, Tone.HEADING, "WHAT TO DO", columns));
        int number = 1;
        for (String sentence : Advice.sentences(alert)) {
            wrapped(number++ + ".", 4, Tone.PLAIN, sentence);
        }
        for (String command : Advice.commands(alert, board.target())) {
            lines.add(Row.of(look, Tone.STRONG, "    " + command, columns));
        }
    }

    private void identity() {
        lines.add(Row.empty());
        say("detector", alert.getDetector() + (alert.getKind().isEmpty() ? "" : ", kind " + alert.getKind()));
        say("about", attributes(alert.getGroupList()));
        say("labels", attributes(alert.getLabelsList()));
        say("id", alert.getId());
    }

    private static String attributes(List<Attribute> attributes) {
        return attributes.stream().map(a -> a.getKey() + "=" + a.getValue()).collect(Collectors.joining(" "));
    }

    private String moment(Timestamp time) {
        return Times.moment(Times.millis(time), board.collectorMillis(), board.zone());
    }

    private String ago(Timestamp time) {
        return " (" + Times.age(board.collectorMillis() - Times.millis(time)) + " ago)";
    }

    private void say(String label, String text) {
        if (!text.isBlank()) {
            wrapped(label, LABEL, Tone.DIM, text);
        }
    }

    private void wrapped(String label, int indent, Tone tone, String text) {
        boolean first = true;
        for (String line : Paragraph.wrap(text, Math.min(WIDEST, columns) - indent)) {
            Row row = new Row(look);
            if (first) {
                row.add(tone, label);
            }
            lines.add(row.padTo(indent).add(Tone.PLAIN, line).cut(columns));
            first = false;
        }
    }
}
