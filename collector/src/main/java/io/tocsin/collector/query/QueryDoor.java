/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.MessageLite;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.Calls;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.notify.ChannelHealth;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.query.Answers.Question;
import io.tocsin.collector.security.Tenant;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.GetAgentMetricsRequest;
import io.tocsin.v1.GetAgentMetricsResponse;
import io.tocsin.v1.GetDashboardRequest;
import io.tocsin.v1.GetDashboardResponse;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetLatencyTrendsRequest;
import io.tocsin.v1.GetLatencyTrendsResponse;
import io.tocsin.v1.GetPerformanceSummaryRequest;
import io.tocsin.v1.GetPerformanceSummaryResponse;
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
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloFilter;
import io.tocsin.v1.TimeRange;
import io.tocsin.v1.WatchDashboardRequest;
import io.tocsin.v1.WatchDashboardResponse;
import io.tocsin.v1.WatchSlosRequest;
import io.tocsin.v1.WatchSlosResponse;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * {@code QueryService}. Calls ask the engine to publish first, so that they see what was pushed before them; equal ones of the same
 * instant share an answer. The dashboard and watches may be a second old. Thread-safe.
 */
public final class QueryDoor extends QueryServiceGrpc.QueryServiceImplBase implements AutoCloseable {
    /** A dashboard older than this is asked for again while the old one is given. */
    private static final long RENEW_AFTER_MILLIS = 500;

    private final Partitions partitions;
    private final Freshness freshness;
    private final Answers answers;
    private final Watches watches;
    private final HealthView health;
    private final SloViews slos;
    private final AgentViews agents;
    private final DashboardView dashboards;
    private final LatencyTrends trends;
    private final PerformanceSummary performance;
    private final AnomalyView anomalies;
    private final SeriesLines series;

    @Inject
    public QueryDoor(
            Partitions partitions,
            DetectorCatalog catalog,
            QuerySettings settings,
            QueryCounters counters,
            BuildInfo build,
            ChannelHealth channels,
            InstantSource clock,
            Executor executor) {
        this.partitions = partitions;
        this.freshness = new Freshness(settings, executor);
        this.answers = new Answers(settings.maxAnswers(), settings.maxAnswerBytes(), counters, clock);
        this.watches = new Watches(settings.maxWatches(), counters, clock);
        OutcomeReader reader = new OutcomeReader(new MergedSpans(counters));
        this.slos = new SloViews(catalog);
        this.health = new HealthView(partitions, catalog, build, channels, slos, clock);
        this.agents = new AgentViews(reader, clock);
        this.dashboards = new DashboardView(reader, health, slos, clock);
        this.trends = new LatencyTrends(reader, clock);
        this.performance = new PerformanceSummary(reader, slos, clock);
        this.anomalies = new AnomalyView(catalog, clock);
        this.series = new SeriesLines(settings, clock);
    }

    /** Starts the thread that serves watches. */
    public void start() {
        watches.start();
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> caller) {
        // asks nothing of the engine: health must be told above all when that stands still
        Calls.answer(caller, () -> health.of(Tenant.current()));
    }

