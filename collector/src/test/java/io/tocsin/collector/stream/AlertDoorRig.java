/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static io.tocsin.collector.call.FakeEvents.alert;

import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.call.FakeEvents;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.SubscribeRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The alert door behind a port, before fakes. */
final class AlertDoorRig implements AutoCloseable {
    static final SubscriptionSettings QUICK =
            new SubscriptionSettings(3, 100, Duration.ofSeconds(10), Duration.ofMillis(40));

    final FakePartitions partitions;
    final ManualClock clock = new ManualClock();
    final SubscriptionCounters counters = new SubscriptionCounters();
    final DoorServer server;
    private final AtomicReference<AlertDoor> door = new AtomicReference<>();

    AlertDoorRig() {
        this(new FakePartitions(), QUICK);
    }

    AlertDoorRig(FakePartitions partitions, SubscriptionSettings settings) {
        this.partitions = partitions;
        server = new DoorServer(4 << 20, executor -> {
            AlertDoor opened = new AlertDoor(partitions, settings, counters, clock, executor, Duration.ofMillis(300));
            opened.start();
            door.set(opened);
            return opened;
        });
    }

    FakeEvents events() {
        return partitions.live().events();
    }

    void fire(String id) {
        fire("default", id, Severity.HIGH);
    }

    void fire(String tenant, String id, Severity severity) {
        events().append(alert(tenant, id, AlertState.FIRING, severity, false));
    }

    SubscriberClient subscribe() {
        return subscribe("");
    }

    SubscriberClient subscribe(String cursor) {
        return new SubscriberClient(
                server.channel(), SubscribeRequest.newBuilder().setCursor(cursor));
    }

    AlertServiceGrpc.AlertServiceBlockingStub alerts() {
        return AlertServiceGrpc.newBlockingStub(server.channel());
    }

    void stopDoor() {
        door.get().close();
    }

    @Override
    public void close() {
        stopDoor();
        server.close();
    }
}
