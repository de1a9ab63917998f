/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.call.ManualClock.NOON;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.security.TenantByHeader;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import io.tocsin.collector.server.CollectorUnderTest;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.Point;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A whole collector on real ports, on a clock that the test moves, with tenants named by a header. */
final class RunningCollector implements AutoCloseable {
    static final String METRIC = "gen_ai.invoke_agent.duration";
    static final String AGENT = "gen_ai.agent.name";

    final ManualClock clock;
    private final Collector collector;
    private volatile java.time.Duration wallAhead = java.time.Duration.ZERO;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /**
     * @param rules the only ones, in YAML
     * @param settings by key, such as "monitoring.partitions"
     */
    RunningCollector(Path folder, String rules, Map<String, String> settings)
            throws IOException, CollectorStartException {
        this(folder, rules, settings, new ManualClock());
    }

    /** At the time of another one's clock, to begin where that has stopped. */
    RunningCollector(Path folder, String rules, Map<String, String> settings, ManualClock clock)
            throws IOException, CollectorStartException {
        this.clock = clock;
        Map<String, String> all = new HashMap<>(Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.default-rules", "false",
                "monitoring.plugins.dir",
                        Files.createDirectories(folder.resolve("plugins")).toString()));
        all.putAll(settings);
        Path file = Files.writeString(folder.resolve("collector.yaml"), "monitoring:\n  rules:\n" + rules.indent(4));
        EngineClock engineClock =
                new EngineClock(this::wall, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis() - NOON));
        collector = CollectorUnderTest.start(
                CollectorSettings.load(Optional.of(file), all, Map.of()), engineClock, new TenantByHeader());
    }

    private Instant wall() {
        return clock.instant().plus(wallAhead);
    }

    /** The machine's clock is set wrong, or right again; time goes on as before. */
    void wallIsAheadBy(java.time.Duration by) {
        wallAhead = by;
    }

    int grpcPort() {
        return collector.grpc().port();
    }

    /** A connection of its own, of the default tenant. */
    Channel channel() {
        ManagedChannel channel = NettyChannelBuilder.forTarget(collector.grpc().toString())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        channels.add(channel);
        return channel;
    }

    Channel channel(String tenant) {
        Metadata headers = new Metadata();
        headers.put(TenantByHeader.HEADER, tenant);
        return ClientInterceptors.intercept(channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Counts of each agent by second since 1970, of the last quarter of an hour, once {@code seen} is applied. */
    static Map<String, Map<Long, Long>> countsBySecond(Channel channel, Position seen) {
        Map<String, Map<Long, Long>> counts = new TreeMap<>();
        for (SeriesLine line : QueryServiceGrpc.newBlockingStub(channel)
                .querySeries(QuerySeriesRequest.newBuilder()
                        .setSelector(Selector.newBuilder().setMetric(METRIC))
                        .addGroupBy(AGENT)
                        .setStep(Duration.newBuilder().setSeconds(1))
                        .setRange(TimeRange.newBuilder().setMinPosition(seen))
                        .setPageSize(1_000)
                        .build())
                .getLinesList()) {
            Map<Long, Long> ofAgent =
                    counts.computeIfAbsent(line.getAttributes(0).getValue(), a -> new TreeMap<>());
            for (Point point : line.getPointsList()) {
                ofAgent.put(point.getStartTime().getSeconds(), point.getCount());
            }
        }
        return counts;
    }

    /** Returns when the engine has done all up to that position. */
    void awaitApplied(Position position) {
        countsBySecond(channel(), position);
    }

    static List<Alert> alerts(Channel channel) {
        return AlertServiceGrpc.newBlockingStub(channel)
                .list(ListRequest.newBuilder().setPageSize(1_000).build())
                .getAlertsList();
    }

    static long millis(Timestamp time) {
        return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
    }

    /** A figure of the metrics page, 0 if it is not there. */
    double figure(String nameAndLabels) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + collector.http() + "/metrics"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(nameAndLabels + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
                    .sum();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        collector.close();
    }
}
