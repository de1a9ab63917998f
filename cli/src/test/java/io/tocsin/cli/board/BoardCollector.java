/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.Acknowledgement;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetDashboardRequest;
import io.tocsin.v1.GetDashboardResponse;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import io.tocsin.v1.WatchDashboardRequest;
import io.tocsin.v1.WatchDashboardResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A collector within the process whose streams stay open until a test breaks them. Everything runs on the caller's thread. */
public final class BoardCollector implements AutoCloseable {
    public final List<SubscribeRequest> subscriptions = new ArrayList<>();
    public final List<WatchDashboardRequest> watches = new ArrayList<>();
    public final List<GetDashboardRequest> gets = new ArrayList<>();
    public final List<QuerySeriesRequest> series = new ArrayList<>();
    public final List<AcknowledgeRequest> acknowledged = new ArrayList<>();
    public Dashboard dashboard = Dashboard.getDefaultInstance();
    /** How calls are refused; OK: they are answered. */
    public Status refusal = Status.OK;

    private final List<StreamObserver<WatchDashboardResponse>> watching = new ArrayList<>();
    private final List<StreamObserver<SubscribeResponse>> subscribed = new ArrayList<>();
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;

    public BoardCollector() throws IOException {
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new Queries())
                .addService(new Alerts())
                .build()
                .start();
    }

    /** The way here, whatever the target. */
    public ChannelFactory channels() {
        return target -> channel();
    }

    private ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    /** To all that watch. */
    public void send(Dashboard now) {
        dashboard = now;
        watching.forEach(w ->
                w.onNext(WatchDashboardResponse.newBuilder().setDashboard(now).build()));
    }

    /** To all that are subscribed. */
    public void send(SubscribeResponse response) {
        subscribed.forEach(s -> s.onNext(response));
    }

    /** Ends all streams so. */
    public void breakOff(Status status) {
        watching.forEach(w -> w.onError(status.asRuntimeException()));
        subscribed.forEach(s -> s.onError(status.asRuntimeException()));
        watching.clear();
        subscribed.clear();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private boolean refused(StreamObserver<?> to) {
        if (!refusal.isOk()) {
            to.onError(refusal.asRuntimeException());
        }
        return !refusal.isOk();
    }

    private static <T> void answer(StreamObserver<T> to, T response) {
        to.onNext(response);
        to.onCompleted();
    }

    private final class Queries extends QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> to) {
            answer(to, GetHealthResponse.getDefaultInstance());
        }

        @Override
        public void getDashboard(GetDashboardRequest request, StreamObserver<GetDashboardResponse> to) {
            gets.add(request);
            answer(to, GetDashboardResponse.newBuilder().setDashboard(dashboard).build());
        }

        @Override
        public void watchDashboard(WatchDashboardRequest request, StreamObserver<WatchDashboardResponse> to) {
            if (!refused(to)) {
                watches.add(request);
                watching.add(to);
                to.onNext(WatchDashboardResponse.newBuilder()
                        .setDashboard(dashboard)
                        .build());
            }
        }

        @Override
        public void querySeries(QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> to) {
            series.add(request);
            answer(to, BoardSamples.series());
        }
    }

    private final class Alerts extends AlertServiceGrpc.AlertServiceImplBase {
        @Override
        public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> to) {
            if (!refused(to)) {
                subscriptions.add(request);
                subscribed.add(to);
            }
        }

        @Override
        public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> to) {
            acknowledged.add(request);
            answer(
                    to,
                    AcknowledgeResponse.newBuilder()
                            .setAlert(Alert.newBuilder()
                                    .setAcknowledgement(
                                            Acknowledgement.newBuilder().setBy(request.getBy())))
                            .build());
        }
    }
}
