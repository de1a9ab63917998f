/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A producer that writes down what it sends, and the collector that it sends to now; for faults that a collector survives, or that end it once. */
final class LoadedCollector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final ClassPath classes;
    private final Witness witness = new Witness();
    private final LedgerProducer producer = new LedgerProducer("p", this::grpc);
    private final Thread producing = new Thread(producer, "producer");
    private volatile CollectorProcess collector;

    LoadedCollector(Path folder, ClassPath classes) {
        this.folder = folder;
        this.classes = classes;
    }

    private String grpc() {
        CollectorProcess now = collector;
        return now == null || now.grpc().isEmpty() ? "127.0.0.1:1" : now.grpc();
    }

    CollectorProcess collector() {
        return collector;
    }

    LedgerProducer producer() {
        return producer;
    }

    /** Starts a collector, in the place of one that has ended, and waits for an acknowledgement of it. */
    void start(Launch launch) throws IOException {
        start(launch, classes);
    }

    /** The same of another build. */
    void start(Launch launch, ClassPath build) throws IOException {
        CollectorProcess started = CollectorProcess.start(folder, build, launch);
        collector = started;
        assertThat(started.awaitReady()).as(started.said()).isTrue();
        if (!producing.isAlive()) {
            producing.start();
        }
        await().atMost(PATIENCE).until(() -> producer.firstAckNanos(started.grpc()) != 0);
    }

    /** Takes the events that there are. */
    void watch(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ManagedChannel channel = CrashLoop.channel(collector);
        try {
            witness.watch(channel, () -> System.nanoTime() - end < 0);
        } finally {
            channel.shutdownNow();
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + collector.http() + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Of partition 0, from the page for Prometheus. */
    long metric(String name) throws IOException, InterruptedException {
        String page = get("/metrics").body();
        return page.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("partition=\"0\""))
                .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + page));
    }

    /** Lets the producer come to its end, and compares. */
    LedgerAudit audit() throws InterruptedException {
        producer.stop();
        producing.join(PATIENCE.toMillis());
        assertThat(producing.isAlive())
                .as("everything is acknowledged in the end")
                .isFalse();
        assertThat(producer.refusals()).isEmpty();
        assertThat(producer.acknowledged()).hasSize((int) producer.sent());
        ManagedChannel channel = CrashLoop.channel(collector);
        try {
            LedgerAudit audit = LedgerAudit.of(channel, producer);
            witness.compareWithAll(channel);
            return audit;
        } finally {
            channel.shutdownNow();
        }
    }

    int events() {
        return witness.seen();
    }

    @Override
    public void close() {
        producing.interrupt();
        CollectorProcess last = collector;
        if (last != null) {
            last.close();
        }
    }
}
