/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the collector with SIGKILL at random moments while a producer in another process, this one, writes down what was acknowledged. Then LOST (acknowledged
 * and not counted), DUP (counted twice) and PHANTOM (counted and never sent) must be 0, and a subscriber that resumed by its cursor after each kill must
 * have seen every event once.
 *
 * <p>{@code -Dtocsin.faults.kills=N} (25) and {@code -Dtocsin.faults.seed=N} (1). Begins with the profile {@code faults} only.
 */
@Tag("faults")
class KilledCollectorTest {
    private static final String RULE =
            "- {name: outage, detector: outage, select: {metric: gen_ai.invoke_agent.duration}, group-by: [gen_ai.agent.name]}\n";
    private static final int MAX_UP_MILLIS = 3_000;

    @TempDir
    Path folder;

    private final List<AlertEvent> seen = new ArrayList<>();
    private final List<Long> startMillis = new ArrayList<>();
    private String begin = "";
    private String cursor = "";

    @Test
    void losesNothingCountsNothingTwiceAndInventsNothing() throws Exception {
        int kills = Integer.getInteger("tocsin.faults.kills", 25);
        long seed = Long.getLong("tocsin.faults.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        AtomicReference<CollectorProcess> collector = new AtomicReference<>(CollectorProcess.start(folder, RULE));
        LedgerProducer producer = new LedgerProducer("p", () -> collector.get().grpc());
        Thread producing = new Thread(producer, "producer");
        producing.start();
        try {
            for (int kill = 0; kill < kills; kill++) {
                startMillis.add(collector.get().startMillis());
                subscribeFor(collector.get(), random.nextInt(MAX_UP_MILLIS));
                collector.get().kill();
                collector.set(CollectorProcess.start(folder, RULE));
            }
            producer.stop();
            producing.join(60_000);
            assertThat(producing.isAlive())
                    .as("everything is acknowledged in the end")
                    .isFalse();
            judge(collector.get(), producer, kills, seed);
            assertThat(collector.get().stop()).as("stops by itself").isTrue();
        } finally {
            collector.get().close();
            producing.interrupt();
        }
    }

    private static ManagedChannel channel(CollectorProcess collector) {
        return NettyChannelBuilder.forTarget(collector.grpc())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    /** Takes events for so long; remembers its cursor. */
    private void subscribeFor(CollectorProcess collector, long millis) throws InterruptedException {
        ManagedChannel channel = channel(collector);
        try (SubscriberClient subscriber =
                new SubscriberClient(channel, SubscribeRequest.newBuilder().setCursor(cursor))) {
            if (cursor.isEmpty()) {
                SubscribeResponse first = next(subscriber);
                assertThat(first.hasSnapshot()).isTrue();
                begin = first.getCursor();
                cursor = begin;
            }
            long end = System.nanoTime() + millis * 1_000_000;
            while (System.nanoTime() < end) {
                while (subscriber.waiting() > 0) {
                    SubscribeResponse response = subscriber.next();
                    assertThat(response.hasEvent()).as(response.toString()).isTrue();
                    seen.add(response.getEvent());
                    cursor = response.getCursor();
                }
                Thread.sleep(5);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    /** Machines that run faults are busy. */
    private static SubscribeResponse next(SubscriberClient subscriber) {
        await().atMost(java.time.Duration.ofSeconds(120)).until(() -> subscriber.waiting() > 0);
        return subscriber.next();
    }

    private void judge(CollectorProcess collector, LedgerProducer producer, int kills, long seed) throws Exception {
        Map<String, Counted> counted = counted(collector, producer);
        long lost = 0;
        for (long sequence = 1; sequence <= producer.sent(); sequence++) {
            long mask = counted.getOrDefault(producer.agentOf(sequence), new Counted())
                    .mask();
            boolean isCounted = (mask >> LedgerProducer.bitOf(sequence) & 1) == 1;
            lost += !isCounted && producer.acknowledged().contains(sequence) ? 1 : 0;
        }
        long phantom = 0;
        long dup = 0;
        for (Map.Entry<String, Counted> agent : counted.entrySet()) {
            long mask = agent.getValue().mask();
            phantom += Long.bitCount(mask & ~producer.maskOf(agent.getKey()));
            // a batch that counts twice adds a record, and no bit of its own
            dup += Math.max(0, agent.getValue().records() - Long.bitCount(mask));
        }
        List<AlertEvent> all = eventsFromTheBeginning(collector);
        startMillis.sort(null);
        System.out.printf(
                "FAULTS kill -9: kills=%d seed=%d batches=%d acked=%d resent=%d connections=%d events=%d"
                        + " LOST=%d DUP=%d PHANTOM=%d start p50=%d ms max=%d ms%n",
                kills,
                seed,
                producer.sent(),
                producer.acknowledged().size(),
                producer.resent(),
                producer.connections(),
                all.size(),
                lost,
                dup,
                phantom,
                startMillis.get(startMillis.size() / 2),
                startMillis.get(startMillis.size() - 1));
        assertThat(producer.refusals()).isEmpty();
        assertThat(producer.acknowledged()).hasSize((int) producer.sent());
        assertThat(List.of(lost, dup, phantom)).containsOnly(0L);
        assertThat(seen).as("live equals replay, and nothing is skipped").isEqualTo(all.subList(0, seen.size()));
        assertThat(seen).isNotEmpty();
    }

    private static Map<String, Counted> counted(CollectorProcess collector, LedgerProducer producer) {
        ManagedChannel channel = channel(collector);
        try {
            return Counted.byAgent(channel, producer.beginSeconds() - 60, System.currentTimeMillis() / 1_000 + 60);
        } finally {
            channel.shutdownNow();
        }
    }

    private List<AlertEvent> eventsFromTheBeginning(CollectorProcess collector) {
        List<AlertEvent> all = new ArrayList<>();
        ManagedChannel channel = channel(collector);
        try (SubscriberClient subscriber =
                new SubscriberClient(channel, SubscribeRequest.newBuilder().setCursor(begin))) {
            while (all.size() < seen.size()) {
                all.add(next(subscriber).getEvent());
            }
        } finally {
            channel.shutdownNow();
        }
        return all;
    }
}
