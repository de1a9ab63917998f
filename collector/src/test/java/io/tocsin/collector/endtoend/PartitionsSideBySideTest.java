/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static io.tocsin.collector.endtoend.RunningCollector.alerts;
import static io.tocsin.collector.endtoend.RunningCollector.countsBySecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.ListRulesRequest;
import io.tocsin.v1.PartitionHealth;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.RemoveRuleRequest;
import io.tocsin.v1.Rule;
import io.tocsin.v1.SubscribeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two tenants that use the same names for everything: producer, epoch, sequences, ids, series, rules. In two partitions, and in one, they share
 * nothing.
 */
class PartitionsSideBySideTest {
    private static final String OUTAGE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shareNothing(int partitions) throws Exception {
        try (RunningCollector collector =
                new RunningCollector(folder, OUTAGE, Map.of("monitoring.partitions", "" + partitions))) {
            Channel blue = collector.channel("blue");
            Channel red = collector.channel("red");
            try (SubscriberClient ofRed = new SubscriberClient(red, SubscribeRequest.newBuilder())) {
                assertThat(ofRed.next().hasSnapshot()).isTrue();
                Producer blues = new Producer(collector, blue, "planner", Duration.ZERO);
                Producer reds = new Producer(collector, red, "planner", Duration.ZERO);

                Ack ofBlue = blues.outcomes(30, 30);
                Ack first = reds.outcomes(5, 0);
                collector.clock.advance(Duration.ofSeconds(1));
                blues.heartbeat();
                reds.heartbeat();
                await().until(() -> alerts(blue).size() == 1);

                assertThat(first.getAlreadyAccepted()).isFalse();
                assertThat(first.getPosition().getPartition()
                                != ofBlue.getPosition().getPartition())
                        .isEqualTo(partitions == 2);
                assertThat(countsBySecond(blue, ofBlue.getPosition())
                                .get("planner")
                                .values())
                        .containsExactly(30L);
                assertThat(countsBySecond(red, first.getPosition())
                                .get("planner")
                                .values())
                        .containsExactly(5L);
                assertThat(alerts(red)).isEmpty();
                rulesAreTheirOwn(blue, red);
                assertThat(partitionsOf(blue))
                        .containsExactly(ofBlue.getPosition().getPartition());
                assertThat(partitionsOf(red))
                        .containsExactly(first.getPosition().getPartition());

                // the first that red hears is its own
                reds.outcomes(30, 30);
                collector.clock.advance(Duration.ofSeconds(1));
                assertThat(ofRed.nextEvent().getAlert().getEvidence().getNumbersMap())
                        .isEqualTo(alerts(red).get(0).getEvidence().getNumbersMap());
                assertThat(ofRed.waiting()).isZero();
            }
        }
    }

    private static void rulesAreTheirOwn(Channel blue, Channel red) {
        Rule.Builder rule = Rule.newBuilder().setName("mine").setDetector("absence");
        rule.addInputsBuilder().getSelectorBuilder().setMetric(RunningCollector.METRIC);
        AdminServiceGrpc.newBlockingStub(blue)
                .addRule(AddRuleRequest.newBuilder().setRule(rule).build());

        assertThat(rules(blue)).isEqualTo(2);
        assertThat(rules(red)).isEqualTo(1);

        AdminServiceGrpc.newBlockingStub(red)
                .addRule(AddRuleRequest.newBuilder().setRule(rule).build());
        AdminServiceGrpc.newBlockingStub(blue)
                .removeRule(RemoveRuleRequest.newBuilder().setName("mine").build());
        assertThat(rules(blue)).isEqualTo(1);
        assertThat(rules(red)).isEqualTo(2);
    }

    private static List<Integer> partitionsOf(Channel channel) {
        return QueryServiceGrpc.newBlockingStub(channel)
                .getHealth(GetHealthRequest.getDefaultInstance())
                .getPartitionsList()
                .stream()
                .map(PartitionHealth::getPartition)
                .toList();
    }

    private static int rules(Channel channel) {
        return AdminServiceGrpc.newBlockingStub(channel)
                .listRules(ListRulesRequest.getDefaultInstance())
                .getRulesCount();
    }
}
