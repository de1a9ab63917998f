/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.grpc.ServerInterceptor;
import io.tocsin.collector.CollectorModule;
import io.tocsin.collector.config.CollectorConfig;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.http.HttpDoor;
import io.tocsin.collector.http.Page;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.Recovery;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.plugin.Plugins;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleDefaults;
import io.tocsin.collector.security.Tenant;
import io.tocsin.collector.security.TenantInterceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A collector that runs. Thread-safe. */
public final class Collector implements AutoCloseable {
    private static final String WHAT_IS_THERE = "tocsin: /monitoring/dashboard and other views as JSON, described in"
            + " /monitoring/openapi.json; /metrics for Prometheus, /healthz for health; all else by gRPC";

    private final StartStop running;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String keeps;
    private final HostPort grpc;
    private final HostPort http;
    private final List<Plugin> plugins;

    /**
     * Starts all stages, from the end of the flow to its beginning; returns when it takes calls.
     *
     * @throws CollectorStartException if it could not; nothing of it runs then
     * @throws io.tocsin.collector.config.ConfigException if a rule is not sound, with all problems
     */
    public static Collector start(CollectorSettings settings) throws CollectorStartException {
        return start(settings, line -> {});
    }

    /**
     * The same.
     *
     * @param told gets lines for the console while it starts: how far a recovery has come, what is damaged
     */
    public static Collector start(CollectorSettings settings, Consumer<String> told) throws CollectorStartException {
        return start(
                settings, new EngineClock(InstantSource.system(), System::nanoTime), new TenantInterceptor(), told);
    }

    /** With a clock and tenants of the caller's; for tests. */
    static Collector start(
            CollectorSettings settings, EngineClock clock, ServerInterceptor tenant, Consumer<String> told)
            throws CollectorStartException {
        String build = BuildVersion.read();
        Plugins plugins;
        try {
            plugins = Plugins.load(settings.config().plugins().dir(), build);
        } catch (IllegalArgumentException e) {
            throw new CollectorStartException(String.valueOf(e.getMessage()), e);
        }
        StartStop running = new StartStop();
        running.started("plugins", plugins::close);
        try {
            RuleDefaults defaults = settings.ruleDefaults();
            List<Rule> rules = settings.soundRules(new RuleCheck(plugins.catalog(), defaults));
            StageSettings stageSettings = StageSettings.of(settings);
            Recovery recovery = new Recovery(clock, told);
            List<PartitionHome> homes = Homes.open(settings.config(), stageSettings, clock, recovery, running);
            Stages stages = CollectorModule.wire(
                    stageSettings, homes, plugins.catalog(), defaults, rules, clock, tenant, build);
            homes.forEach(
                    home -> stages.ingest().recover(home.number(), home.before().takeDefinitions()));
            List<Plugin> loaded = plugins.catalog().plugins();
            return new Collector(settings.config(), stageSettings, loaded, stages, clock, build, recovery, running);
        } catch (CollectorStartException | RuntimeException e) {
            running.stopAll();
            throw e;
        }
    }

    private Collector(
            CollectorConfig config,
            StageSettings settings,
            List<Plugin> plugins,
            Stages stages,
            InstantSource clock,
            String build,
            Recovery recovery,
            StartStop running)
            throws CollectorStartException {
        this.plugins = plugins;
        this.running = running;
        this.keeps = config.inMemory()
                ? "all state is in memory: nothing survives a restart"
                : "data directory " + config.dataDir().toAbsolutePath().normalize()
                        + " (recordings are in memory: they do not survive a restart)";
        try {
            running.started("telemetry", stages.telemetry()::close);
            running.started("traces", stages.tracing()::close);
            running.started("call threads", stages.threads()::close);
            bindMeters(stages);

            stages.alerts().start();
            running.started("alert subscriptions", stages.alerts()::close);
            stages.queries().start();
            running.started("watches", stages.queries()::close);

            running.started("partitions", stages.partitions()::close);
            running.started("backups", stages.backups()::close);
            recover(stages, recovery);
            // behind what was recovered, which others were told of before, and in front of what is new
            stages.notifier().start();
            running.started("channels", stages.notifier()::close);
            stages.partitions().begin();
            // gives it the declared rules, which must watch before anybody calls
            var unused = stages.partitions().live(Tenant.DEFAULT);

            HealthPage health = new HealthPage(stages.partitions());
            CallsWithinProcess calls = new CallsWithinProcess(
                    stages.threads(), stages.tenant(), stages.tracing().interceptors(), stages.services());
            running.started("calls within the process", calls::close);
            HttpDoor httpDoor = openHttp(config, settings, stages, health, calls, clock, build);
            running.started("http", httpDoor::close);
            http = HostPort.of(config.http().host(), httpDoor.address());

            GrpcDoor grpcDoor = openGrpc(config, settings, stages);
            running.started("grpc", grpcDoor::close);
            grpc = HostPort.of(config.grpc().host(), grpcDoor.address());

            HealthWatch watch = new HealthWatch(health::isHealthy, grpcDoor::healthy);
            running.started("health watch", watch::close);
        } catch (CollectorStartException | RuntimeException e) {
            running.stopAll();
            throw e;
        }
    }

