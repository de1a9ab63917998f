/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Gap;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectorFeedTest {
    private static final FeedRequest REQUEST = FeedRequest.of(Duration.ofMinutes(1), Scope.getDefaultInstance());

    private long now = BoardSamples.NOW;
    private BoardCollector collector;
    private CollectorConnection connection;
    private BoardState state;
    private CollectorFeed feed;

    @BeforeEach
    void start() throws IOException {
        collector = new BoardCollector();
        collector.dashboard = BoardSamples.dashboard();
        connection = new CollectorConnection(BoardSamples.TARGET, collector.channels());
        state = new BoardState("t", BoardSamples.TARGET, java.time.ZoneOffset.UTC, java.util.Optional.empty(), now);
        feed = new CollectorFeed(connection, REQUEST, state, now);
    }

    @AfterEach
    void stop() {
        feed.close();
        connection.close();
        collector.close();
    }

    @Test
    void dashboardAlertsAndTrendsReachTheBoard() {
        advance(0);
        collector.send(SubscribeResponse.newBuilder()
                .setSnapshot(Snapshot.newBuilder().addAllAlerts(BoardSamples.alerts()))
                .setCursor("c1")
                .build());
        advance(100);
        advance(100);

        Board board = state.board(now);
        assertThat(board.link().state()).isEqualTo(Link.State.UP);
        assertThat(board.dashboard()).contains(BoardSamples.dashboard());
        assertThat(board.alerts()).hasSize(3);
        assertThat(board.trends().steps()).containsKey("coder");
        assertThat(collector.watches.get(0).getWindow().getSeconds()).isEqualTo(60);
    }

    @Test
    void aBrokenConnectionIsTriedAgainLaterEachTimeAndResumesByCursor() {
        advance(0);
        collector.send(SubscribeResponse.newBuilder()
                .setSnapshot(Snapshot.getDefaultInstance())
                .setCursor("c7")
                .build());
        advance(100);
        collector.refusal = Status.UNAVAILABLE;
        collector.breakOff(Status.UNAVAILABLE);
        advance(100);
        long lostAt = now;

        Link lost = state.board(now).link();
        assertThat(lost).isEqualTo(new Link(Link.State.LOST, lostAt, lost.retryAtMillis(), "it cannot be reached"));
        assertThat(lost.retryAtMillis()).isBetween(now + 160, now + 200);
        advance(200);
        assertThat(state.board(now).link().retryAtMillis()).isBetween(now + 240, now + 300);
        advance(300);
        assertThat(state.board(now).link().retryAtMillis()).isBetween(now + 360, now + 450);
        assertThat(state.board(now).link().sinceMillis()).isEqualTo(lostAt);

        collector.refusal = Status.OK;
        advance(2_500);

        assertThat(state.board(now).link().state()).isEqualTo(Link.State.UP);
        assertThat(collector.subscriptions)
                .extracting(SubscribeRequest::getCursor)
                .containsExactly("", "c7");
        assertThat(state.board(now).log())
                .extracting(LogLine::text)
                .containsExactly(
                        "connection lost: it cannot be reached",
                        "connected to " + BoardSamples.TARGET + " again after 3 s");
    }

    @Test
    void aGapIsLogged() {
        advance(0);
        collector.send(SubscribeResponse.newBuilder()
                .setGap(Gap.newBuilder().setFromEvent(3).setToEvent(9).setReason("slow"))
                .build());
        advance(100);

        assertThat(state.board(now).log())
                .extracting(LogLine::text)
                .containsExactly("missed changes 3 to 9: they came faster than they were read here");
    }

    @Test
    void silenceMeansThatTheConnectionIsLost() {
        advance(0);
        advance(20_000);
        assertThat(state.board(now).link().state()).isEqualTo(Link.State.UP);
        advance(1);

        assertThat(state.board(now).link().state()).isEqualTo(Link.State.LOST);
        assertThat(state.board(now).link().reason()).isEqualTo("no sign of life for 20 s");
    }

    @Test
    void aRefusalThatTryingAgainDoesNotChangeEndsIt() {
        collector.refusal = Status.UNIMPLEMENTED;

        assertThatThrownBy(() -> advance(0))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("does not know this call");
    }

    @Test
    void eventsAreLogged() {
        advance(0);
        collector.send(SubscribeResponse.newBuilder()
                .setEvent(BoardSamples.event(BoardSamples.alerts().get(0), AlertState.ALERT_STATE_PENDING))
                .build());
        advance(100);

        assertThat(state.board(now).log())
                .extracting(LogLine::text)
                .containsExactly(
                        "fires     error-rate-spike/errors coder (high): 54.9 % of outcomes fail, usually 0.53 %;"
                                + " most often: rate_limited");
    }

    private void advance(long millis) {
        now += millis;
        feed.advance(now);
    }
}
