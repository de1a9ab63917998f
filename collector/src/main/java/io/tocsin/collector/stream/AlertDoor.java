/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Calls;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.security.Tenant;
import io.tocsin.collector.stream.Subscriber.Start;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.GetResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** {@code AlertService}. Calls run on gRPC's threads, subscriptions on one of their own. Thread-safe. */
public final class AlertDoor extends AlertServiceGrpc.AlertServiceImplBase implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Partitions partitions;
    private final SubscriptionSettings settings;
    private final SubscriptionCounters counters;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Acknowledgements acknowledgements;

    @Inject
    public AlertDoor(
            Partitions partitions,
            SubscriptionSettings settings,
            SubscriptionCounters counters,
            InstantSource clock,
            Executor executor) {
        this(partitions, settings, counters, clock, executor, MAX_WAIT);
    }

    AlertDoor(
            Partitions partitions,
            SubscriptionSettings settings,
            SubscriptionCounters counters,
            InstantSource clock,
            Executor executor,
            Duration maxWait) {
        this.partitions = partitions;
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.subscriptions = new Subscriptions(settings, counters, clock);
        this.acknowledgements = new Acknowledgements(maxWait, executor);
    }

    /** Starts the thread that serves subscribers. */
    public void start() {
        subscriptions.start();
    }

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> caller) {
        var call = (ServerCallStreamObserver<SubscribeResponse>) caller;
        try {
            String tenant = Tenant.current();
            Partition partition =
                    Scopes.find(partitions, tenant, request.getScope().getRecording());
            AlertSelection selection = AlertSelection.of(tenant, request.getFilter());
            Start start = start(request.getCursor(), partition);
            subscriptions.reserve();
            call.setOnReadyHandler(subscriptions::wake);
            call.setOnCancelHandler(subscriptions::wake);
            subscriptions.add(new Subscriber(
                    call,
                    partition,
                    tenant,
                    selection,
                    start,
                    settings,
                    counters,
                    () -> isThere(tenant, partition, request.getScope().getRecording()),
                    clock.millis()));
        } catch (RuntimeException e) {
            caller.onError(CallErrors.of(e));
        }
    }

    private Start start(String text, Partition partition) {
        long log = partition.events().id();
        if (text.isEmpty()) {
            return new Start(Start.Kind.SNAPSHOT, log, 0);
        }
        Cursor cursor = Cursor.decode(text);
        if (cursor.log() != log && cursor.number() <= partition.events().sharedWith(cursor.log())) {
            return new Start(Start.Kind.RESUME, log, cursor.number());
        }
        if (cursor.log() != log) {
            if (cursor.partition() != partition.number() && isOfAnother(cursor)) {
                throw CallErrors.invalid(
                        "cursor",
                        "is of partition " + cursor.partition() + ", but the scope is partition " + partition.number());
            }
            return new Start(Start.Kind.OTHER_LOG, log, 0);
        }
        if (cursor.number() > partition.events().last()) {
            throw CallErrors.invalid(
                    "cursor",
                    "is at event " + cursor.number() + ", but the last is "
                            + partition.events().last());
        }
        return new Start(Start.Kind.RESUME, log, cursor.number());
    }

    private boolean isOfAnother(Cursor cursor) {
        return partitions.all().stream().anyMatch(p -> p.events().id() == cursor.log());
    }

    private boolean isThere(String tenant, Partition partition, String recording) {
        return recording.isEmpty()
                || partitions
                        .recording(tenant, recording)
                        .filter(p -> p == partition)
                        .isPresent();
    }

    @Override
    public void list(ListRequest request, StreamObserver<ListResponse> caller) {
        Calls.answer(caller, () -> list(Tenant.current(), request));
    }

    private ListResponse list(String tenant, ListRequest request) {
        Partition partition = Scopes.find(partitions, tenant, request.getScope().getRecording());
        AlertSelection selection = AlertSelection.of(tenant, request.getFilter());
        long from = request.hasStartTime() ? CallTimes.millis("start_time", request.getStartTime()) : 0;
        long to = request.hasEndTime() ? CallTimes.millis("end_time", request.getEndTime()) : Long.MAX_VALUE;
        if (to < from) {
            throw CallErrors.invalid(
                    "end_time",
                    "must not be before start_time, " + CallTimes.show(from) + ", was " + CallTimes.show(to));
        }
        Page page = Page.of(
                tenant,
                request.toBuilder().clearPageSize().clearPageToken().build(),
                request.getPageSize(),
                request.getPageToken());
        AlertPage alerts = AlertPage.of(
                partition.alerts().alerts(tenant),
                alert -> selection.takes(alert) && alert.changedMillis() >= from && alert.changedMillis() < to,
                request.getOrderBy(),
                page,
                new Page.Place(0, 0, ""));
        return ListResponse.newBuilder()
                .addAllAlerts(alerts.alerts())
                .setNextPageToken(alerts.nextToken())
                .build();
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> caller) {
        Calls.answer(caller, () -> get(Tenant.current(), request));
    }

    private GetResponse get(String tenant, GetRequest request) {
        if (request.getId().isEmpty()) {
            throw CallErrors.invalid("id", "must be the id of an alert, was empty");
        }
        Partition partition = Scopes.find(partitions, tenant, request.getScope().getRecording());
        Alert alert = find(partition, tenant, request.getId());
        GetResponse.Builder response = GetResponse.newBuilder().setAlert(ProtoAlerts.alert(alert));
        partition.alerts().eventsOf(tenant, alert.id()).forEach(e -> response.addEvents(ProtoAlerts.event(e)));
        return response.build();
    }

    private static Alert find(Partition partition, String tenant, String id) {
        return partition
                .alerts()
                .find(tenant, id)
                .orElseThrow(() -> CallErrors.notFound("alert", id, newestIds(partition, tenant)));
    }

    private static List<String> newestIds(Partition partition, String tenant) {
        return partition.alerts().alerts(tenant).stream().map(Alert::id).toList();
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Acknowledgements.check(request);
            Partition partition =
                    Scopes.find(partitions, tenant, request.getScope().getRecording());
            return acknowledgements.acknowledge(partition, find(partition, tenant, request.getId()), request);
        });
    }

    /** Ends all subscriptions; they are told that the collector stops. */
    @Override
    public void close() {
        subscriptions.close();
    }
}
