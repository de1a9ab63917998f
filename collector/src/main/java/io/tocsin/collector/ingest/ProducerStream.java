/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.rpc.Code;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.Intake.CheckedBatch;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.Traces;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.Heartbeat;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.MalformedBatchException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** A stream after its Hello: one producer sending to one partition. Confined to its call's thread; the answers go their own way. */
final class ProducerStream {
    private static final long HEARD_EVERY_MILLIS = 250;
    private static final int MAX_WAITING_DEFINITIONS = 100;
    private static final Duration RETRY_BROKEN_JOURNAL = Duration.ofSeconds(5);

    private final ProducerKey producer;
    private final Partition partition;
    private final ProducerNames names;
    private final IngestSettings settings;
    private final IngestCounters counters;
    private final Admission admission;
    private final HeardProducer heardOf;
    private final InstantSource clock;
    private final StreamAnswers answers;
    private final Traces traces;
    private final boolean recording;
    private final Runnable requireThere;

    private final BatchDecoder decoder;
    private final BatchColumns columns = new BatchColumns();
    private final BatchCheck check = new BatchCheck();
    private final ClockOffset offset = new ClockOffset();
    private final Deque<Definitions> waitingDefinitions = new ArrayDeque<>();
    private boolean defined;
    private boolean redefineAsked;
    private long heardMillis = Long.MIN_VALUE;

    /** @param requireThere throws NOT_FOUND if the partition is a recording that was removed */
    ProducerStream(
            ProducerKey producer,
            Partition partition,
            ProducerNames names,
            IngestSettings settings,
            IngestCounters counters,
            InstantSource clock,
            HeardProducer heardOf,
            Runnable requireThere,
            StreamAnswers answers,
            Traces traces) {
        this.producer = producer;
        this.partition = partition;
        this.names = names;
        this.settings = settings;
        this.counters = counters;
        this.admission = new Admission(counters);
        this.clock = clock;
        this.heardOf = heardOf;
        this.requireThere = requireThere;
        this.answers = answers;
        this.traces = traces;
        this.recording = partition.recording().isPresent();
        this.decoder = new BatchDecoder(settings.maxBatchRecords());
    }

    ProducerKey producer() {
        return producer;
    }

    Partition partition() {
        return partition;
    }

    /** Collector minus producer, as measured. */
    long measureClock(long producerMillis) {
        offset.measure(clock.millis(), producerMillis);
        heardOf.clockOffset(offset.millis());
        return offset.millis();
    }

    void heartbeat(Heartbeat heartbeat) {
        measureClock(heartbeat.getClockMillis());
        heard(clock.millis());
        defineWaiting();
    }

    void heard(long nowMillis) {
        if (heardMillis == Long.MIN_VALUE || nowMillis - heardMillis >= HEARD_EVERY_MILLIS || nowMillis < heardMillis) {
            heardMillis = nowMillis;
            heardOf.heard(nowMillis);
            partition.intake().heard(producer);
        }
    }

    void define(Definitions definitions) {
        defined = true;
        redefineAsked = false;
        waitingDefinitions.add(definitions);
        defineWaiting();
        if (waitingDefinitions.size() > MAX_WAITING_DEFINITIONS) {
            throw CallErrors.exhausted(
                    MAX_WAITING_DEFINITIONS + " messages of definitions wait for the journal, more are not taken",
                    settings.retryAfter());
        }
    }

    /** False: some still wait, because the journal has no room. */
    private boolean defineWaiting() {
        while (!waitingDefinitions.isEmpty()) {
            if (!names.define(waitingDefinitions.element(), partition.intake())) {
                return false;
            }
            waitingDefinitions.remove();
        }
        return true;
    }

