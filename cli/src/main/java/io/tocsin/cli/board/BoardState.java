/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.cli.view.AlertText;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.Severity;
import io.tocsin.v1.Snapshot;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the board shows, as it changes by what comes and by keys. Keeps the newest 1,000 log lines. Confined to one thread; times are
 * milliseconds since 1970 UTC.
 */
public final class BoardState {
    private static final int MOST_LOG_LINES = 1_000;
    private static final long NOTICE_MILLIS = 5_000;

    private final String title;
    private final String target;
    private final ZoneId zone;
    private final Optional<InjectMenu> menu;
    private final AlertBook alerts = new AlertBook();
    private final Deque<LogLine> log = new ArrayDeque<>();
    private final BoardKeys keys = new BoardKeys();
    private Link link;
    private @Nullable Dashboard dashboard;
    private long dashboardAtMillis;
    private Trends trends = Trends.none();
    private @Nullable DemoStatus demo;
    private @Nullable Board frozen;
    private String notice = "";
    private long noticeUntilMillis;

    /** Nothing is known yet. */
    public BoardState(String title, String target, ZoneId zone, Optional<InjectMenu> menu, long nowMillis) {
        this.title = title;
        this.target = target;
        this.zone = zone;
        this.menu = menu;
        this.link = Link.connecting(nowMillis);
    }

    /** The connection has changed. */
    public void link(Link now) {
        link = now;
    }

    /** The collector has said how things are. */
    public void dashboard(Dashboard now, long atMillis) {
        dashboard = now;
        dashboardAtMillis = atMillis;
    }

    /** How agents did over time. */
    public void trends(Trends now) {
        trends = now;
    }

    /** An alert has changed. */
    public void event(AlertEvent event, long atMillis) {
        alerts.take(event);
        Alert alert = event.getAlert();
        String name = AlertText.rule(alert) + " " + AlertText.subject(alert);
        switch (alert.getState()) {
            case ALERT_STATE_FIRING ->
                log(
                        atMillis,
                        Says.tone(alert.getSeverity()),
                        "fires     " + name + " (" + Says.severity(alert.getSeverity()) + "): "
                                + alert.getEvidence().getText());
            case ALERT_STATE_RESOLVED -> {
                if (event.getPrevious() != AlertState.ALERT_STATE_PENDING) {
                    log(atMillis, Tone.GOOD, "resolved  " + name + ": " + alert.getResolution());
                }
            }
            case ALERT_STATE_ACKNOWLEDGED ->
                log(
                        atMillis,
                        Tone.PLAIN,
                        "acked     " + name + " by "
                                + alert.getAcknowledgement().getBy());
            default -> {}
        }
    }

    /** What is open now. */
    public void snapshot(Snapshot snapshot) {
        alerts.take(snapshot);
    }

    /** Something happened. */
    public void log(long atMillis, Tone tone, String text) {
        log.addLast(new LogLine(atMillis, tone, text));
        if (log.size() > MOST_LOG_LINES) {
            log.removeFirst();
        }
    }

    /** How the demo stands. */
    public void demo(DemoStatus now) {
        demo = now;
    }

    /** Says what came of a key, for a few seconds. */
    public void notice(String text, long nowMillis) {
        notice = text;
        noticeUntilMillis = nowMillis + NOTICE_MILLIS;
    }

    /** A key was pressed. */
    public Optional<Action> press(KeyPress key, long nowMillis) {
        notice = "";
        Board shown = board(nowMillis);
        if (key.is('p') || key.is(' ')) {
            frozen = frozen == null ? shown : null;
            return Optional.empty();
        }
        return keys.press(key, shown);
    }

    /** What is to be shown now. */
    public Board board(long nowMillis) {
        Board data = frozen == null ? live(nowMillis) : frozen;
        List<Alert> all = data.alerts();
        return new Board(
                data.title(),
                data.target(),
                data.nowMillis(),
                data.zone(),
                data.link(),
                data.dashboard(),
                data.dashboardAtMillis(),
                data.trends(),
                all,
                data.hiddenAlerts(),
                data.minSeverity(),
                keys.selected(all),
                data.log(),
                data.demo(),
                data.menu(),
                keys.overlay(),
                frozen == null ? Optional.empty() : Optional.of(data.nowMillis()),
                nowMillis < noticeUntilMillis ? notice : "");
    }

    private Board live(long nowMillis) {
        Severity least = keys.minSeverity();
        List<Alert> all = alerts.all();
        List<Alert> shown = all.stream()
                .filter(a -> a.getSeverityValue() >= least.getNumber())
                .toList();
        long hidden = all.stream()
                .filter(a -> a.getSeverityValue() < least.getNumber())
                .filter(a -> a.getState() != AlertState.ALERT_STATE_RESOLVED)
                .count();
        return new Board(
                title,
                target,
                nowMillis,
                zone,
                link,
                Optional.ofNullable(dashboard),
                dashboardAtMillis,
                trends,
                shown,
                (int) hidden,
                least,
                "",
                List.copyOf(log),
                Optional.ofNullable(demo),
                menu,
                keys.overlay(),
                Optional.empty(),
                "");
    }
}
