/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import com.google.protobuf.Duration;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import io.tocsin.v1.TimeRange;
import io.tocsin.v1.WatchDashboardRequest;
import io.tocsin.v1.WatchDashboardResponse;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of one attempt to be connected. Keeps at most 10,000 answers until they are taken; one more and the attempt is given up. Thread-safe. */
final class FeedCalls implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int TRENDS_SECONDS = 5;
    private static final String AGENT_OUTCOMES = "gen_ai.invoke_agent.duration";
    private static final String AGENT = "gen_ai.agent.name";

    private final CollectorConnection collector;
    private final FeedRequest request;
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();

    /** What an answer says. Immutable. */
    sealed interface Heard {
        /** How things are. */
        record Now(Dashboard dashboard) implements Heard {}

        /** Of the subscription to alerts. */
        record OfAlerts(SubscribeResponse response) implements Heard {}

        /** Agents over time, asked for at this engine time. */
        record OfAgents(QuerySeriesResponse response, long engineMillis) implements Heard {}

        /** A stream has ended. */
        record Failure(Status status) implements Heard {}

        /** More came than is kept. */
        record Full() implements Heard {}
    }

    FeedCalls(CollectorConnection collector, FeedRequest request, String cursor) {
        this.collector = collector;
        this.request = request;
        context.run(() -> {
            collector.watches().watchDashboard(watchRequest(), forward(FeedCalls::now));
            collector
                    .callbacks()
                    .subscribe(
                            SubscribeRequest.newBuilder()
                                    .setScope(request.scope())
                                    .setCursor(cursor)
                                    .build(),
                            forward(Heard.OfAlerts::new));
        });
    }

    /** What came first and was not taken yet; null: nothing. */
    @Nullable
    Heard poll() {
        Heard next = heard.poll();
        return next == null && full.get() ? new Heard.Full() : next;
    }

    /** Asks for agents over the dashboard's range, unless an answer is still awaited. A failure costs this answer alone. */
    void askForTrends(Dashboard dashboard) {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        QuerySeriesRequest question = QuerySeriesRequest.newBuilder()
                .setSelector(Selector.newBuilder().setMetric(AGENT_OUTCOMES))
                .setRange(TimeRange.newBuilder()
                        .setStartTime(dashboard.getStartTime())
                        .setEndTime(dashboard.getEndTime()))
                .setStep(Duration.newBuilder().setSeconds(request.step().toSeconds()))
                .addGroupBy(AGENT)
                .setPageSize(request.top())
                .setScope(request.scope())
                .build();
        context.run(() -> collector
                .watches()
                .withDeadlineAfter(TRENDS_SECONDS, TimeUnit.SECONDS)
                .querySeries(question, new Trend(Times.millis(dashboard.getTime()))));
    }

    private WatchDashboardRequest watchRequest() {
        WatchDashboardRequest.Builder watch = WatchDashboardRequest.newBuilder()
                .setTop(request.top())
                .setScope(request.scope())
                .setInterval(duration(request.interval()));
        return request.scope().getRecording().isEmpty()
                ? watch.setWindow(duration(request.window())).build()
                : watch.build();
    }

    private static Duration duration(java.time.Duration length) {
        return Duration.newBuilder()
                .setSeconds(length.getSeconds())
                .setNanos(length.getNano())
                .build();
    }

    private static Heard now(WatchDashboardResponse response) {
        return new Heard.Now(response.getDashboard());
    }

    private void put(Heard next) {
        if (!heard.offer(next)) {
            full.set(true);
        }
    }

    private <T> StreamObserver<T> forward(Function<T, Heard> as) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T response) {
                put(as.apply(response));
            }

            @Override
            public void onError(Throwable t) {
                put(new Heard.Failure(Status.fromThrowable(t)));
            }

            @Override
            public void onCompleted() {
                put(new Heard.Failure(Status.UNAVAILABLE.withDescription("the collector ended the stream")));
            }
        };
    }

    @Override
    public void close() {
        context.cancel(null);
    }

    private final class Trend implements StreamObserver<QuerySeriesResponse> {
        private final long engineMillis;

        private Trend(long engineMillis) {
            this.engineMillis = engineMillis;
        }

        @Override
        public void onNext(QuerySeriesResponse response) {
            put(new Heard.OfAgents(response, engineMillis));
        }

        @Override
        public void onError(Throwable t) {
            // the streams tell when the connection is gone; a chart less is no reason to alarm
            asking.set(false);
        }

        @Override
        public void onCompleted() {
            asking.set(false);
        }
    }
}