    private static void recover(Stages stages, Recovery recovery) throws CollectorStartException {
        try {
            stages.partitions().recover(recovery);
        } catch (IllegalStateException e) {
            throw new CollectorStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void bindMeters(Stages stages) {
        stages.telemetry().stages().ingest(stages.ingestCounters());
        stages.telemetry().stages().tracing(stages.tracing());
        stages.telemetry().stores().backups(stages.backups().counters());
        stages.telemetry().readers().subscriptions(stages.subscriptionCounters());
        stages.telemetry().readers().queries(stages.queryCounters());
        stages.telemetry().readers().channels(stages.notifier());
        stages.telemetry().readers().http(stages.httpCounters());
        for (LocalPartition partition : stages.partitions().local()) {
            stages.telemetry().stages().partition(partition);
            stages.telemetry().stages().journal(partition.number(), partition.journalCounters());
            stages.telemetry().stages().disk(partition.number(), partition.diskCounters());
            stages.telemetry().stages().engine(partition.number(), partition.engineCounters());
            partition
                    .checkpointCounters()
                    .ifPresent(counters -> stages.telemetry().stages().checkpoints(partition, counters));
            stages.telemetry().stages().store(partition.number(), partition.seriesStore());
            stages.telemetry().stores().store(partition);
            stages.telemetry()
                    .agentRequests()
                    .add((metric, visitor) -> partition.series().totals(Tenant.DEFAULT, metric, visitor));
        }
    }

    private static HttpDoor openHttp(
            CollectorConfig config,
            StageSettings settings,
            Stages stages,
            HealthPage health,
            CallsWithinProcess calls,
            InstantSource clock,
            String build)
            throws CollectorStartException {
        Page.Maker metrics = accepted -> new Page(
                200,
                stages.telemetry().contentType(accepted),
                stages.telemetry().scrape(accepted));
        Map<String, Page.Maker> pages =
                Map.of("/", accepted -> Page.text(200, WHAT_IS_THERE), "/metrics", metrics, "/healthz", health);
        String host = config.http().host();
        int port = config.http().port();
        try {
            return new HttpDoor(
                    address(host, port),
                    pages,
                    settings.http(),
                    stages.httpCounters(),
                    clock,
                    Optional.of(calls.channel()),
                    build);
        } catch (IOException e) {
            throw cannotListen("HTTP", host, port, "monitoring.http", e);
        }
    }

    private static GrpcDoor openGrpc(CollectorConfig config, StageSettings settings, Stages stages)
            throws CollectorStartException {
        String host = config.grpc().host();
        int port = config.grpc().port();
        try {
            return new GrpcDoor(
                    address(host, port),
                    settings.ingest().maxMessageBytes(),
                    stages.threads(),
                    stages.tenant(),
                    stages.tracing().interceptors(),
                    stages.services());
        } catch (IOException e) {
            throw cannotListen("gRPC", host, port, "monitoring.grpc", e);
        }
    }

    private static InetSocketAddress address(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("no address is known for " + host);
        }
        return address;
    }

    private static CollectorStartException cannotListen(
            String door, String host, int port, String prefix, IOException e) {
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        String message = String.valueOf(reason.getMessage());
        boolean inUse = message.contains("in use");
        return new CollectorStartException(
                door + " cannot listen on " + new HostPort(host, port) + ": "
                        + (inUse
                                ? "the port is in use; stop what uses it, or set " + prefix + ".port or --"
                                        + door.toLowerCase(Locale.ROOT) + "-port to another (0: any free one)"
                                : message + "; set " + prefix + ".host to an address of this machine, and " + prefix
                                        + ".port to a port that may be used"),
                e);
    }

    /** Where gRPC clients connect. */
    public HostPort grpc() {
        return grpc;
    }

    /** Where browsers and Prometheus connect. */
    public HostPort http() {
        return http;
    }

    /** What survives a restart, and where it is; for the console. */
    public String keeps() {
        return keeps;
    }

    /** Those it loaded or could not load, ours first. */
    public List<Plugin> plugins() {
        return plugins;
    }

    /** Returns when it has been closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /**
     * Stops all stages, from the beginning of the flow to its end, so that what was taken is applied. May be called twice. Every
     * stage bounds its own stop; together they take seconds at most.
     */
    @Override
    public void close() {
        running.stopAll();
        closed.countDown();
    }
}
