/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.backtest.Backtests;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Calls;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.diagnosis.Checkup;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerReader;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.RecordingStatus;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.security.Tenant;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.AddRuleResponse;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.BacktestRequest;
import io.tocsin.v1.BacktestResponse;
import io.tocsin.v1.BackupRequest;
import io.tocsin.v1.BackupResponse;
import io.tocsin.v1.ChangeRuleRequest;
import io.tocsin.v1.ChangeRuleResponse;
import io.tocsin.v1.DiagnoseRequest;
import io.tocsin.v1.DiagnoseResponse;
import io.tocsin.v1.ListChannelsRequest;
import io.tocsin.v1.ListChannelsResponse;
import io.tocsin.v1.ListPluginsRequest;
import io.tocsin.v1.ListPluginsResponse;
import io.tocsin.v1.ListProducersRequest;
import io.tocsin.v1.ListProducersResponse;
import io.tocsin.v1.ListRecordingsRequest;
import io.tocsin.v1.ListRecordingsResponse;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.ListRulesResponse;
import io.tocsin.v1.Recording;
import io.tocsin.v1.RemoveRecordingRequest;
import io.tocsin.v1.RemoveRecordingResponse;
import io.tocsin.v1.RemoveRuleRequest;
import io.tocsin.v1.RemoveRuleResponse;
import io.tocsin.v1.TestChannelRequest;
import io.tocsin.v1.TestChannelResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

/** {@code AdminService}. A change is answered when it is in the journal and applied, so that the next call sees it. Thread-safe. */
public final class AdminDoor extends AdminServiceGrpc.AdminServiceImplBase {
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Partitions partitions;
    private final ProtoRules rules;
    private final PluginViews plugins;
    private final RuleCommands commands;
    private final ChannelViews channels;
    private final ProducerPages producers;
    private final Checkup checkup;
    private final BacktestCalls backtests;
    private final BackupCalls backups;

    @Inject
    public AdminDoor(
            Partitions partitions,
            RuleCheck check,
            DetectorCatalog catalog,
            Notifier notifier,
            Executor executor,
            ProducerReader producers,
            Checkup checkup,
            Backtests backtests,
            Backups backups) {
        this(partitions, check, catalog, notifier, executor, producers, checkup, backtests, backups, MAX_WAIT);
    }

    AdminDoor(
            Partitions partitions,
            RuleCheck check,
            DetectorCatalog catalog,
            Notifier notifier,
            Executor executor,
            ProducerReader producers,
            Checkup checkup,
            Backtests backtests,
            Backups backups,
            Duration maxWait) {
        this.channels = new ChannelViews(notifier);
        this.partitions = partitions;
        this.rules = new ProtoRules(check);
        this.plugins = new PluginViews(catalog);
        this.commands = new RuleCommands(partitions, maxWait, executor);
        this.producers = new ProducerPages(partitions, producers);
        this.checkup = checkup;
        this.backtests = new BacktestCalls(partitions, rules, backtests);
        this.backups = new BackupCalls(backups);
    }

    @Override
    public void listRules(ListRulesRequest request, StreamObserver<ListRulesResponse> caller) {
        Calls.answer(caller, () -> listRules(Tenant.current(), request));
    }

    private ListRulesResponse listRules(String tenant, ListRulesRequest request) {
        Page page = Page.of(
                tenant,
                request.toBuilder().clearPageSize().clearPageToken().build(),
                request.getPageSize(),
                request.getPageToken());
        String after = page.place().map(Page.Place::after).orElse("");
        List<RuleView> found = partitions.live(tenant).rules().rules(tenant).stream()
                .filter(view -> view.rule().name().compareTo(after) > 0)
                .sorted(Comparator.comparing(view -> view.rule().name()))
                .limit(page.size() + 1L)
                .toList();
        ListRulesResponse.Builder response = ListRulesResponse.newBuilder();
        found.stream()
                .limit(page.size())
                .forEach(view -> response.addRules(ProtoRules.write(view.rule(), view.problem())));
        if (found.size() > page.size()) {
            String last = found.get(page.size() - 1).rule().name();
            response.setNextPageToken(page.next(new Page.Place(0, 0, last)));
        }
        return response.build();
    }

