/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

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
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.GetSloResponse;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers views from what a test put in, within the process. */
public final class FakeCollector implements AutoCloseable {
    /** One subscription: what it sends, and how it ends. */
    public record Stream(List<SubscribeResponse> responses, Status end) {}

    public final List<Alert> alerts = new ArrayList<>();
    public final List<Slo> slos = new ArrayList<>();
    public final Deque<Stream> streams = new ArrayDeque<>();
    public final List<SubscribeRequest> subscriptions = new ArrayList<>();
    public final List<AcknowledgeRequest> acknowledged = new ArrayList<>();
    public final List<ListRequest> lists = new ArrayList<>();
    public ListAgentMetricsResponse agents = ListAgentMetricsResponse.getDefaultInstance();
    public ListAgentMetricsRequest agentsRequest = ListAgentMetricsRequest.getDefaultInstance();

    private final String name = InProcessServerBuilder.generateName();
    private final Server server;

    public FakeCollector() throws IOException {
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

    @Override
    public void close() {
        server.shutdownNow();
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
        public void listSlos(ListSlosRequest request, StreamObserver<ListSlosResponse> to) {
            answer(to, ListSlosResponse.newBuilder().addAllSlos(slos).build());
        }

        @Override
        public void getSlo(GetSloRequest request, StreamObserver<GetSloResponse> to) {
            List<Slo> named = slos.stream()
                    .filter(s -> s.getName().equals(request.getName()))
                    .toList();
            if (named.isEmpty()) {
                to.onError(Status.NOT_FOUND
                        .withDescription("there is no SLO " + request.getName() + "; there are availability")
                        .asRuntimeException());
                return;
            }
            answer(to, GetSloResponse.newBuilder().addAllSlos(named).build());
        }

        @Override
        public void listAgentMetrics(ListAgentMetricsRequest request, StreamObserver<ListAgentMetricsResponse> to) {
            agentsRequest = request;
            answer(to, agents);
        }
    }

    private final class Alerts extends AlertServiceGrpc.AlertServiceImplBase {
        @Override
        public void list(ListRequest request, StreamObserver<ListResponse> to) {
            lists.add(request);
            int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            int until = Math.min(alerts.size(), from + Math.min(2, request.getPageSize()));
            answer(
                    to,
                    ListResponse.newBuilder()
                            .addAllAlerts(alerts.subList(from, until))
                            .setNextPageToken(until < alerts.size() ? String.valueOf(until) : "")
                            .build());
        }

        @Override
        public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> to) {
            List<Alert> meant = alerts.stream()
                    .filter(alert -> alert.getId().equals(request.getId()))
                    .toList();
            if (meant.isEmpty()) {
                to.onError(Status.NOT_FOUND
                        .withDescription("no alert " + request.getId())
                        .asRuntimeException());
                return;
            }
            acknowledged.add(request);
            Acknowledgement said =
                    Acknowledgement.newBuilder().setBy(request.getBy()).build();
            answer(
                    to,
                    AcknowledgeResponse.newBuilder()
                            .setAlert(meant.get(0).toBuilder().setAcknowledgement(said))
                            .build());
        }

        @Override
        public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> to) {
            subscriptions.add(request);
            Stream stream = streams.remove();
            stream.responses().forEach(to::onNext);
            to.onError(stream.end().asRuntimeException());
        }
    }
}
