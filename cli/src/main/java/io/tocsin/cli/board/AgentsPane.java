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
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** Agents: how they do now, how they did over the range, and how it went. Those with alerts first. Immutable. */
final class AgentsPane implements Pane {
    private static final int LEAST = 3;
    private static final int MOST_AT_ONCE = 30;
    /** So small a share of failures or a latency is drawn flat. */
    private static final double LEAST_ERROR_TOP = 0.05;

    private static final double LEAST_LATENCY_TOP_SECONDS = 0.1;
    private static final String AGENT = "gen_ai.agent.name";

    @Override
    public Need need(Board board, Room all) {
        int agents = board.dashboard().map(Dashboard::getAgentsCount).orElse(1);
        return new Need(LEAST, all.headings() + Math.max(1, Math.min(MOST_AT_ONCE, agents)));
    }

    @Override
    public List<AttributedString> lines(Board board, Look look, Room room) {
        int columns = room.columns();
        List<AgentMetrics> agents =
                board.dashboard().map(Dashboard::getAgentsList).orElse(List.of());
        if (agents.isEmpty()) {
            return List.of(
                    Heading.of(look, "AGENTS", "", columns),
                    Row.of(look, Tone.DIM, "  no agent has finished anything yet", columns));
        }
        List<AgentMetrics> shown = first(board, agents, Math.max(1, room.rows() - room.headings()));
        String more = shown.size() < agents.size() ? ", " + shown.size() + " of " + agents.size() + " shown" : "";
        String title = room.compact() && shown.size() < agents.size()
                ? "AGENTS " + shown.size() + "/" + agents.size()
                : "AGENTS";
        boolean trends = !board.trends().steps().isEmpty();
        String now = trends
                ? "rate, errors, mean: last " + Words.length(board.trends().nowLength()) + "; rest: last "
                        + range(board)
                : "last " + range(board);
        Grid grid = new Grid(look, columns(board, trends, room.compact()));
        shown.forEach(agent -> grid.add(cells(board, look, agent, trends)));
        List<AttributedString> rendered = grid.render(columns);
        List<AttributedString> lines = new ArrayList<>(Heading.of(look, room, title, now + more, rendered.get(0)));
        lines.addAll(rendered.subList(1, rendered.size()));
        return lines;
    }

    // the order changes only when an alert comes or goes, so that the eye finds an agent where it was
    private static List<AgentMetrics> first(Board board, List<AgentMetrics> agents, int room) {
        List<AgentMetrics> worst = agents.subList(0, Math.min(room, agents.size()));
        return worst.stream()
                .sorted(Comparator.comparingInt(
                                (AgentMetrics a) -> -severity(board, a).getNumber())
                        .thenComparing(AgentMetrics::getAgentType))
                .toList();
    }

    private static Severity severity(Board board, AgentMetrics agent) {
        return board.alerts().stream()
                .filter(a -> a.getState() == AlertState.ALERT_STATE_FIRING
                        || a.getState() == AlertState.ALERT_STATE_ACKNOWLEDGED)
                .filter(a -> isAbout(a, agent.getAgentType()))
                .map(Alert::getSeverity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.SEVERITY_UNSPECIFIED);
    }

    private static boolean isAbout(Alert alert, String agent) {
        return alert.getGroupList().stream()
                .anyMatch(g -> g.getKey().equals(AGENT) && g.getValue().equals(agent));
    }

    private static String range(Board board) {
        Dashboard dashboard = board.dashboard().orElse(Dashboard.getDefaultInstance());
        long millis = Times.millis(dashboard.getEndTime()) - Times.millis(dashboard.getStartTime());
        // the collector widens it to whole tens of seconds
        long seconds = Math.round(millis / 1_000.0);
        long rest = seconds % 60;
        return Words.length(Duration.ofSeconds(seconds > 60 && rest <= 20 ? seconds - rest : seconds));
    }

    private static List<Column> columns(Board board, boolean trends, boolean compact) {
        String range = range(board);
        List<Column> columns = new ArrayList<>(List.of(
                Column.fixed("", 1, 20),
                Column.text(compact ? "        " : "AGENT", 16, 28, 20),
                Column.number("RATE", 6, 19),
                Column.number("ERRORS", 6, 18),
                Column.number(trends ? "MEAN" : "P50", 6, 17),
                Column.number("P95 " + range, 6, 16),
                Column.number("P99 " + range, 6, 6),
                Column.number("COUNT", 7, 5)));
        if (trends) {
            columns.add(Column.growing("rate " + range, 8, 60, 1, 11));
            columns.add(Column.growing("errors", 8, 60, 1, 12));
            columns.add(Column.growing("latency", 8, 60, 1, 10));
        }
        return columns;
    }

    private static List<Cell> cells(Board board, Look look, AgentMetrics agent, boolean trends) {
        String name = agent.getAgentType();
        Severity severity = severity(board, agent);
        boolean alarmed = severity != Severity.SEVERITY_UNSPECIFIED;
        Optional<Trends.Step> now = board.trends().now(name);
        double seconds = board.trends().nowLength().toMillis() / 1_000.0;
        double rate = now.map(s -> s.count() / seconds).orElse(agent.getRate());
        double errors = now.map(s -> s.count() == 0 ? 0 : (double) s.failed() / s.count())
                .orElse(agent.getErrorRatio());
        double typical = now.map(s -> s.count() == 0 ? Double.NaN : s.sumSeconds() / s.count())
                .orElse(agent.hasLatency() ? agent.getLatency().getP50() : Double.NaN);
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(Says.tone(severity), alarmed ? look.sign("●", "!") : ""),
                Cell.of(alarmed ? Tone.STRONG : Tone.PLAIN, name),
                Cell.of(rate == 0 ? Tone.WARN : Tone.PLAIN, Says.rate(rate)),
                Cell.of(Says.share(errors)),
                Cell.of(seconds(typical)),
                Cell.of(agent.hasLatency() ? seconds(agent.getLatency().getP95()) : "-"),
                Cell.of(agent.hasLatency() ? seconds(agent.getLatency().getP99()) : "-"),
                Cell.of(Words.count(agent.getCount()))));
        if (trends) {
            boolean unicode = look.unicode();
            Trends over = board.trends();
            cells.add(Cell.drawn(Tone.PLAIN, w -> Sparkline.of(over.rates(name, w), w, 0, unicode)));
            cells.add(Cell.drawn(Tone.PLAIN, w -> Sparkline.of(over.errors(name, w), w, LEAST_ERROR_TOP, unicode)));
            cells.add(Cell.drawn(
                    Tone.PLAIN, w -> Sparkline.of(over.latencies(name, w), w, LEAST_LATENCY_TOP_SECONDS, unicode)));
        }
        return cells;
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? "-" : Words.seconds(seconds);
    }
}
