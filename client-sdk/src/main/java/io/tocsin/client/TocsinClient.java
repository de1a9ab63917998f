/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.client.internal.delivery.GuardedTracing;
import io.tocsin.client.internal.delivery.Sender;
import io.tocsin.client.internal.delivery.SenderSettings;
import io.tocsin.client.internal.delivery.Tally;
import io.tocsin.client.internal.delivery.TroubleLog;
import io.tocsin.client.internal.queue.RecordQueue;
import io.tocsin.client.internal.queue.RecordQueue.QueueCounts;
import io.tocsin.client.internal.queue.SenderBell;
import io.tocsin.client.internal.spill.SpillCounts;
import io.tocsin.v1.SeriesKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a service does to Tocsin.
 *
 * <pre>{@code
 * try (TocsinClient tocsin = TocsinClient.builder().endpoint("127.0.0.1:7317").build()) {
 *     Outcomes calls = tocsin.outcomes("gen_ai.invoke_agent.duration", Attributes.of("gen_ai.agent.name", "planner"));
 *     calls.record(Duration.ofMillis(120), Status.OK);
 * }
 * }</pre>
 *
 * <p>A record is queued in memory and sent by one daemon thread, in batches that are kept and sent again until the
 * collector acknowledges them. It never hurts its host: after {@code build} nothing throws, recording takes no lock and
 * (unless {@link WhenFull#WAIT}) never waits, and all memory is bounded. What is lost at a bound is counted: see
 * {@link #balance()}. Thread-safe.
 */
public final class TocsinClient implements AutoCloseable {
    private static final long JOIN_MARGIN_MILLIS = 1_000;

    private final RecordQueue queue;
    private final Sender sender;
    private final SeriesHandles handles;
    private final Recorder recorder;
    private final Duration closeTimeout;
    private final boolean spills;

    TocsinClient(Builder builder, SenderSettings settings) {
        TroubleLog log = new TroubleLog();
        Catalog catalog = new Catalog();
        SenderBell bell = new SenderBell();
        closeTimeout = builder.closeTimeout;
        spills = settings.spill() != null;
        queue = new RecordQueue(builder.maxQueuedRecords, settings.maxBatchRecords(), builder.whenFull, bell);
        handles = new SeriesHandles(catalog, log);
        GuardedTracing tracing = new GuardedTracing(builder.tracing, log);
        recorder = new Recorder(queue, catalog, builder.clock, System::nanoTime, log, tracing);
        sender = new Sender(settings, queue, bell, catalog, log, tracing, System::nanoTime);
        sender.start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The handle for requests or tasks of that metric and attributes; always the same one. Never null, never throws. */
    public Outcomes outcomes(@Nullable String metric, @Nullable Attributes attributes) {
        return handles.find(
                metric,
                attributes,
                SeriesKind.SERIES_KIND_OUTCOME,
                Outcomes.class,
                series -> new Outcomes(recorder, series));
    }

    /**
     * A request begins now whose series is known only at its end: stop it by {@link Stopwatch#stopAs}. The other ways to stop it
     * drop it as {@link DropReason#INVALID}.
     */
    public Stopwatch beginUndecided() {
        return recorder.begin(Recorder.BAD_SERIES);
    }

    /** The handle for increments, as {@link #outcomes}. */
    public Counter counter(@Nullable String metric, @Nullable Attributes attributes) {
        return handles.find(
                metric,
                attributes,
                SeriesKind.SERIES_KIND_COUNTER,
                Counter.class,
                series -> new Counter(recorder, series));
    }

    /** The handle for values, as {@link #outcomes}. */
    public Gauge gauge(@Nullable String metric, @Nullable Attributes attributes) {
        return handles.find(
                metric, attributes, SeriesKind.SERIES_KIND_GAUGE, Gauge.class, series -> new Gauge(recorder, series));
    }

    /** Where all records are. The sum holds at any time; single figures may be a moment old while records move. */
    public Balance balance() {
        if (sender.isFinished()) {
            queue.sweep();
        }
        Tally tally = sender.tally();
        QueueCounts counts = queue.counts(tally.taken());
        return new Balance(
                counts.submitted() + tally.spill().restored(),
                tally.acked(),
                tally.rejected(),
                Map.of(
                        DropReason.QUEUE_FULL, counts.full(),
                        DropReason.INVALID, counts.invalid(),
                        DropReason.CLOSED, counts.closed() + tally.closed(),
                        DropReason.UNDELIVERABLE, tally.undeliverable(),
                        DropReason.SPILL_FULL, tally.spill().full(),
                        DropReason.SPILL_EXPIRED, tally.spill().expired(),
                        DropReason.SPILL_UNREADABLE, tally.spill().unreadable()),
                counts.waiting() + tally.held() + tally.kept(),
                tally.inFlight());
    }

    /** How the spill is; empty without {@link Builder#spillDirectory}. */
    public Optional<SpillStatus> spill() {
        if (!spills) {
            return Optional.empty();
        }
        Tally tally = sender.tally();
        SpillCounts counts = tally.spill();
        return Optional.of(new SpillStatus(
                tally.kept(),
                counts.bytes(),
                counts.restored(),
                counts.damagedBatches(),
                counts.tornTails(),
                tally.unspilled(),
                counts.problem()));
    }

    /**
     * Waits until all that was recorded before, and what former clients left in the spill, is acked, rejected or dropped.
     *
     * @return false if that took longer than {@code timeout}, or the caller was interrupted (and still is)
     */
    public boolean flush(Duration timeout) {
        try {
            return sender.flush(nanos(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where the batch is that was acknowledged last. */
    public Optional<AckedPosition> lastAcked() {
        return sender.lastAcked();
    }

    /** How the way to the collector is, the circuit breaker's state included. */
    public ConnectionStatus connection() {
        return sender.connection();
    }

    /**
     * Sends what is queued, says Goodbye, and ends; within the close timeout. What is left then stays in the spill, or is dropped and counted as
     * {@link DropReason#CLOSED}, as is all that is recorded later. May be called again.
     */
    @Override
    public void close() {
        queue.close();
        sender.beginClose(closeTimeout.toNanos());
        try {
            sender.awaitEnd(closeTimeout.toMillis() + JOIN_MARGIN_MILLIS);
        } catch (InterruptedException e) {
            // the sender ends by itself, in the time it was given
            Thread.currentThread().interrupt();
        }
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
