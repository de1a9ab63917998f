/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.cli.board.FeedCalls.Heard;
import io.tocsin.cli.console.Backoff;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.cli.view.GapText;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.SubscribeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a board fed by a collector: its dashboard, its alerts from a cursor on, its agents over time. When the connection breaks it comes
 * back, waiting longer each time, and tells. Calls run on gRPC's threads; this is confined to the thread that calls {@link #advance}.
 */
public final class CollectorFeed implements AutoCloseable {
    /** Both streams say something at least every 15 s. */
    private static final long SILENT_MILLIS = 20_000;

    /** Most records are there so soon after they happened. */
    private static final long SETTLED_MILLIS = 1_200;

    private final CollectorConnection collector;
    private final FeedRequest request;
    private final BoardState board;
    private final Backoff backoff = new Backoff();
    private @Nullable FeedCalls calls;
    private Link link;
    private String cursor = "";
    private long heardMillis;
    private boolean everUp;
    private @Nullable Dashboard dashboard;
    private long trendsAskedMillis;

    /** Connects with the first {@link #advance}. */
    public CollectorFeed(CollectorConnection collector, FeedRequest request, BoardState board, long nowMillis) {
        this.collector = collector;
        this.request = request;
        this.board = board;
        this.link = Link.connecting(nowMillis);
    }

    /**
     * Hands on what has come since the last call, and keeps the connection.
     *
     * @throws io.tocsin.cli.console.CommandFailure the collector refuses for good
     */
    public void advance(long nowMillis) {
        if (calls == null && nowMillis >= link.retryAtMillis()) {
            if (link.state() == Link.State.LOST) {
                collector.tryAtOnce();
            }
            heardMillis = nowMillis;
            calls = new FeedCalls(collector, request, cursor);
        }
        FeedCalls current = calls;
        if (current == null) {
            return;
        }
        for (Heard heard = current.poll(); heard != null && calls == current; heard = current.poll()) {
            take(heard, nowMillis);
        }
        if (calls == current && nowMillis - heardMillis > SILENT_MILLIS) {
            lose("no sign of life for " + SILENT_MILLIS / 1_000 + " s", nowMillis);
        }
        if (calls == current && link.state() == Link.State.UP) {
            askForTrends(current, nowMillis);
        }
        board.link(link);
    }

    private void take(Heard heard, long nowMillis) {
        // streams say that they live; an answer to a question says nothing of them
        heardMillis = heard instanceof Heard.OfAgents ? heardMillis : nowMillis;
        if (heard instanceof Heard.Failure failure) {
            Status status = failure.status();
            StatusRuntimeException e = status.asRuntimeException();
            if (!Backoff.mayHelp(status)) {
                throw collector.explain(e);
            }
            lose(collector.reason(e), nowMillis);
        } else if (heard instanceof Heard.Full) {
            lose("more came than could be shown; beginning anew", nowMillis);
        } else if (heard instanceof Heard.Now now) {
            up(nowMillis);
            dashboard = now.dashboard();
            board.dashboard(now.dashboard(), nowMillis);
        } else if (heard instanceof Heard.OfAlerts alerts) {
            up(nowMillis);
            take(alerts.response(), nowMillis);
        } else if (heard instanceof Heard.OfAgents agents) {
            board.trends(Trends.of(agents.response(), request.step(), agents.engineMillis() - SETTLED_MILLIS));
        }
    }

    private void take(SubscribeResponse response, long nowMillis) {
        switch (response.getMessageCase()) {
            case EVENT -> board.event(response.getEvent(), nowMillis);
            case SNAPSHOT -> board.snapshot(response.getSnapshot());
            case GAP -> board.log(nowMillis, Tone.WARN, GapText.of(response.getGap()));
            case KEEP_ALIVE, MESSAGE_NOT_SET -> {}
        }
        if (!response.getCursor().isEmpty()) {
            cursor = response.getCursor();
        }
    }

    private void up(long nowMillis) {
        if (link.state() == Link.State.UP) {
            return;
        }
        if (everUp) {
            board.log(
                    nowMillis,
                    Tone.GOOD,
                    "connected to " + collector.target() + " again after " + Times.age(nowMillis - link.sinceMillis()));
        }
        everUp = true;
        backoff.reset();
        link = new Link(Link.State.UP, nowMillis, nowMillis, "");
    }

    private void lose(String reason, long nowMillis) {
        if (calls != null) {
            calls.close();
            calls = null;
        }
        boolean first = link.state() != Link.State.LOST;
        if (first) {
            board.log(nowMillis, Tone.BAD, "connection lost: " + reason);
        }
        long since = first ? nowMillis : link.sinceMillis();
        link = new Link(Link.State.LOST, since, nowMillis + backoff.next(), reason);
    }

    // by the collector's times: this machine's clock may be another
    private void askForTrends(FeedCalls current, long nowMillis) {
        long every = Math.max(
                request.interval().toMillis(), Math.min(5_000, request.step().toMillis() / 2));
        if (dashboard != null && nowMillis - trendsAskedMillis >= every) {
            trendsAskedMillis = nowMillis;
            current.askForTrends(dashboard);
        }
    }

    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
    }
}
