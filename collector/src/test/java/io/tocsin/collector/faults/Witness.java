/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.tocsin.collector.stream.SubscriberClient;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A subscriber that goes on from its cursor with each collector, and remembers every event. */
final class Witness {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final List<AlertEvent> seen = new ArrayList<>();
    private String begin = "";
    private String cursor = "";

    int seen() {
        return seen.size();
    }

    /** In order. */
    List<AlertEvent> events() {
        return List.copyOf(seen);
    }

    /** Takes events while {@code more}, and the connection lasts. */
    void watch(Channel collector, BooleanSupplier more) {
        try (SubscriberClient subscriber =
                new SubscriberClient(collector, SubscribeRequest.newBuilder().setCursor(cursor))) {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(LONGEST)
                    .until(() -> {
                        boolean last = !more.getAsBoolean();
                        while (subscriber.waiting() > 0) {
                            take(subscriber.next());
                        }
                        return last;
                    });
        }
    }

    /** Takes events until none has come for a while. */
    void watchUntilQuiet(Channel collector) {
        int[] before = {seen.size()};
        long[] since = {System.nanoTime()};
        watch(collector, () -> {
            if (seen.size() > before[0]) {
                before[0] = seen.size();
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] < QUIET.toNanos();
        });
    }

    private void take(SubscribeResponse response) {
        if (cursor.isEmpty()) {
            assertThat(response.hasSnapshot()).as(response.toString()).isTrue();
            begin = response.getCursor();
        } else {
            assertThat(response.hasEvent()).as(response.toString()).isTrue();
            seen.add(response.getEvent());
        }
        cursor = response.getCursor();
    }

    /** What was seen, piece by piece, is what the collector tells from the beginning: live equals replay, and nothing is skipped. */
    void compareWithAll(Channel collector) {
        List<AlertEvent> all = new ArrayList<>();
        try (SubscriberClient subscriber =
                new SubscriberClient(collector, SubscribeRequest.newBuilder().setCursor(begin))) {
            while (all.size() < seen.size()) {
                await().atMost(Duration.ofSeconds(120)).until(() -> subscriber.waiting() > 0);
                all.add(subscriber.next().getEvent());
            }
        }
        assertThat(seen).as("events as they were seen are those of now").isEqualTo(all);
    }
}