    void batch(byte[] bytes) {
        long now = clock.millis();
        counters.batches.increment();
        counters.batchBytes.add(bytes.length);
        heard(now);
        if (bytes.length > settings.maxBatchBytes()) {
            refuseUnread(bytes, "has " + bytes.length + " bytes, allowed are " + settings.maxBatchBytes());
            return;
        }
        try {
            decoder.decode(bytes, 0, bytes.length, columns);
        } catch (MalformedBatchException e) {
            refuseUnread(bytes, "cannot be read: " + e.getMessage());
            return;
        }
        long sequence = columns.sequence();
        if (sequence < 1) {
            counters.addRefused(IngestCounters.Refused.INVALID);
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.INVALID_ARGUMENT,
                            "batch sequence must be 1 to " + Long.MAX_VALUE + ", was "
                                    + Long.toUnsignedString(sequence)),
                    false);
        } else if (!defined && columns.rows() > 0) {
            askForDefinitions(sequence);
        } else {
            submit(sequence, bytes, now);
        }
    }

    private void askForDefinitions(long sequence) {
        counters.unreadBatches.increment();
        if (!redefineAsked) {
            redefineAsked = true;
            counters.redefines.increment();
            answers.add(ProtoAnswers.redefine(sequence), false);
        }
    }

    private void submit(long sequence, byte[] bytes, long now) {
        if (!defineWaiting()) {
            requireThere.run();
            counters.addRefused(IngestCounters.Refused.FULL);
            partition.intake().refused(producer.tenant());
            refuseForNow(sequence);
            return;
        }
        counters.countTraced(columns);
        BatchTrail trail = traces.streamed(
                producer.producer(),
                sequence,
                bytes.length,
                columns.rows(),
                columns.hasTraceContext() ? columns.traceContext() : Traces.NO_CONTEXT);
        TimeLimits limits = recording ? TimeLimits.recording(now) : TimeLimits.live(now, settings);
        // a recording's times are data, not the producer's present
        long correction = recording ? 0 : offset.appliedMillis();
        check.check(columns, names, limits, correction);
        if (correction != 0) {
            counters.correctedBatches.increment();
        }
        var rejections = check.rejections().records();
        CheckedBatch checked = new CheckedBatch(
                producer,
                producer,
                sequence,
                BatchForm.STREAM,
                bytes,
                Fingerprint.of(bytes),
                rejections,
                correction,
                now,
                check.earliestMillis(),
                check.latestMillis(),
                columns.rows() - rejections.size(),
                trail);
        trail.handedOver(rejections.size());
        answers.expectOne();
        if (!admission.submit(partition.intake(), checked, heardOf, new StreamAnswer(trail))) {
            trail.failed(admission.full(partition.intake()));
            requireThere.run();
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.RESOURCE_EXHAUSTED,
                            admission.full(partition.intake()),
                            settings.retryAfter()),
                    true);
        }
    }

    private void refuseForNow(long sequence) {
        answers.add(
                ProtoAnswers.refusal(
                        sequence, Code.RESOURCE_EXHAUSTED, admission.full(partition.intake()), settings.retryAfter()),
                false);
    }

    /** Alone if its sequence can be told, else with the whole stream, since its sender could not know which batch is meant. */
    private void refuseUnread(byte[] bytes, String problem) {
        counters.addRefused(IngestCounters.Refused.INVALID);
        OptionalLong sequence = SequenceOfBatch.find(bytes);
        if (sequence.isEmpty()) {
            throw CallErrors.invalid("batch", problem);
        }
        answers.add(
                ProtoAnswers.refusal(
                        sequence.getAsLong(),
                        Code.INVALID_ARGUMENT,
                        "batch " + Long.toUnsignedString(sequence.getAsLong()) + " " + problem),
                false);
    }

    /** Completes the stream when all of it is in the journal and answered. */
    void goodbye() {
        var unused = partition.intake().goodbye(producer).whenComplete((position, thrown) -> {
            if (thrown == null) {
                heardOf.saysGoodbye();
                answers.finish();
            } else {
                answers.fail(CallErrors.unavailable(
                        "Goodbye at " + CallTimes.show(clock.millis()) + " could not be written: "
                                + thrown.getMessage(),
                        RETRY_BROKEN_JOURNAL));
            }
        });
    }

    /** The journal's answer to one batch of this stream, on the journal's thread. */
    private final class StreamAnswer implements Intake.Answers {
        private final BatchTrail trail;

        StreamAnswer(BatchTrail trail) {
            this.trail = trail;
        }

        @Override
        public void accepted(Answer answer) {
            trail.accepted(answer.alreadyAccepted());
            answers.answered(answer);
        }

        @Override
        public void conflicting(long sequence) {
            trail.failed("the sequence was used with other bytes");
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.FAILED_PRECONDITION,
                            "batch " + sequence
                                    + " was accepted before with other bytes, or lies behind a gap of thousands; sequences count from 1 and each is used once"),
                    true);
        }

        @Override
        public void fenced(long sequence, long byEpoch) {
            trail.failed("the epoch is over");
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.FAILED_PRECONDITION,
                            "batch " + sequence + " must be of an epoch that goes on: \"" + producer.producer()
                                    + "\" said Goodbye in epoch " + producer.epoch() + " and has begun epoch "
                                    + byEpoch),
                    true);
        }

        @Override
        public void refused(long sequence) {
            trail.failed(admission.full(partition.intake()));
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.RESOURCE_EXHAUSTED,
                            admission.full(partition.intake()),
                            settings.retryAfter()),
                    true);
        }

        @Override
        public void failed(long sequence, String reason) {
            trail.failed(reason);
            answers.add(
                    ProtoAnswers.refusal(
                            sequence,
                            Code.UNAVAILABLE,
                            "batch " + sequence + " is not in the journal: " + reason,
                            RETRY_BROKEN_JOURNAL),
                    true);
        }
    }
}
