/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.dashboard;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import io.tocsin.cli.board.BoardState;
import io.tocsin.cli.board.BoardView;
import io.tocsin.cli.board.FeedRequest;
import io.tocsin.cli.board.Link;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.terminal.Look;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetDashboardRequest;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.TimeRange;
import io.tocsin.v1.WatchDashboardRequest;
import io.tocsin.v1.WatchDashboardResponse;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** The dashboard without a screen: one plain page, or JSON. Confined to one thread. */
final class PlainDashboard {
    private static final int COLUMNS = 120;

    private final Console console;
    private final CollectorConnection collector;
    private final FeedRequest request;
    private final InstantSource clock;

    PlainDashboard(Console console, CollectorConnection collector, FeedRequest request, InstantSource clock) {
        this.console = console;
        this.collector = collector;
        this.request = request;
        this.clock = clock;
    }

    /** How things are now. */
    void once(boolean json, boolean unicode) {
        Dashboard dashboard = collector
                .ask(() -> collector.queries().getDashboard(getRequest()))
                .getDashboard();
        if (json) {
            JsonLines.print(console.out(), dashboard);
            return;
        }
        long now = clock.millis();
        BoardState state = new BoardState(
                "tocsin " + collector.target(), collector.target(), ZoneId.systemDefault(), Optional.empty(), now);
        state.link(new Link(Link.State.UP, now, now, ""));
        state.dashboard(dashboard, now);
        state.snapshot(
                Snapshot.newBuilder().addAllAlerts(dashboard.getAlertsList()).build());
        for (AttributedString line : BoardView.page(state.board(now), COLUMNS, new Look(false, unicode))) {
            console.out().println(line.toString().stripTrailing());
        }
        console.out().flush();
    }

    /** Each change, until the connection breaks or somebody stops it. */
    void follow() {
        WatchDashboardRequest.Builder watch =
                WatchDashboardRequest.newBuilder().setTop(request.top()).setScope(request.scope());
        if (live()) {
            watch.setWindow(window());
        }
        try {
            Iterator<WatchDashboardResponse> responses =
                    collector.unlimitedQueries().watchDashboard(watch.build());
            while (responses.hasNext()) {
                JsonLines.print(console.out(), responses.next().getDashboard());
            }
        } catch (StatusRuntimeException e) {
            throw collector.explain(e);
        }
    }

    private GetDashboardRequest getRequest() {
        GetDashboardRequest.Builder get =
                GetDashboardRequest.newBuilder().setTop(request.top()).setScope(request.scope());
        if (live()) {
            get.setRange(TimeRange.newBuilder().setLast(window()));
        }
        return get.build();
    }

    // a recording is shown as a whole
    private boolean live() {
        return request.scope().getRecording().isEmpty();
    }

    private Duration window() {
        return Duration.newBuilder().setSeconds(request.window().toSeconds()).build();
    }
}
