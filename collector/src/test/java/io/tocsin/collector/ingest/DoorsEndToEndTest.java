/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static io.tocsin.collector.call.Statuses.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import io.grpc.Channel;
import io.grpc.Status;
import io.tocsin.collector.admin.AdminDoor;
import io.tocsin.collector.backtest.Backtests;
import io.tocsin.collector.backup.BackupSettings;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.diagnosis.ChannelStanding;
import io.tocsin.collector.diagnosis.Checkup;
import io.tocsin.collector.diagnosis.LimitCounts;
import io.tocsin.collector.diagnosis.TraceStanding;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.notify.ChannelHealth;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.WallClock;
import io.tocsin.collector.partition.LocalPartitions;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.partition.Recovery;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.query.BuildInfo;
import io.tocsin.collector.query.QueryCounters;
import io.tocsin.collector.query.QueryDoor;
import io.tocsin.collector.query.QuerySettings;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.stream.AlertDoor;
import io.tocsin.collector.stream.SubscriptionCounters;
import io.tocsin.collector.stream.SubscriptionSettings;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListRecordingsRequest;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.Point;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.PushResponse;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Rule;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import io.tocsin.v1.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All doors before the real journal and engine, on the real clock. */
class DoorsEndToEndTest {
    private static final String METRIC = "gen_ai.invoke_agent.duration";

    private final EngineClock clock = new EngineClock(InstantSource.system(), System::nanoTime);
    private final DetectorCatalog catalog = builtIn();
    private final LocalPartitions partitions = new LocalPartitions(
            PartitionSettings.DEFAULTS,
            List.of(PartitionHome.inMemory(0, JournalSettings.DEFAULTS)),
            catalog,
            List.of(),
            clock,
            "test");
    private final IngestCounters counters = new IngestCounters(IngestSettings.DEFAULTS);
    private final AlertDoor alertDoor =
            new AlertDoor(partitions, SubscriptionSettings.DEFAULTS, new SubscriptionCounters(), clock, Runnable::run);
    private final ProducerReader producers =
            (tenant, partition) -> counters.producers().of(tenant, partition, clock.millis(), 5_000);
    private final DoorServer server = new DoorServer(
            IngestSettings.DEFAULTS.maxMessageBytes(),
            executor -> new IngestDoor(partitions, IngestSettings.DEFAULTS, counters, clock, executor),
            executor -> new QueryDoor(
                    partitions,
                    catalog,
                    QuerySettings.DEFAULTS,
                    new QueryCounters(),
                    new BuildInfo("test", clock.millis()),
                    ChannelHealth.NO_CHANNELS,
                    clock,
                    executor),
            executor -> new AdminDoor(
                    partitions,
                    new RuleCheck(catalog),
                    catalog,
                    new Notifier(partitions, NotifySettings.NONE, clock, new WallClock(clock), System.out),
                    executor,
                    producers,
                    checkup(producers, catalog),
                    new Backtests(EngineSettings.DEFAULTS, catalog, Map.of()),
                    new Backups(BackupSettings.OFF, List::of, InstantSource.system(), "test")),
            executor -> alertDoor);

    private Checkup checkup(ProducerReader from, DetectorCatalog of) {
        return new Checkup(from, of, () -> LimitCounts.NONE, TraceStanding.OFF, ChannelStanding.NONE, clock);
    }

    private static DetectorCatalog builtIn() {
        List<DetectorFactory> detectors = new ArrayList<>();
        ServiceLoader.load(DetectorFactory.class).forEach(detectors::add);
        return new DetectorCatalog(List.of(new Plugin(Plugin.BUILT_IN, "test", "test", detectors, "")));
    }

    @BeforeEach
    void start() {
        partitions.recover(new Recovery(clock, line -> {}));
        partitions.begin();
        alertDoor.start();
    }

    @AfterEach
    void close() {
        alertDoor.close();
        server.close();
        partitions.close();
    }

