/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that tells trials of the events about them. Thread-safe. */
final class AlertListener implements AutoCloseable, StreamObserver<SubscribeResponse> {
    /** How long after its end a window may be judged: the collector's default. */
    static final long ALLOWANCE_MILLIS = 1_000;

    private static final long LONGEST_SUBSCRIBE_SECONDS = 10;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<String, Trial> byRuleAndGroup;
    private final InstantSource clock;
    private final ManagedChannel channel;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile @Nullable String problem;

    AlertListener(int port, Map<String, Trial> byRuleAndGroup, InstantSource clock) throws InterruptedException {
        this.byRuleAndGroup = byRuleAndGroup;
        this.clock = clock;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        AlertServiceGrpc.newStub(channel)
                .subscribe(
                        SubscribeRequest.newBuilder()
                                .setFilter(AlertFilter.newBuilder().addStates(AlertState.ALERT_STATE_FIRING))
                                .build(),
                        this);
        if (!subscribed.await(LONGEST_SUBSCRIBE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a subscription must begin with a snapshot, did not in 10 s: " + problem);
        }
    }

    static String key(String rule, String group) {
        return rule + "/" + group;
    }

    @Override
    public void onNext(SubscribeResponse response) {
        switch (response.getMessageCase()) {
            case SNAPSHOT -> subscribed.countDown();
            case EVENT -> hear(response.getEvent(), System.nanoTime(), clock.instant());
            case GAP -> problem = "no event may be missed, were: " + response.getGap();
            default -> {
                // still here
            }
        }
    }

    private void hear(AlertEvent event, long nanos, Instant now) {
        Alert alert = event.getAlert();
        Trial trial = byRuleAndGroup.get(key(alert.getRule(), group(alert)));
        if (trial == null || !trial.subject.isAbout(alert.getKind())) {
            return;
        }
        // the event's time is the engine's clock as it judged, at or up to a tick after the instant that is meant
        long eventMillis =
                event.getTime().getSeconds() * 1_000 + event.getTime().getNanos() / 1_000_000;
        long judgeableMillis = judgeableMillis(eventMillis);
        long agoNanos = ChronoUnit.MICROS.between(Instant.ofEpochMilli(judgeableMillis), now) * NANOS_PER_MICRO;
        trial.hear(nanos, nanos - agoNanos);
    }

    /** The last instant at which windows became judgeable, at that engine time. */
    static long judgeableMillis(long engineMillis) {
        long end = Math.floorDiv(engineMillis - ALLOWANCE_MILLIS, Subject.STEP_MILLIS) * Subject.STEP_MILLIS;
        return end + ALLOWANCE_MILLIS;
    }

    private static String group(Alert alert) {
        for (Attribute attribute : alert.getGroupList()) {
            if (attribute.getKey().equals(Subject.GROUP)) {
                return attribute.getValue();
            }
        }
        return "";
    }

    /** Throws if an event may have been missed. */
    void check() {
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void onError(Throwable t) {
        problem = "the subscription has ended: " + t;
    }

    @Override
    public void onCompleted() {
        problem = "the subscription has ended";
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
