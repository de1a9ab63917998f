/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.console.Words;
import io.tocsin.cli.terminal.Cell;
import io.tocsin.cli.terminal.Column;
import io.tocsin.cli.terminal.Grid;
import io.tocsin.cli.terminal.Heights.Need;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Sparkline;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** Error budgets, least left first. Immutable. */
final class BudgetsPane implements Pane {
    private static final int LEAST = 2;
    private static final int MOST_AT_ONCE = 20;
    private static final int BAR = 10;

    @Override
    public Need need(Board board, Room all) {
        int slos = board.dashboard().map(Dashboard::getSlosCount).orElse(1);
        return new Need(LEAST, all.headings() + Math.max(1, Math.min(MOST_AT_ONCE, slos)));
    }

    @Override
    public List<AttributedString> lines(Board board, Look look, Room room) {
        int columns = room.columns();
        List<Slo> slos = board.dashboard().map(Dashboard::getSlosList).orElse(List.of());
        if (slos.isEmpty()) {
            return List.of(Heading.of(look, "ERROR BUDGETS", "", columns), Row.of(look, Tone.DIM, "  no SLO", columns));
        }
        List<Slo> shown = slos.subList(0, Math.min(slos.size(), Math.max(1, room.rows() - room.headings())));
        String more = shown.size() < slos.size() ? ", " + shown.size() + " of " + slos.size() + " shown" : "";
        String title = room.compact() && shown.size() < slos.size()
                ? "ERROR BUDGETS " + shown.size() + "/" + slos.size()
                : "ERROR BUDGETS";
        Grid grid = new Grid(
                look,
                List.of(
                        Column.fixed("", 1, 20),
                        Column.text(room.compact() ? " ".repeat(15) : "SLO", 26, 44, 20),
                        Column.fixed("STATE", 8, 18),
                        Column.number("LEFT", 6, 19),
                        Column.growing("", BAR, 2 * BAR, 1, 10),
                        Column.number("ATTAINED", 8, 17),
                        Column.number("TARGET", 6, 16),
                        Column.number("OVER", 3, 9),
                        Column.number("BURN", 4, 15),
                        Column.number("SPENT IN", 8, 14)));
        shown.forEach(slo -> grid.add(cells(look, slo)));
        List<AttributedString> rendered = grid.render(columns);
        List<AttributedString> lines =
                new ArrayList<>(Heading.of(look, room, title, "least left first" + more, rendered.get(0)));
        lines.addAll(rendered.subList(1, rendered.size()));
        return lines;
    }

    private static List<Cell> cells(Look look, Slo slo) {
        boolean data = slo.getStatus() != SloStatus.SLO_STATUS_NO_DATA;
        double left = slo.getBudgetRemaining();
        Tone tone = Says.tone(slo.getStatus());
        return List.of(
                Cell.of(tone, slo.getFiringAlertIdsCount() > 0 ? look.sign("●", "!") : ""),
                Cell.of(name(slo)),
                Cell.of(tone, Says.status(slo.getStatus())),
                Cell.of(data && left <= 0 ? Tone.BAD : Tone.PLAIN, data ? Says.share(left) : "-"),
                Cell.drawn(tone, width -> data ? Sparkline.bar(left, width, look.unicode()) : ""),
                Cell.of(data ? Says.goal(slo.getType(), slo.getAttained()) : "-"),
                Cell.of(Tone.DIM, Says.goal(slo.getType(), slo.getTarget())),
                Cell.of(
                        Tone.DIM,
                        Words.length(Duration.ofSeconds(slo.getWindow().getSeconds()))),
                Cell.of(data ? burn(slo) : "-"),
                Cell.of(
                        slo.hasTimeToExhaustion()
                                ? Times.age(slo.getTimeToExhaustion().getSeconds() * 1_000)
                                : data && left <= 0 ? "spent" : "-"));
    }

    private static String name(Slo slo) {
        return slo.getGroupCount() == 0
                ? slo.getName()
                : slo.getName() + " "
                        + slo.getGroupList().stream().map(Attribute::getValue).collect(Collectors.joining(" "));
    }

    /** The greatest burn rate and its window: {@code 14.5x 5m}. */
    private static String burn(Slo slo) {
        return slo.getBurnRatesMap().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(b -> String.format(Locale.ROOT, b.getValue() < 9.95 ? "%.1fx" : "%.0fx", b.getValue()) + " "
                        + b.getKey())
                .orElse("-");
    }
}
