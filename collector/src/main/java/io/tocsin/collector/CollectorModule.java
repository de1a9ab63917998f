/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Module;
import io.grpc.ServerInterceptor;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.query.BuildInfo;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleDefaults;
import io.tocsin.collector.server.AdminModule;
import io.tocsin.collector.server.CallThreads;
import io.tocsin.collector.server.DiagnosisModule;
import io.tocsin.collector.server.IngestModule;
import io.tocsin.collector.server.NotifyModule;
import io.tocsin.collector.server.PartitionModule;
import io.tocsin.collector.server.QueryModule;
import io.tocsin.collector.server.ServerModule;
import io.tocsin.collector.server.StageSettings;
import io.tocsin.collector.server.Stages;
import io.tocsin.collector.server.StreamModule;
import io.tocsin.collector.telemetry.Tracing;
import java.util.List;

/** Wires the stages, in the order of the flow. */
public record CollectorModule(
        StageSettings settings,
        List<PartitionHome> homes,
        DetectorCatalog catalog,
        RuleDefaults defaults,
        List<Rule> rules,
        EngineClock clock,
        ServerInterceptor tenant,
        String build)
        implements Module {

    @Override
    public void configure(Binder binder) {
        binder.requireExplicitBindings();
        binder.requireAtInjectOnConstructors();
        binder.disableCircularProxies();
        Tracing tracing = Tracing.start(settings.tracing(), build);
        binder.install(new IngestModule(
                settings.ingest(), settings.partitions().journal().lostAfter(), clock, tenant));
        binder.install(new PartitionModule(
                settings.partitions(),
                settings.backups(),
                homes,
                catalog,
                defaults,
                rules,
                clock,
                build,
                tracing.traces()));
        binder.install(new QueryModule(settings.queries(), new BuildInfo(build, clock.millis())));
        binder.install(new StreamModule(settings.subscriptions()));
        binder.install(new NotifyModule(settings.notifications(), System.out));
        binder.install(new DiagnosisModule());
        binder.install(new AdminModule(settings.partitions().engine(), homes, catalog));
        binder.install(
                new ServerModule(new CallThreads(Runtime.getRuntime().availableProcessors()), clock, tracing, build));
    }

    /** All stages, wired and not started. */
    public static Stages wire(
            StageSettings settings,
            List<PartitionHome> homes,
            DetectorCatalog catalog,
            RuleDefaults defaults,
            List<Rule> rules,
            EngineClock clock,
            ServerInterceptor tenant,
            String build) {
        return Guice.createInjector(
                        new CollectorModule(settings, homes, catalog, defaults, rules, clock, tenant, build))
                .getInstance(Stages.class);
    }
}
