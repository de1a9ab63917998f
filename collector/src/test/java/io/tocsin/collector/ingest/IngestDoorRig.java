/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.call.FakeIntake;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.v1.IngestServiceGrpc;
import java.time.Duration;

/** The ingest door behind a port, before fakes. */
final class IngestDoorRig implements AutoCloseable {
    static final IngestSettings SMALL = new IngestSettings(
            4_096, 100, 8_192, Duration.ofMinutes(10), Duration.ofDays(35), Duration.ofMillis(500), 20_000);

    final FakePartitions partitions = new FakePartitions();
    final ManualClock clock = new ManualClock();
    final IngestCounters counters;
    final DoorServer server;

    IngestDoorRig() {
        this(IngestSettings.DEFAULTS);
    }

    IngestDoorRig(IngestSettings settings) {
        counters = new IngestCounters(settings);
        server = new DoorServer(
                settings.maxMessageBytes(),
                executor -> new IngestDoor(partitions, settings, counters, clock, executor));
    }

    FakeIntake intake() {
        return partitions.live().intake();
    }

    StreamClient stream() {
        return new StreamClient(server.channel());
    }

    /** Has said Hello and defined. */
    StreamClient readyStream() {
        StreamClient client = stream().hello().define();
        if (!client.next().hasWelcome()) {
            throw new AssertionError("no welcome");
        }
        return client;
    }

    IngestServiceGrpc.IngestServiceBlockingStub push() {
        return IngestServiceGrpc.newBlockingStub(server.channel());
    }

    @Override
    public void close() {
        server.close();
    }
}
