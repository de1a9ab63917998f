/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.call.FakePartition;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.v1.QueryServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The query door behind a port, before fakes, with our own detectors. */
final class QueryDoorRig implements AutoCloseable {
    static final String AGENTS = AgentNames.TASKS;
    static final QuerySettings QUICK =
            new QuerySettings(Duration.ofMillis(300), Duration.ofMillis(50), 100, 250, 5, 100, 1 << 20);

    final FakePartitions partitions = new FakePartitions();
    final ManualClock clock = new ManualClock();
    final QueryCounters counters = new QueryCounters();
    /** Why channels do not deliver. */
    volatile List<String> channelProblems = List.of();

    final DoorServer server;
    QueryDoor door;

    QueryDoorRig() {
        List<DetectorFactory> detectors = new ArrayList<>();
        ServiceLoader.load(DetectorFactory.class).forEach(detectors::add);
        DetectorCatalog catalog =
                new DetectorCatalog(List.of(new Plugin(Plugin.BUILT_IN, "0.1.0", "0.1.0", detectors, "")));
        server = new DoorServer(4 << 20, executor -> {
            door = new QueryDoor(
                    partitions,
                    catalog,
                    QUICK,
                    counters,
                    new BuildInfo("0.1.0-test", ManualClock.NOON - 5_000),
                    () -> channelProblems,
                    clock,
                    executor);
            door.start();
            return door;
        });
    }

    FakePartition live() {
        return partitions.live();
    }

    QueryServiceGrpc.QueryServiceBlockingStub query() {
        return QueryServiceGrpc.newBlockingStub(server.channel());
    }

    /** An outcome of an agent, so long before noon. */
    void outcome(String agent, Duration ago, double seconds, String error) {
        live().series()
                .add(
                        "default",
                        AGENTS,
                        Attributes.of(
                                "gen_ai.agent.name", agent, "gen_ai.agent.id", agent + "-1", "tocsin.task.type", "t"),
                        ManualClock.NOON - ago.toMillis(),
                        seconds,
                        error);
    }

    static Rule sloRule(String name, Map<String, String> parameters) {
        Rule plain = Rule.of(name, "slo", List.of(new RuleInput("", Selector.of(AGENTS))), Origin.FILE);
        return new Rule(
                plain.name(),
                plain.detector(),
                plain.inputs(),
                plain.groupBy(),
                plain.memberBy(),
                plain.stepMillis(),
                parameters,
                0,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                Origin.FILE);
    }

    @Override
    public void close() {
        door.close();
        server.close();
    }
}
