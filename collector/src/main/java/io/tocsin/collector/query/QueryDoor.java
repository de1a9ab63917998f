/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.Calls;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.security.Tenant;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.GetSloResponse;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListAnomaliesResponse;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** {@code QueryService}. Each call asks the engine to publish first, so that it sees what was pushed before it. Thread-safe. */
public final class QueryDoor extends QueryServiceGrpc.QueryServiceImplBase {
    private final Partitions partitions;
    private final Freshness freshness;
    private final HealthView health;
    private final SloViews slos;
    private final AgentViews agents;
    private final AnomalyView anomalies;
    private final SeriesLines series;

    @Inject
    public QueryDoor(
            Partitions partitions,
            DetectorCatalog catalog,
            QuerySettings settings,
            BuildInfo build,
            InstantSource clock,
            Executor executor) {
        this.partitions = partitions;
        this.freshness = new Freshness(settings, executor);
        this.health = new HealthView(partitions, catalog, build, clock);
        this.slos = new SloViews(catalog);
        this.agents = new AgentViews(clock);
        this.anomalies = new AnomalyView(clock);
        this.series = new SeriesLines(settings, clock);
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> caller) {
        // asks nothing of the engine: health must be told above all when that stands still
        Calls.answer(caller, () -> health.of(Tenant.current()));
    }

    @Override
    public void listSlos(ListSlosRequest request, StreamObserver<ListSlosResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            Page page = Page.of(
                    tenant,
                    request.toBuilder().clearPageSize().clearPageToken().build(),
                    request.getPageSize(),
                    request.getPageToken());
            return freshness.read(partition, () -> slos.list(partition, tenant, page));
        });
    }

    @Override
    public void getSlo(GetSloRequest request, StreamObserver<GetSloResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            return freshness.read(partition, () -> slos.get(partition, tenant, request.getName()));
        });
    }

    @Override
    public void listAgentMetrics(ListAgentMetricsRequest request, StreamObserver<ListAgentMetricsResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            Page page = Page.of(
                    tenant,
                    request.toBuilder().clearPageSize().clearPageToken().build(),
                    request.getPageSize(),
                    request.getPageToken());
            return freshness.read(partition, request.getRange(), () -> agents.list(partition, tenant, request, page));
        });
    }

    @Override
    public void listAnomalies(ListAnomaliesRequest request, StreamObserver<ListAnomaliesResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            Page page = Page.of(
                    tenant,
                    request.toBuilder().clearPageSize().clearPageToken().build(),
                    request.getPageSize(),
                    request.getPageToken());
            return freshness.read(
                    partition, request.getRange(), () -> anomalies.list(partition, tenant, request, page));
        });
    }

    @Override
    public void querySeries(QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            Page page = Page.of(
                    tenant,
                    request.toBuilder().clearPageSize().clearPageToken().build(),
                    request.getPageSize(),
                    request.getPageToken());
            SeriesQuestion question = SeriesQuestion.of(request);
            return freshness.read(
                    partition,
                    request.getRange(),
                    () -> series.query(partition, tenant, question, request.getRange(), page));
        });
    }

    private Partition find(String tenant, String recording) {
        return Scopes.find(partitions, tenant, recording);
    }
}