    @Override
    public void getDashboard(GetDashboardRequest request, StreamObserver<GetDashboardResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            DashboardQuestion question = DashboardQuestion.of(request.getRange(), request.getTop());
            return dashboard(tenant, partition, question, request.getRange())
                    .thenApply(dashboard -> GetDashboardResponse.newBuilder()
                            .setDashboard(dashboard)
                            .build());
        });
    }

    @Override
    public void watchDashboard(WatchDashboardRequest request, StreamObserver<WatchDashboardResponse> caller) {
        watch(caller, call -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            DashboardQuestion question =
                    DashboardQuestion.watched(request.hasWindow(), request.getWindow(), request.getTop());
            watches.add(
                    call,
                    Watches.intervalMillis(request.hasInterval(), request.getInterval()),
                    new Watched<>(
                            new Question(tenant, partition, question),
                            () -> stillThere(
                                            tenant,
                                            partition,
                                            request.getScope().getRecording())
                                    .thenCompose(there -> newDashboard(tenant, partition, question))
                                    .thenApply(dashboard -> WatchDashboardResponse.newBuilder()
                                            .setDashboard(dashboard)
                                            .build()),
                            Essence::of));
        });
    }

    private CompletableFuture<Dashboard> dashboard(
            String tenant, Partition partition, DashboardQuestion question, TimeRange range) {
        if (range.hasMinPosition()) {
            return shared(tenant, partition, range, question, () -> dashboards.of(partition, tenant, question));
        }
        Question asked = new Question(tenant, partition, question);
        Optional<Dashboard> recent = answers.recent(asked, Answers.MAX_AGE_MILLIS);
        if (recent.isEmpty()) {
            return newDashboard(tenant, partition, question);
        }
        if (answers.isDueForRenewal(asked, RENEW_AFTER_MILLIS)) {
            var unused = newDashboard(tenant, partition, question);
        }
        return CompletableFuture.completedFuture(recent.get());
    }

    private CompletableFuture<Dashboard> newDashboard(String tenant, Partition partition, DashboardQuestion question) {
        return shared(
                tenant,
                partition,
                TimeRange.getDefaultInstance(),
                question,
                () -> dashboards.of(partition, tenant, question));
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
            SloFilters filter = SloFilters.of(request.getFilter());
            Comparator<Slo> order = SloViews.order(request.getOrderBy());
            return shared(
                    tenant,
                    partition,
                    TimeRange.getDefaultInstance(),
                    request,
                    () -> slos.list(partition, tenant, filter, order, page));
        });
    }

    @Override
    public void watchSlos(WatchSlosRequest request, StreamObserver<WatchSlosResponse> caller) {
        watch(caller, call -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            SloFilters filter = SloFilters.of(request.getFilter());
            // throws before anything is sent if it is not to be had
            SloFilter question = request.getFilter();
            watches.add(
                    call,
                    Watches.intervalMillis(request.hasInterval(), request.getInterval()),
                    new Watched<>(
                            new Question(tenant, partition, question),
                            () -> stillThere(
                                            tenant,
                                            partition,
                                            request.getScope().getRecording())
                                    .thenCompose(there -> shared(
                                            tenant,
                                            partition,
                                            TimeRange.getDefaultInstance(),
                                            question,
                                            () -> slos.watched(partition, tenant, filter))),
                            Essence::of));
        });
    }

    @Override
    public void getSlo(GetSloRequest request, StreamObserver<GetSloResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            return shared(
                    tenant,
                    partition,
                    TimeRange.getDefaultInstance(),
                    request,
                    () -> slos.get(partition, tenant, request.getName()));
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
            return shared(
                    tenant,
                    partition,
                    request.getRange(),
                    request,
                    () -> agents.list(partition, tenant, request, page));
        });
    }

    @Override
    public void getAgentMetrics(GetAgentMetricsRequest request, StreamObserver<GetAgentMetricsResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            return shared(tenant, partition, request.getRange(), request, () -> agents.get(partition, tenant, request));
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
            return shared(
                    tenant,
                    partition,
                    request.getRange(),
                    request,
                    () -> anomalies.list(partition, tenant, request, page));
        });
    }

    @Override
    public void getLatencyTrends(GetLatencyTrendsRequest request, StreamObserver<GetLatencyTrendsResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            Page page = Page.of(
                    tenant,
                    request.toBuilder().clearPageSize().clearPageToken().build(),
                    request.getPageSize(),
                    request.getPageToken());
            LatencyTrends.check(request);
            return shared(
                    tenant, partition, request.getRange(), request, () -> trends.of(partition, tenant, request, page));
        });
    }

    @Override
    public void getPerformanceSummary(
            GetPerformanceSummaryRequest request, StreamObserver<GetPerformanceSummaryResponse> caller) {
        Calls.answerLater(caller, () -> {
            String tenant = Tenant.current();
            Partition partition = find(tenant, request.getScope().getRecording());
            return shared(
                    tenant, partition, request.getRange(), request, () -> performance.of(partition, tenant, request));
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
            return shared(
                    tenant,
                    partition,
                    request.getRange(),
                    request,
                    () -> series.query(partition, tenant, question, request.getRange(), page));
        });
    }

    /** Once the views are as new as the range wants them: one answer for all who ask the same of them. */
    private <T extends MessageLite> CompletableFuture<T> shared(
            String tenant, Partition partition, TimeRange range, Object view, Supplier<T> compute) {
        Question question = new Question(tenant, partition, view);
        return freshness.read(partition, range, () -> answers.get(question, compute));
    }

    private interface Opening<T> {
        void open(ServerCallStreamObserver<T> call);
    }

    private static <T> void watch(StreamObserver<T> caller, Opening<T> opening) {
        try {
            opening.open((ServerCallStreamObserver<T>) caller);
        } catch (RuntimeException e) {
            caller.onError(CallErrors.of(e));
        }
    }

    /** Throws NOT_FOUND if the recording was removed meanwhile. */
    private CompletionStage<Partition> stillThere(String tenant, Partition partition, String recording) {
        Partition now = find(tenant, recording);
        return now == partition
                ? CompletableFuture.completedFuture(now)
                : CompletableFuture.failedFuture(CallErrors.unavailable(
                        "recording " + recording + " was removed and opened again", java.time.Duration.ofSeconds(1)));
    }

    private Partition find(String tenant, String recording) {
        return Scopes.find(partitions, tenant, recording);
    }

    /** Ends all watches; they are told that the collector stops. */
    @Override
    public void close() {
        watches.close();
    }
}
