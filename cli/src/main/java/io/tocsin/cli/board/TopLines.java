/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.console.Words;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Row;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.Red;
import io.tocsin.v1.Severity;
import io.tocsin.v1.SystemHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jline.utils.AttributedString;

/** What one must see first: what is watched, what fires, how the system is, and whether this is still true. Stateless. */
final class TopLines {
    private static final List<String> WORST_FIRST = List.of("critical", "high", "medium", "low", "info");

    private TopLines() {}

    static List<AttributedString> of(Board board, Look look, int columns) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(bar(board, look, columns));
        if (board.frozenSinceMillis().isPresent()) {
            lines.add(Row.of(
                    look,
                    Tone.ALARM,
                    " SCREEN PAUSED since "
                            + Times.clock(board.frozenSinceMillis().get(), board.zone())
                            + ": all goes on behind it, p shows it again ",
                    columns));
        }
        switch (board.link().state()) {
            case CONNECTING -> lines.add(Row.of(look, Tone.WARN, "connecting to " + board.target(), columns));
            case LOST -> lines.add(Row.of(look, Tone.ALARM, " " + lost(board) + " ", columns));
            case UP -> {}
        }
        board.dashboard().ifPresent(dashboard -> {
            lines.add(system(dashboard, look, columns));
            if (dashboard.getCollectorStatus() != GetHealthResponse.Status.STATUS_OK) {
                lines.add(collector(dashboard, look, columns));
            }
            lines.add(red(dashboard, look, columns));
        });
        return lines;
    }

    private static AttributedString bar(Board board, Look look, int columns) {
        String left =
                " " + board.title() + board.demo().map(d -> demo(board, d)).orElse("");
        String right = "  " + firing(board) + "   " + Times.clock(board.nowMillis(), board.zone()) + " ";
        Row row = new Row(look);
        row.add(new Row(look).add(Tone.BAR, left).with(look.text(Tone.BAR, right), columns));
        // the gap between both belongs to the bar
        return look.text(Tone.BAR, row.cut(columns).toString());
    }

    private static String demo(Board board, DemoStatus demo) {
        long elapsed = board.nowMillis() - demo.startMillis();
        long length = demo.endMillis() - demo.startMillis();
        String over = demo.openEnd() && elapsed >= length ? "  script over, q ends" : "";
        return "  " + Times.elapsed(elapsed) + " of " + Times.elapsed(length) + over;
    }

    private static String firing(Board board) {
        Map<Severity, Integer> counts = new TreeMap<>();
        for (Alert alert : board.alerts()) {
            if (alert.getState() == AlertState.ALERT_STATE_FIRING) {
                counts.merge(alert.getSeverity(), 1, Integer::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        for (String severity : WORST_FIRST) {
            counts.forEach((s, n) -> {
                if (Says.severity(s).equals(severity)) {
                    parts.add(n + " " + severity);
                }
            });
        }
        String hidden = board.hiddenAlerts() > 0 ? " +" + board.hiddenAlerts() + " hidden" : "";
        return parts.isEmpty() ? "nothing fires" + hidden : "FIRING " + String.join(", ", parts) + hidden;
    }

    private static String lost(Board board) {
        Link link = board.link();
        long retry = link.retryAtMillis() - board.nowMillis();
        String age = board.dashboard().isPresent()
                ? "; below is " + Times.age(board.nowMillis() - board.dashboardAtMillis()) + " old"
                : "";
        return "CONNECTION LOST " + Times.age(board.nowMillis() - link.sinceMillis()) + " ago, "
                + (retry > 0 ? "trying again in " + Times.age(retry + 999) : "trying again now") + age + " ("
                + link.reason() + ")";
    }

    private static AttributedString system(Dashboard dashboard, Look look, int columns) {
        SystemHealth system = dashboard.getSystem();
        String status = system.getStatus().name().replace("STATUS_", "").toLowerCase(Locale.ROOT);
        Tone tone = switch (system.getStatus()) {
            case STATUS_HEALTHY -> Tone.GOOD;
            case STATUS_DEGRADED -> Tone.WARN;
            case STATUS_UNHEALTHY -> Tone.ALARM;
            default -> Tone.DIM;
        };
        Row row = new Row(look).add(Tone.DIM, "system ").add(tone, status);
        if (system.getReasonsCount() > 0) {
            row.add(Tone.PLAIN, ": " + String.join("; ", system.getReasonsList()));
        }
        return row.cut(columns);
    }

    private static AttributedString collector(Dashboard dashboard, Look look, int columns) {
        String status =
                dashboard.getCollectorStatus().name().replace("STATUS_", "").toLowerCase(Locale.ROOT);
        Tone tone = dashboard.getCollectorStatus() == GetHealthResponse.Status.STATUS_DOWN ? Tone.ALARM : Tone.WARN;
        return new Row(look)
                .add(Tone.DIM, "collector ")
                .add(tone, status)
                .add(Tone.PLAIN, ": " + String.join("; ", dashboard.getCollectorReasonsList()))
                .cut(columns);
    }

    // what does not fit is left out, last part first
    private static AttributedString red(Dashboard dashboard, Look look, int columns) {
        Row row = new Row(look).add(red(look, "requests ", dashboard.getRequests()));
        for (Row part : List.of(
                new Row(look).add(red(look, "agents ", dashboard.getAgentTasks())), producers(dashboard, look))) {
            AttributedString between = look.text(Tone.DIM, look.sign(" ┆ ", " | "));
            if (part.width() > 0 && row.width() + between.columnLength() + part.width() <= columns) {
                row.add(between).add(part.cut(columns));
            }
        }
        return row.cut(columns);
    }

    private static Row producers(Dashboard dashboard, Look look) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(dashboard.getProducersMap()).forEach((liveness, n) -> {
            if (n > 0) {
                parts.add(n + " " + liveness);
            }
        });
        boolean lost = dashboard.getProducersMap().getOrDefault("lost", 0) > 0;
        Row row = new Row(look);
        return parts.isEmpty()
                ? row
                : row.add(Tone.DIM, "producers ").add(lost ? Tone.WARN : Tone.PLAIN, String.join(", ", parts));
    }

    private static AttributedString red(Look look, String what, Red red) {
        Row row = new Row(look).add(Tone.DIM, what);
        if (red.getCount() == 0) {
            return row.add(Tone.PLAIN, "none").cut(Integer.MAX_VALUE);
        }
        row.add(Tone.PLAIN, Says.rate(red.getRate()) + " " + Says.share(red.getErrorRatio()) + " fail");
        if (red.hasLatency()) {
            row.add(Tone.PLAIN, " p95 " + Words.seconds(red.getLatency().getP95()));
        }
        return row.cut(Integer.MAX_VALUE);
    }
}
