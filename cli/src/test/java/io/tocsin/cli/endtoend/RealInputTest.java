/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListRecordingsRequest;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A morning of a real orchestrator, replayed by the command into a collector, and what the collector answers beside a straight computation from the
 * file: in order of end time, and as the file has it, where spans come up to ten seconds late.
 */
class RealInputTest {
    private static final Path SPANS = Path.of("..", "..", "shared", "data", "train-ticket", "spans-2023-01-29.csv.gz");
    private static final String AGENT = "gen_ai.agent.name";
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);
    /** Below the limit of points of one line. */
    private static final long RANGE_SECONDS = 10_000;

    private static StraightCount straight;
    private static Collector collector;
    private static ManagedChannel channel;
    private static QueryServiceBlockingStub queries;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.exists(SPANS),
                "skipped: there is no real input at " + SPANS.toAbsolutePath().normalize());
        straight = StraightCount.of(SPANS);
        collector = Collector.start(CollectorSettings.load(
                Optional.empty(),
                Map.of("monitoring.grpc.port", "0", "monitoring.http.port", "0", "monitoring.in-memory", "true"),
                Map.of()));
        channel = ManagedChannelBuilder.forTarget(collector.grpc().toString())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        queries = QueryServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void stop() {
        if (collector != null) {
            channel.shutdownNow();
            collector.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in order", "as written"})
    void answersWhatAStraightComputationFromTheFileSays(String order) {
        String recording = order.replace(' ', '-');
        CommandRunner replay = new CommandRunner(ChannelFactory.tcp());
        String target = collector.grpc().toString();

        int exit = order.equals("in order")
                ? replay.run("replay", SPANS.toString(), "--target", target, "--speed", "max", "--name", recording)
                : replay.run("replay", SPANS.toString(), "--target", target, "--as-written", "--name", recording);

        assertThat(replay.lines()).first().isEqualTo(recording);
        assertThat(replay.lines()).last().isEqualTo("acked=321068 rejected=0 dropped=0");
        assertThat(exit).as(replay.err()).isZero();
        assertThat(straight.spans).isEqualTo(321_068);
        assertThat(straight.bySecond).hasSize(28);
        awaitComplete(recording);
        assertThat(differences(straight.bySecond, countsBySecond(recording))).isEmpty();
        quantilesAreWithinOnePercent(wholeFile(recording));
        agentMetricsAreWithinOnePercent(recording);
    }

    /** Acknowledged is in the journal; the engine may still have some of it to do. */
    private static void awaitComplete(String recording) {
        await().atMost(java.time.Duration.ofMinutes(1))
                .until(() -> AdminServiceGrpc.newBlockingStub(channel)
                        .listRecordings(ListRecordingsRequest.getDefaultInstance())
                        .getRecordingsList()
                        .stream()
                        .anyMatch(r -> r.getName().equals(recording) && r.getComplete()));
    }

    /** At most ten, so that a failure can be read. */
    private static List<String> differences(
            Map<String, Map<Long, Long>> expected, Map<String, Map<Long, Long>> answered) {
        List<String> found = new ArrayList<>();
        Set<String> services = new TreeSet<>(expected.keySet());
        services.addAll(answered.keySet());
        for (String service : services) {
            Map<Long, Long> there = expected.getOrDefault(service, Map.of());
            Map<Long, Long> here = answered.getOrDefault(service, Map.of());
            Set<Long> seconds = new TreeSet<>(there.keySet());
            seconds.addAll(here.keySet());
            seconds.stream()
                    .filter(second -> !there.getOrDefault(second, 0L).equals(here.getOrDefault(second, 0L)))
                    .map(second ->
                            service + " at " + second + ": " + there.get(second) + ", answered " + here.get(second))
                    .forEach(found::add);
        }
        return found.subList(0, Math.min(10, found.size()));
    }

    private static Map<String, Map<Long, Long>> countsBySecond(String recording) {
        Map<String, Map<Long, Long>> counts = new TreeMap<>();
        for (long from = straight.firstSecond; from <= straight.lastSecond; from += RANGE_SECONDS) {
            QuerySeriesRequest request = ofAgents(recording)
                    .setStep(Duration.newBuilder().setSeconds(1))
                    .setRange(TimeRange.newBuilder()
                            .setStartTime(Timestamp.newBuilder().setSeconds(from))
                            .setEndTime(Timestamp.newBuilder().setSeconds(from + RANGE_SECONDS)))
                    .build();
            String page = "";
            do {
                QuerySeriesResponse answer = queries.querySeries(
                        request.toBuilder().setPageToken(page).build());
                for (SeriesLine line : answer.getLinesList()) {
                    Map<Long, Long> ofAgent = counts.computeIfAbsent(agent(line), a -> new TreeMap<>());
                    for (Point point : line.getPointsList()) {
                        ofAgent.merge(point.getStartTime().getSeconds(), point.getCount(), Long::sum);
                    }
                }
                page = answer.getNextPageToken();
            } while (!page.isEmpty());
        }
        return counts;
    }

    private static Map<String, Point> wholeFile(String recording) {
        QuerySeriesResponse answer = queries.querySeries(
                ofAgents(recording).addAllQuantiles(QUANTILES).build());
        assertThat(answer.getNextPageToken()).isEmpty();
        Map<String, Point> points = new HashMap<>();
        answer.getLinesList().forEach(line -> points.put(agent(line), line.getPoints(0)));
        return points;
    }

    private static void quantilesAreWithinOnePercent(Map<String, Point> points) {
        assertThat(points.keySet()).isEqualTo(straight.bySecond.keySet());
        points.forEach((service, point) -> {
            assertThat(point.getCount()).as(service).isEqualTo(straight.count(service));
            assertThat(point.getFailed()).as(service).isZero();
            for (int i = 0; i < QUANTILES.size(); i++) {
                double q = QUANTILES.get(i);
                isWithinOnePercent(service, q, point.getQuantiles(i));
            }
        });
    }

    private static void agentMetricsAreWithinOnePercent(String recording) {
        List<AgentMetrics> agents = queries.listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                        .setScope(Scope.newBuilder().setRecording(recording))
                        .build())
                .getAgentsList();
        assertThat(agents).hasSize(28).allSatisfy(agent -> {
            assertThat(agent.getCount()).isEqualTo(straight.count(agent.getAgentType()));
            isWithinOnePercent(agent.getAgentType(), 0.5, agent.getLatency().getP50());
            isWithinOnePercent(agent.getAgentType(), 0.95, agent.getLatency().getP95());
            isWithinOnePercent(agent.getAgentType(), 0.99, agent.getLatency().getP99());
        });
    }

    private static void isWithinOnePercent(String service, double q, double answered) {
        double exact = straight.quantile(service, q);
        assertThat(answered).as("%s at %s", service, q).isCloseTo(exact, within(exact / 100));
    }

    private static QuerySeriesRequest.Builder ofAgents(String recording) {
        return QuerySeriesRequest.newBuilder()
                .setSelector(Selector.newBuilder().setMetric("gen_ai.invoke_agent.duration"))
                .addGroupBy(AGENT)
                .setScope(Scope.newBuilder().setRecording(recording));
    }

    private static String agent(SeriesLine line) {
        return line.getAttributes(0).getValue();
    }
}
