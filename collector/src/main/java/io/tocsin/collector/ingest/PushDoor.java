/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.Calls;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.Intake.CheckedBatch;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.security.Tenant;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.Traces;
import io.tocsin.v1.PushKey;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.PushResponse;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code IngestService.Push}: turns rows into columns, with series ids of its own, and answers once they are in the journal. Thread-safe. */
final class PushDoor {
    static final int MAX_ROWS = 10_000;
    private static final Duration RETRY_BROKEN_JOURNAL = Duration.ofSeconds(5);

    private final Partitions partitions;
    private final IngestSettings settings;
    private final IngestCounters counters;
    private final Admission admission;
    private final InstantSource clock;
    private final Executor executor;
    private final PushNamesByPlace names;
    private final Traces traces;

    PushDoor(
            Partitions partitions,
            IngestSettings settings,
            IngestCounters counters,
            InstantSource clock,
            Executor executor,
            Traces traces) {
        this.partitions = partitions;
        this.settings = settings;
        this.counters = counters;
        this.admission = new Admission(counters);
        this.clock = clock;
        this.executor = executor;
        this.traces = traces;
        this.names = new PushNamesByPlace(settings.maxPushSeries(), clock.millis());
    }

    void push(PushRequest request, StreamObserver<PushResponse> caller) {
        Calls.answerLater(caller, () -> take(Tenant.current(), request));
    }

    private CompletableFuture<PushResponse> take(String tenant, PushRequest request) {
        counters.pushes.increment();
        check(request);
        Partition partition = IngestStream.partition(partitions, tenant, "recording", request.getRecording());
        long now = clock.millis();
        PushRows rows = new PushRows(
                request,
                partition.recording().isPresent() ? TimeLimits.recording(now) : TimeLimits.live(now, settings));
        ProducerKey scope = names.of(tenant, partition.number())
                .number(rows, partition.intake())
                .orElseThrow(() -> {
                    counters.addRefused(IngestCounters.Refused.FULL);
                    partition.intake().refused(tenant);
                    return full(partition);
                });
        return submit(tenant, request, partition, scope, rows, now);
    }

    private CompletableFuture<PushResponse> submit(
            String tenant, PushRequest request, Partition partition, ProducerKey scope, PushRows rows, long now) {
        PushKey key = request.getKey();
        long sequence = request.hasKey() ? key.getSequence() : 0;
        BatchColumns columns = rows.columns();
        columns.sequence(sequence);
        byte[] bytes = new BatchEncoder().encode(columns);
        counters.batchBytes.add(bytes.length);
        counters.countTraced(columns);
        BatchTrail trail = traces.pushed(key.getProducer(), sequence, bytes.length, columns.rows());
        List<RejectedRecord> rejections = rows.rejections();
        int accepted = columns.rows() - rejections.size();
        ProducerKey sender = new ProducerKey(tenant, key.getProducer(), key.getEpoch());
        HeardProducer heardOf = counters.producers().of(partition.number(), sender, now);
        CheckedBatch batch = new CheckedBatch(
                scope,
                request.hasKey() ? sender : scope,
                sequence,
                BatchForm.PUSH,
                bytes,
                // what was sent, not what it became: ids and "now" differ when the same push comes again
                request.hasKey() ? Fingerprint.of(PushContent.of(request)) : Fingerprint.of(bytes),
                rejections,
                0,
                now,
                rows.earliestMillis(),
                rows.latestMillis(),
                accepted,
                trail);
        trail.handedOver(rejections.size());
        CompletableFuture<PushResponse> response = new CompletableFuture<>();
        if (!admission.submit(
                partition.intake(), batch, heardOf, new PushAnswer(partition, columns.rows(), response, trail))) {
            trail.failed(admission.full(partition.intake()));
            throw full(partition);
        }
        // off the journal's thread, which completes it
        return response.thenApplyAsync(answer -> answer, executor);
    }

    private io.grpc.StatusRuntimeException full(Partition partition) {
        return CallErrors.exhausted(admission.full(partition.intake()), settings.retryAfter());
    }

    private void check(PushRequest request) {
        int rows = request.getOutcomesCount() + request.getMeasurementsCount();
        try {
            if (rows < 1 || rows > MAX_ROWS) {
                throw CallErrors.invalid(
                        "outcomes and measurements", "must be 1 to " + MAX_ROWS + " rows, were " + rows);
            }
            if (request.hasKey()) {
                IngestStream.checkProducer("key.producer", request.getKey().getProducer());
                requirePositive("key.epoch", 0, request.getKey().getEpoch());
                requirePositive("key.sequence", 1, request.getKey().getSequence());
            }
        } catch (io.grpc.StatusRuntimeException e) {
            counters.addRefused(IngestCounters.Refused.INVALID);
            throw e;
        }
    }

    private static void requirePositive(String field, long least, long value) {
        if (value < least) {
            throw CallErrors.invalid(
                    field, "must be " + least + " to " + Long.MAX_VALUE + ", was " + Long.toUnsignedString(value));
        }
    }

    /** The journal's answer to one push. */
    private final class PushAnswer implements Intake.Answers {
        private final Partition partition;
        private final int rows;
        private final CompletableFuture<PushResponse> response;
        private final BatchTrail trail;

        PushAnswer(Partition partition, int rows, CompletableFuture<PushResponse> response, BatchTrail trail) {
            this.partition = partition;
            this.rows = rows;
            this.response = response;
            this.trail = trail;
        }

        @Override
        public void accepted(Answer answer) {
            trail.accepted(answer.alreadyAccepted());
            PushResponse.Builder accepted = PushResponse.newBuilder()
                    .setAccepted(rows - answer.rejections().size())
                    .setPosition(ProtoAnswers.position(answer.position()))
                    .setAlreadyAccepted(answer.alreadyAccepted());
            for (RejectedRecord rejected : answer.rejections()) {
                accepted.addRejections(ProtoAnswers.rejection(rejected));
            }
            response.complete(accepted.build());
        }

        @Override
        public void conflicting(long sequence) {
            trail.failed("the sequence was used with other rows");
            response.completeExceptionally(CallErrors.failedPrecondition(
                    "SEQUENCE_USED",
                    "key.sequence " + sequence + " was accepted before with other rows; a sequence is used once"));
        }

        @Override
        public void fenced(long sequence, long byEpoch) {
            trail.failed("the epoch is over");
            response.completeExceptionally(CallErrors.failedPrecondition(
                    "EPOCH_ENDED",
                    "key.epoch must be one that goes on: its producer said Goodbye in it and has begun epoch "
                            + byEpoch));
        }

        @Override
        public void refused(long sequence) {
            trail.failed(admission.full(partition.intake()));
            response.completeExceptionally(full(partition));
        }

        @Override
        public void failed(long sequence, String reason) {
            trail.failed(reason);
            response.completeExceptionally(
                    CallErrors.unavailable("the rows are not in the journal: " + reason, RETRY_BROKEN_JOURNAL));
        }
    }
}
