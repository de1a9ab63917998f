/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import static io.tocsin.collector.call.Statuses.detail;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.backtest.Backtests;
import io.tocsin.collector.backup.BackupSettings;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.diagnosis.ChannelStanding;
import io.tocsin.collector.diagnosis.Checkup;
import io.tocsin.collector.diagnosis.LimitCounts;
import io.tocsin.collector.diagnosis.TraceStanding;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.WallClock;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Selector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.AddRuleResponse;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.ChangeRuleRequest;
import io.tocsin.v1.DetectorInfo;
import io.tocsin.v1.DetectorParameter;
import io.tocsin.v1.DiagnoseRequest;
import io.tocsin.v1.ListPluginsRequest;
import io.tocsin.v1.ListPluginsResponse;
import io.tocsin.v1.ListProducersRequest;
import io.tocsin.v1.ListProducersResponse;
import io.tocsin.v1.ListRecordingsRequest;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.ListRulesResponse;
import io.tocsin.v1.Recording;
import io.tocsin.v1.RemoveRecordingRequest;
import io.tocsin.v1.RemoveRuleRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminDoorTest {
    private final FakePartitions partitions = new FakePartitions();
    private final List<ProducerView> heard = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final Notifier notifier =
            new Notifier(partitions, NotifySettings.NONE, clock, new WallClock(clock), System.out);
    private final DoorServer server = new DoorServer(4 << 20, executor -> {
        List<DetectorFactory> detectors = new ArrayList<>();
        ServiceLoader.load(DetectorFactory.class).forEach(detectors::add);
        DetectorCatalog catalog = new DetectorCatalog(List.of(
                new Plugin(Plugin.BUILT_IN, "0.1.0", "0.1.0", detectors, ""),
                new Plugin("a-broken-one", "", "", List.of(), "class Foo is missing")));
        return new AdminDoor(
                partitions,
                new RuleCheck(catalog),
                catalog,
                notifier,
                executor,
                (tenant, partition) -> heard,
                new Checkup(
                        (tenant, partition) -> heard,
                        catalog,
                        () -> LimitCounts.NONE,
                        TraceStanding.OFF,
                        ChannelStanding.NONE,
                        new ManualClock()),
                new Backtests(EngineSettings.DEFAULTS, catalog, Map.of()),
                new Backups(BackupSettings.OFF, List::of, InstantSource.system(), "test"),
                java.time.Duration.ofMillis(300));
    });
    private final AdminServiceGrpc.AdminServiceBlockingStub admin = AdminServiceGrpc.newBlockingStub(server.channel());

    @BeforeEach
    void applyCommands() {
        partitions.live().intake().onCommand(command -> {
            if (command instanceof Entry.RuleSet set) {
                partitions.live().rules().set(set.tenant(), set.rule());
            } else if (command instanceof Entry.RuleRemoved removed) {
                partitions.live().rules().remove(removed.tenant(), removed.name());
            }
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static io.tocsin.v1.Rule.Builder rule(String name) {
        io.tocsin.v1.Rule.Builder rule = io.tocsin.v1.Rule.newBuilder()
                .setName(name)
                .setDetector("threshold")
                .putParameters("above", "5");
        rule.addInputsBuilder().getSelectorBuilder().setMetric("tocsin.queue.depth");
        return rule;
    }

    private AddRuleResponse add(io.tocsin.v1.Rule.Builder rule) {
        return admin.addRule(AddRuleRequest.newBuilder().setRule(rule).build());
    }

    private void declared(String name, Origin origin) {
        partitions
                .live()
                .rules()
                .set("default", Rule.of(name, "threshold", List.of(new RuleInput("", Selector.of("m"))), origin));
    }

    @Test
    void addsARuleWithItsDefaultsAndShowsItAtOnce() {
        AddRuleResponse added = add(rule("queue-full").setDescription("too long"));

        assertThat(added.getRule().getOrigin()).isEqualTo("api");
        assertThat(added.getRule().getStep().getSeconds()).isEqualTo(10);
        assertThat(added.getRule().getSensitivity()).isEqualTo(1);
        assertThat(added.getRule().getClearBelow()).isEqualTo(1);
        assertThat(added.getPosition().getOffset()).isEqualTo(1);
        ListRulesResponse listed = admin.listRules(ListRulesRequest.getDefaultInstance());
        assertThat(listed.getRulesList()).containsExactly(added.getRule());
    }

    @Test
    void changesAndRemovesARule() {
        add(rule("queue-full"));

        admin.changeRule(ChangeRuleRequest.newBuilder()
                .setRule(rule("queue-full").putParameters("above", "9"))
                .build());
        assertThat(admin.listRules(ListRulesRequest.getDefaultInstance())
                        .getRules(0)
                        .getParametersMap())
                .containsEntry("above", "9");

        admin.removeRule(RemoveRuleRequest.newBuilder().setName("queue-full").build());
        assertThat(admin.listRules(ListRulesRequest.getDefaultInstance()).getRulesCount())
                .isZero();
    }

    @Test
    void ofManyThatAddTheSameRuleAtOnceExactlyOneSucceeds() {
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger existed = new AtomicInteger();
        List<CompletableFuture<Void>> all = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        add(rule("same"));
                        succeeded.incrementAndGet();
                    } catch (StatusRuntimeException e) {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
                        existed.incrementAndGet();
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(succeeded).hasValue(1);
        assertThat(existed).hasValue(15);
    }

    @Test
    void refusesARuleNamingAllThatIsWrong() {
        StatusRuntimeException error = errorOf(() -> add(rule("Bad Name")
                .setSensitivity(-1)
                .setStep(Duration.newBuilder().setNanos(5_000_000))
                .putParameters("abov", "5")));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(detail(error, BadRequest.class))
                .hasValueSatisfying(d -> assertThat(d.getFieldViolationsList())
                        .extracting(BadRequest.FieldViolation::getField)
                        .contains("rule.name", "rule.step", "rule.sensitivity", "rule.parameters.abov"));
        assertThat(error.getStatus().getDescription()).contains("rule.name must be 1 to 64 of a-z, 0-9 and '-'");
    }

    @Test
    void refusesARuleOfAnUnknownDetectorNamingThoseThereAre() {
        StatusRuntimeException error = errorOf(() -> add(rule("x").setDetector("treshold")));

        assertThat(error.getStatus().getDescription()).contains("rule.detector \"treshold\" is not known", "threshold");
    }

    @Test
    void refusesARuleWithoutSelector() {
        StatusRuntimeException error = errorOf(() -> admin.addRule(AddRuleRequest.newBuilder()
                .setRule(rule("x").clearInputs().addInputs(io.tocsin.v1.RuleInput.getDefaultInstance()))
                .build()));

        assertThat(error.getStatus().getDescription())
                .isEqualTo("rule.inputs[0].selector.metric must have 1 to 128 characters, had 0");
    }

    @Test
    void refusesDuplicateLabelsAndNegativeDurations() {
        io.tocsin.v1.Attribute label =
                io.tocsin.v1.Attribute.newBuilder().setKey("team").setValue("a").build();

        assertThat(errorOf(() -> add(rule("x").addLabels(label).addLabels(label)))
                        .getStatus()
                        .getDescription())
                .startsWith("rule.labels must have unique keys");
        assertThat(errorOf(() -> add(rule("x").setCooldown(Duration.newBuilder().setSeconds(-1))))
                        .getStatus()
                        .getDescription())
                .isEqualTo("rule.cooldown must be a duration of 0 s or more, was -1 s 0 ns");
    }

    @Test
    void refusesToAddARuleThatExists() {
        declared("outage", Origin.BUILT_IN);

        StatusRuntimeException error = errorOf(() -> add(rule("outage")));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(error.getStatus().getDescription()).contains("rule \"outage\" exists");
    }

    @Test
    void refusesToChangeWhatAFileOrTheBuildDeclares() {
        declared("outage", Origin.BUILT_IN);
        declared("mine", Origin.FILE);

        StatusRuntimeException change = errorOf(() -> admin.changeRule(
                ChangeRuleRequest.newBuilder().setRule(rule("outage")).build()));
        StatusRuntimeException remove = errorOf(() ->
                admin.removeRule(RemoveRuleRequest.newBuilder().setName("mine").build()));

        assertThat(change.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(change.getStatus().getDescription()).contains("\"outage\" is read-only here", "built-in");
        assertThat(remove.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(remove.getStatus().getDescription()).contains("file");
    }

    @Test
    void refusesToChangeOrRemoveARuleThatIsNotThere() {
        declared("outage", Origin.BUILT_IN);

        StatusRuntimeException error = errorOf(() ->
                admin.removeRule(RemoveRuleRequest.newBuilder().setName("outag").build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(error.getStatus().getDescription()).isEqualTo("rule \"outag\" is not known, there are outage");
    }

    @Test
    void saysWhereTheRuleIsWhenTheEngineDoesNotApplyItInTime() {
        partitions.live().appliedThrough(0);

        StatusRuntimeException error = errorOf(() -> add(rule("late")));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(error.getStatus().getDescription()).contains("is in the journal at 1");
    }

    @Test
    void keepsTheRulesOfTenantsApart() {
        var red = AdminServiceGrpc.newBlockingStub(server.channel("red"));
        add(rule("mine"));

        assertThat(red.listRules(ListRulesRequest.getDefaultInstance()).getRulesCount())
                .isZero();
        red.addRule(AddRuleRequest.newBuilder().setRule(rule("mine")).build());
        red.removeRule(RemoveRuleRequest.newBuilder().setName("mine").build());
        assertThat(admin.listRules(ListRulesRequest.getDefaultInstance()).getRulesCount())
                .isEqualTo(1);
    }

    @Test
    void givesRulesByPages() {
        for (String name : new String[] {"c", "a", "b"}) {
            declared(name, Origin.FILE);
        }
        ListRulesResponse first =
                admin.listRules(ListRulesRequest.newBuilder().setPageSize(2).build());
        ListRulesResponse second = admin.listRules(ListRulesRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());

        assertThat(first.getRulesList()).extracting(io.tocsin.v1.Rule::getName).containsExactly("a", "b");
        assertThat(second.getRulesList()).extracting(io.tocsin.v1.Rule::getName).containsExactly("c");
    }

    @Test
    void listsPluginsTheirDetectorsAndHowThoseDo() {
        Rule rule = Rule.of("x", "threshold", List.of(), Origin.API);
        partitions.live().rules().set("default", new RuleView(rule, "", 3, 7, 1));

        ListPluginsResponse response = admin.listPlugins(ListPluginsRequest.getDefaultInstance());

        assertThat(response.getPluginsList())
                .extracting(io.tocsin.v1.Plugin::getName)
                .containsExactly("a-broken-one", "built-in");
        assertThat(response.getPlugins(0).getProblem()).isEqualTo("class Foo is missing");
        DetectorInfo threshold = response.getPlugins(1).getDetectorsList().stream()
                .filter(d -> d.getName().equals("threshold"))
                .findFirst()
                .orElseThrow();
        assertThat(threshold.getFailures()).isEqualTo(7);
        assertThat(threshold.getSetAside()).isEqualTo(1);
        assertThat(threshold.getInputs(0).getKind()).isEqualTo("measurements");
        assertThat(threshold.getParametersList())
                .extracting(DetectorParameter::getName)
                .contains("above", "below");
    }

    @Test
    void listsAndRemovesRecordings() {
        partitions.openRecording("default", "first").recorded(1_000, 2_000, 5);
        partitions.openRecording("default", "second");
        partitions.openRecording("red", "theirs");

        List<Recording> listed =
                admin.listRecordings(ListRecordingsRequest.getDefaultInstance()).getRecordingsList();

        assertThat(listed).extracting(Recording::getName).containsExactly("second", "first");
        assertThat(listed.get(0).hasFirstRecordTime()).isFalse();
        assertThat(listed.get(0).getCreateTime()).isEqualTo(CallTimes.timestamp(ManualClock.NOON));
        assertThat(listed.get(1).getLastRecordTime()).isEqualTo(CallTimes.timestamp(2_000));
        assertThat(listed.get(1).getRecords()).isEqualTo(5);

        admin.removeRecording(
                RemoveRecordingRequest.newBuilder().setName("first").build());
        StatusRuntimeException error = errorOf(() -> admin.removeRecording(
                RemoveRecordingRequest.newBuilder().setName("theirs").build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(error.getStatus().getDescription()).isEqualTo("recording \"theirs\" is not known, there are second");
    }

    private static ProducerView heard(String name, long heardMillis) {
        return new ProducerView(
                name,
                7,
                "tocsin-java/0.1.0",
                Standing.LOST,
                -2_500,
                heardMillis,
                10,
                java.util.Map.of(io.tocsin.collector.journal.RejectedRecord.Reason.TOO_OLD, 3L));
    }

    @Test
    void listsProducersPageByPageAsTheyAreShown() {
        for (int i = 0; i < 5; i++) {
            heard.add(heard("p" + i, ManualClock.NOON - i));
        }

        ListProducersResponse first = admin.listProducers(
                ListProducersRequest.newBuilder().setPageSize(3).build());
        ListProducersResponse second = admin.listProducers(ListProducersRequest.newBuilder()
                .setPageSize(3)
                .setPageToken(first.getNextPageToken())
                .build());

        assertThat(first.getProducersList())
                .extracting(p -> p.getName() + " " + p.getLiveness())
                .containsExactly("p0 lost", "p1 lost", "p2 lost");
        assertThat(second.getProducersList()).extracting(p -> p.getName()).containsExactly("p3", "p4");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(first.getProducers(0).getEpoch()).isEqualTo(7);
        assertThat(first.getProducers(0).getAccepted()).isEqualTo(10);
        assertThat(first.getProducers(0).getRejectedMap()).containsExactly(java.util.Map.entry("too_old", 3L));
        assertThat(first.getProducers(0).getClockOffset())
                .isEqualTo(Duration.newBuilder()
                        .setSeconds(-2)
                        .setNanos(-500_000_000)
                        .build());
    }

    @Test
    void diagnosesWorstFirstWithOneFindingOfEachCheckAtLeast() {
        var findings = admin.diagnose(DiagnoseRequest.getDefaultInstance()).getFindingsList();

        assertThat(findings)
                .extracting(f -> f.getCheck())
                .contains(
                        "arriving-data",
                        "clocks",
                        "plugins",
                        "slo-updates",
                        "false-positives",
                        "traces",
                        "channels",
                        "limits");
        assertThat(findings)
                .extracting(f -> f.getVerdictValue())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(findings)
                .anySatisfy(f -> assertThat(f.getSeen())
                        .isEqualTo("plugin \"a-broken-one\" was not loaded: class Foo is missing"));
    }
}