    @Override
    public void addRule(AddRuleRequest request, StreamObserver<AddRuleResponse> caller) {
        Calls.answerLater(caller, () -> {
            Rule rule = rules.read(request.getRule());
            return commands.add(Tenant.current(), rule)
                    .thenApply(position -> AddRuleResponse.newBuilder()
                            .setRule(ProtoRules.write(rule, ""))
                            .setPosition(ProtoAlerts.position(position))
                            .build());
        });
    }

    @Override
    public void changeRule(ChangeRuleRequest request, StreamObserver<ChangeRuleResponse> caller) {
        Calls.answerLater(caller, () -> {
            Rule rule = rules.read(request.getRule());
            return commands.change(Tenant.current(), rule)
                    .thenApply(position -> ChangeRuleResponse.newBuilder()
                            .setRule(ProtoRules.write(rule, ""))
                            .setPosition(ProtoAlerts.position(position))
                            .build());
        });
    }

    @Override
    public void removeRule(RemoveRuleRequest request, StreamObserver<RemoveRuleResponse> caller) {
        Calls.answerLater(
                caller,
                () -> commands.remove(Tenant.current(), request.getName())
                        .thenApply(position -> RemoveRuleResponse.newBuilder()
                                .setPosition(ProtoAlerts.position(position))
                                .build()));
    }

    @Override
    public void listPlugins(ListPluginsRequest request, StreamObserver<ListPluginsResponse> caller) {
        Calls.answer(caller, () -> {
            String tenant = Tenant.current();
            return ListPluginsResponse.newBuilder()
                    .addAllPlugins(
                            plugins.plugins(partitions.live(tenant).rules().rules(tenant)))
                    .build();
        });
    }

    @Override
    public void listProducers(ListProducersRequest request, StreamObserver<ListProducersResponse> caller) {
        Calls.answer(caller, () -> producers.page(Tenant.current(), request));
    }

    @Override
    public void backtest(BacktestRequest request, StreamObserver<BacktestResponse> caller) {
        backtests.open(Tenant.current(), request, (ServerCallStreamObserver<BacktestResponse>) caller);
    }

    @Override
    public void backup(BackupRequest request, StreamObserver<BackupResponse> caller) {
        backups.open(request, (ServerCallStreamObserver<BackupResponse>) caller);
    }

    @Override
    public void diagnose(DiagnoseRequest request, StreamObserver<DiagnoseResponse> caller) {
        Calls.answer(caller, () -> {
            String tenant = Tenant.current();
            return ProtoDiagnoses.response(checkup.of(tenant, partitions.live(tenant)));
        });
    }

    @Override
    public void listChannels(ListChannelsRequest request, StreamObserver<ListChannelsResponse> caller) {
        Calls.answer(caller, channels::list);
    }

    @Override
    public void testChannel(TestChannelRequest request, StreamObserver<TestChannelResponse> caller) {
        Calls.answerLater(caller, () -> channels.test(request.getChannel()));
    }

    @Override
    public void listRecordings(ListRecordingsRequest request, StreamObserver<ListRecordingsResponse> caller) {
        Calls.answer(caller, () -> {
            ListRecordingsResponse.Builder response = ListRecordingsResponse.newBuilder();
            for (Partition partition : partitions.recordings(Tenant.current())) {
                partition
                        .recording()
                        .ifPresent(status -> response.addRecordings(recording(partition.number(), status)));
            }
            return response.build();
        });
    }

    private static Recording recording(int partition, RecordingStatus status) {
        Recording.Builder recording = Recording.newBuilder()
                .setName(status.name())
                .setPartition(partition)
                .setCreateTime(CallTimes.timestamp(status.createdMillis()))
                .setRecords(status.records())
                .setComplete(status.complete());
        if (status.records() > 0) {
            recording
                    .setFirstRecordTime(CallTimes.timestamp(status.firstRecordMillis()))
                    .setLastRecordTime(CallTimes.timestamp(status.lastRecordMillis()));
        }
        return recording.build();
    }

    @Override
    public void removeRecording(RemoveRecordingRequest request, StreamObserver<RemoveRecordingResponse> caller) {
        Calls.answer(caller, () -> {
            String tenant = Tenant.current();
            if (request.getName().isEmpty()) {
                throw CallErrors.invalid("name", "must be the name of a recording, was empty");
            }
            if (!partitions.removeRecording(tenant, request.getName())) {
                throw CallErrors.notFound("recording", request.getName(), Scopes.recordings(partitions, tenant));
            }
            return RemoveRecordingResponse.getDefaultInstance();
        });
    }
}