    private static PushRequest outcomes(int count, boolean failed) {
        PushRequest.Builder request = PushRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            request.addOutcomes(OutcomeRow.newBuilder()
                    .setName(METRIC)
                    .putAttributes("gen_ai.agent.name", "planner")
                    .setLatency(Duration.newBuilder().setNanos(250_000_000))
                    .setStatus(failed ? OutcomeStatus.OUTCOME_STATUS_ERROR : OutcomeStatus.OUTCOME_STATUS_OK)
                    .setErrorType(failed ? "rate_limited" : ""));
        }
        return request.build();
    }

    private static PushResponse push(Channel channel, PushRequest request) {
        return IngestServiceGrpc.newBlockingStub(channel).push(request);
    }

    private static Rule outageRule() {
        Rule.Builder rule =
                Rule.newBuilder().setName("my-outage").setDetector("outage").addGroupBy("gen_ai.agent.name");
        rule.addInputsBuilder().getSelectorBuilder().setMetric(METRIC);
        return rule.build();
    }

    @Test
    void readsItsOwnWriteByPosition() {
        Channel channel = server.channel();
        PushResponse pushed = push(channel, outcomes(20, true));

        ListAgentMetricsResponse metrics = QueryServiceGrpc.newBlockingStub(channel)
                .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                        .setRange(TimeRange.newBuilder().setMinPosition(pushed.getPosition()))
                        .build());

        assertThat(pushed.getAccepted()).isEqualTo(20);
        assertThat(metrics.getAgentsList()).singleElement().satisfies(agent -> {
            assertThat(agent.getCount()).isEqualTo(20);
            assertThat(agent.getFailed()).isEqualTo(20);
            assertThat(agent.getErrorsMap()).containsEntry("rate_limited", 20L);
            assertThat(agent.getLatency().getP50()).isEqualTo(0.25);
        });
    }

    @Test
    void tellsASubscriberOfTheAlertThatPushedErrorsCause() {
        Channel channel = server.channel();
        AdminServiceGrpc.newBlockingStub(channel)
                .addRule(AddRuleRequest.newBuilder().setRule(outageRule()).build());
        Iterator<SubscribeResponse> subscription = AlertServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(subscription.next().hasSnapshot()).isTrue();

        push(channel, outcomes(30, true));

        Alert alert = nextFiring(subscription);
        assertThat(alert.getRule()).isEqualTo("my-outage");
        assertThat(alert.getGroup(0).getValue()).isEqualTo("planner");
        var alerts = AlertServiceGrpc.newBlockingStub(channel);
        assertThat(alerts.get(GetRequest.newBuilder().setId(alert.getId()).build())
                        .getEventsCount())
                .isPositive();
        assertThat(alerts.list(ListRequest.getDefaultInstance()).getAlertsCount())
                .isEqualTo(1);
        assertThat(QueryServiceGrpc.newBlockingStub(channel)
                        .listAnomalies(ListAnomaliesRequest.getDefaultInstance())
                        .getAnomaliesList())
                .extracting(Alert::getId)
                .containsExactly(alert.getId());
    }

    private static Alert nextFiring(Iterator<SubscribeResponse> subscription) {
        while (true) {
            SubscribeResponse response = subscription.next();
            if (response.hasEvent() && response.getEvent().getAlert().getState() == AlertState.ALERT_STATE_FIRING) {
                return response.getEvent().getAlert();
            }
        }
    }

    @Test
    void keepsSeriesRulesAlertsAndRecordingsOfTwoTenantsApart() {
        Channel blue = server.channel("blue");
        Channel red = server.channel("red");
        AdminServiceGrpc.newBlockingStub(blue)
                .addRule(AddRuleRequest.newBuilder().setRule(outageRule()).build());
        PushResponse pushed = push(blue, outcomes(30, true));
        push(red, outcomes(30, true));
        push(blue, outcomes(1, false).toBuilder().setRecording("mine").build());

        await().until(() -> AlertServiceGrpc.newBlockingStub(blue)
                        .list(ListRequest.getDefaultInstance())
                        .getAlertsCount()
                == 1);

        ListAgentMetricsResponse redAgents = QueryServiceGrpc.newBlockingStub(red)
                .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                        .setRange(TimeRange.newBuilder().setMinPosition(pushed.getPosition()))
                        .build());
        assertThat(redAgents.getAgents(0).getCount()).isEqualTo(30);
        assertThat(AdminServiceGrpc.newBlockingStub(red)
                        .listRules(ListRulesRequest.getDefaultInstance())
                        .getRulesCount())
                .isZero();
        assertThat(AlertServiceGrpc.newBlockingStub(red)
                        .list(ListRequest.getDefaultInstance())
                        .getAlertsCount())
                .isZero();
        assertThat(AdminServiceGrpc.newBlockingStub(red)
                        .listRecordings(ListRecordingsRequest.getDefaultInstance())
                        .getRecordingsCount())
                .isZero();
        assertThat(codeOf(() -> QueryServiceGrpc.newBlockingStub(red)
                        .querySeries(QuerySeriesRequest.newBuilder()
                                .setSelector(Selector.newBuilder().setMetric(METRIC))
                                .setScope(Scope.newBuilder().setRecording("mine"))
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void takesARecordingAndCountsItBySecond() {
        Channel channel = server.channel();
        long start = 1_600_000_000_000L;
        StreamClient client = new StreamClient(channel)
                .hello(Hello.newBuilder()
                        .setProducer("import")
                        .setEpoch(1)
                        .setClockMillis(clock.millis())
                        .setRecording("old"))
                .define();
        client.next();
        for (int sequence = 1; sequence <= 30; sequence++) {
            client.batch(StreamClient.outcomes(sequence, 0.1, 0.2).setBaseTimeMillis(start + sequence * 1_000L));
        }
        Ack last = null;
        for (int sequence = 1; sequence <= 30; sequence++) {
            last = client.nextAck();
        }
        client.goodbye();
        assertThat(client.end().isOk()).isTrue();

        List<Point> points = QueryServiceGrpc.newBlockingStub(channel)
                .querySeries(QuerySeriesRequest.newBuilder()
                        .setSelector(Selector.newBuilder().setMetric("m0"))
                        .setStep(Duration.newBuilder().setSeconds(1))
                        .setRange(TimeRange.newBuilder().setMinPosition(last.getPosition()))
                        .setScope(Scope.newBuilder().setRecording("old"))
                        .build())
                .getLines(0)
                .getPointsList();

        assertThat(points).hasSize(30).allSatisfy(p -> assertThat(p.getCount()).isEqualTo(2));
        await().until(() -> AdminServiceGrpc.newBlockingStub(channel)
                .listRecordings(ListRecordingsRequest.getDefaultInstance())
                .getRecordings(0)
                .getComplete());
    }
}
