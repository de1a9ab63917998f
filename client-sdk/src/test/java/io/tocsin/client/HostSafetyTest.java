/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static io.tocsin.client.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.client.FakeCollector.Conduct;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a host does, it is not hurt. */
@Timeout(60)
class HostSafetyTest {
    @Test
    void neverThrowsForBadInputAndCountsIt() {
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).build()) {
            Outcomes good = tocsin.outcomes("calls", Attributes.empty());
            assertThatCode(() -> {
                        good.record((Duration) null, Status.OK);
                        good.record(Duration.ofSeconds(-1), Status.OK);
                        good.record(-1L, Status.OK);
                        good.record(1L, null);
                        good.recordAt(1, Double.NaN, Status.OK, null);
                        good.recordAt(1, Double.POSITIVE_INFINITY, Status.OK, null);
                        good.start(Duration.ZERO);
                        tocsin.counter("tokens", Attributes.empty()).increment(-1);
                        tocsin.gauge("depth", Attributes.empty()).set(Double.NaN);
                        // handles that cannot be series
                        tocsin.outcomes(null, Attributes.empty()).record(1L, Status.OK);
                        tocsin.outcomes("calls", null).record(1L, Status.OK);
                        tocsin.outcomes("", Attributes.empty()).record(1L, Status.OK);
                        tocsin.outcomes("n".repeat(129), Attributes.empty()).record(1L, Status.OK);
                        tocsin.outcomes("calls", Attributes.of("odd")).record(1L, Status.OK);
                        tocsin.outcomes("calls", Attributes.of("k", null)).record(1L, Status.OK);
                        tocsin.outcomes("calls", Attributes.of("k", "1", "k", "2"))
                                .record(1L, Status.OK);
                        tocsin.outcomes("calls", Attributes.of("tocsin.internal.x", "1"))
                                .record(1L, Status.OK);
                        tocsin.outcomes("calls", Attributes.of("k", "v".repeat(257)))
                                .record(1L, Status.OK);
                        tocsin.outcomes("calls", manyAttributes(33)).record(1L, Status.OK);
                        tocsin.gauge("calls", Attributes.empty()).set(1); // is of another kind already
                    })
                    .doesNotThrowAnyException();

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().submitted()).isEqualTo(20);
            assertThat(tocsin.balance().dropped(DropReason.INVALID)).isEqualTo(20);
            assertThat(collector.batches()).isEmpty();
        }
    }

    @Test
    void takesWhatIsJustAllowed() {
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).build()) {
            tocsin.outcomes("n".repeat(128), manyAttributes(32)).record(Duration.ZERO, Status.OK);
            tocsin.outcomes(
                            "calls",
                            Attributes.of("k".repeat(128), "v".repeat(256)).with("empty", ""))
                    .record(Duration.ofSeconds(Long.MAX_VALUE), Status.ERROR, "e".repeat(129));

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(2);
            assertThat(collector.errorTypes.get(
                            collector.batches().get(0).getOutcomes().getErrorType(0)))
                    .isEqualTo("other");
        }
    }

    @Test
    void callsErrorTypesBeyondAThousandOther() {
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            IntStream.range(0, 2_000).forEach(i -> calls.record(1L, Status.ERROR, "type" + i));

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(collector.errorTypes)
                    .hasSize(1_000)
                    .containsValue("other")
                    .doesNotContainValue("type1999");
            assertThat(tocsin.balance().acked()).isEqualTo(2_000);
        }
    }

    @Test
    void survivesAClockAndAListenerThatThrow() {
        AtomicBoolean broken = new AtomicBoolean();
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector)
                        .clock(() -> {
                            if (broken.get()) {
                                throw new IllegalStateException("planted");
                            }
                            return Instant.EPOCH;
                        })
                        .ackListener((sequence, records, nanos) -> {
                            throw new IllegalStateException("planted");
                        })
                        .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            calls.record(1L, Status.OK);
            assertThat(tocsin.flush(SOON)).isTrue();
            broken.set(true);
            calls.record(1L, Status.OK);
            calls.start().complete(Status.OK);
            broken.set(false);
            calls.record(1L, Status.OK);

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(2);
            assertThat(tocsin.balance().dropped(DropReason.INVALID)).isEqualTo(3);
        }
    }

    @Test
    void countsWhatComesAfterClose() {
        try (var collector = new FakeCollector(Conduct.KIND)) {
            var tocsin = Waits.client(collector).build();
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            Task task = calls.start();
            calls.record(1L, Status.OK);
            tocsin.close();
            tocsin.close();
            calls.record(1L, Status.OK);
            calls.record(-1L, null);
            task.complete(Status.OK);
            tocsin.gauge("late", Attributes.empty()).set(1);

            assertThat(tocsin.flush(Duration.ofSeconds(1))).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(2);
            assertThat(tocsin.balance().dropped(DropReason.CLOSED)).isEqualTo(4);
            assertThat(tocsin.balance().submitted()).isEqualTo(6);
        }
    }

    @Test
    void closesInTimeWhenTheCollectorIsAway() {
        int port;
        try (var gone = new FakeCollector(Conduct.KIND)) {
            port = gone.port();
        }
        var tocsin = TocsinClient.builder()
                .endpoint("127.0.0.1:" + port)
                .closeTimeout(Duration.ofMillis(300))
                .build();
        tocsin.outcomes("calls", Attributes.empty()).record(1L, Status.OK);
        assertThat(tocsin.flush(Duration.ofMillis(50))).isFalse();
        long begun = System.nanoTime();
        tocsin.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(tocsin.balance().dropped(DropReason.CLOSED)).isEqualTo(1);
        assertThat(tocsin.balance().queued()).isZero();
    }

    @Test
    void worksFromForkJoinTasks() throws Exception {
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).whenFull(WhenFull.WAIT).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            ForkJoinPool pool = new ForkJoinPool(8);
            pool.submit(() -> IntStream.range(0, 50_000).parallel().forEach(i -> calls.record(i, Status.OK)))
                    .get();
            pool.shutdown();

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(50_000);
            assertThat(collector.countedRows()).isEqualTo(50_000);
        }
    }

    @Test
    void worksFromVirtualThreads() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (var collector = new FakeCollector(Conduct.KIND);
                var tocsin = Waits.client(collector).whenFull(WhenFull.WAIT).build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            for (int i = 0; i < 20_000; i++) {
                virtual.execute(() -> calls.start().complete(Status.OK));
            }
            virtual.shutdown();
            assertThat(virtual.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

            assertThat(tocsin.flush(SOON)).isTrue();
            assertThat(tocsin.balance().acked()).isEqualTo(40_000);
        }
    }

    @Test
    void sendsWhatAShutdownHookRecords() throws Exception {
        try (var collector = new FakeCollector(Conduct.KIND)) {
            Process host = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RecordsInShutdownHook.class.getName(),
                            collector.endpoint())
                    .inheritIO()
                    .start();
            assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(host.exitValue()).isZero();
            assertThat(collector.latencies()).containsExactlyInAnyOrder(1.0, 2.0);
            assertThat(collector.goodbyes).isEqualTo(1);
        }
    }

    @Test
    void allocatesNothingToRecord() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        // the queue is full most of the time, so both ways of a record are walked
        try (var tocsin = TocsinClient.builder()
                .endpoint("127.0.0.1:1")
                .closeTimeout(Duration.ZERO)
                .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            recordMany(calls, 200_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            recordMany(calls, 200_000);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(bytes).as("bytes for 200,000 records").isLessThan(20_000);
        }
    }

    private static void recordMany(Outcomes calls, int count) {
        for (int i = 0; i < count; i++) {
            calls.record(i, Status.ERROR, "rate_limited");
        }
    }

    private static Attributes manyAttributes(int count) {
        Attributes attributes = Attributes.empty();
        for (int i = 0; i < count; i++) {
            attributes = attributes.with("key" + i, "value");
        }
        return attributes;
    }

    /** A host that records until its very end. */
    static final class RecordsInShutdownHook {
        public static void main(String[] args) {
            TocsinClient tocsin = TocsinClient.builder().endpoint(args[0]).build();
            Outcomes calls = tocsin.outcomes("calls", Attributes.empty());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                calls.recordAt(2, 2, Status.OK, null);
                tocsin.close();
            }));
            calls.recordAt(1, 1, Status.OK, null);
        }
    }
}
