/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.TooManyRecordingsException;
import io.tocsin.collector.trace.Traces;
import io.tocsin.v1.Hello;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import io.tocsin.wire.StreamFrame;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code IngestService.Stream}: minds the order of messages, Hello first and once, nothing after Goodbye. Confined to its
 * call's thread, as gRPC gives messages one by one.
 */
final class IngestStream implements StreamObserver<StreamFrame> {
    private final String tenant;
    private final Partitions partitions;
    private final KnownProducers producers;
    private final IngestSettings settings;
    private final IngestCounters counters;
    private final InstantSource clock;
    private final StreamAnswers answers;
    private final Traces traces;
    private @Nullable ProducerStream stream;
    private boolean goodbye;
    private boolean closed;

    IngestStream(
            String tenant,
            Partitions partitions,
            KnownProducers producers,
            IngestSettings settings,
            IngestCounters counters,
            InstantSource clock,
            ServerCallStreamObserver<StreamResponse> caller,
            StreamAnswers answers,
            Traces traces) {
        this.tenant = tenant;
        this.partitions = partitions;
        this.producers = producers;
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.answers = answers;
        this.traces = traces;
        counters.streamsOpened.increment();
        caller.disableAutoRequest();
        caller.setOnReadyHandler(answers::send);
        caller.setOnCancelHandler(this::close);
        caller.setOnCloseHandler(this::close);
        caller.request(StreamAnswers.WINDOW);
    }

    @Override
    public void onNext(StreamFrame frame) {
        if (answers.isEnding()) {
            return;
        }
        try {
            take(frame);
        } catch (RuntimeException e) {
            counters.streamsFailed.increment();
            answers.fail(CallErrors.of(e));
            return;
        }
        answers.readNext();
    }

    private void take(StreamFrame frame) {
        ProducerStream producing = stream;
        if (frame.isBatch()) {
            afterHello(producing, "batch").batch(frame.batchBytes());
            return;
        }
        StreamRequest request = frame.control();
        switch (request.getMessageCase()) {
            case HELLO -> hello(request.getHello());
            case DEFINITIONS -> afterHello(producing, "definitions").define(request.getDefinitions());
            case HEARTBEAT -> afterHello(producing, "heartbeat").heartbeat(request.getHeartbeat());
            case GOODBYE -> {
                afterHello(producing, "goodbye").goodbye();
                goodbye = true;
            }
            case BATCH -> throw new IllegalStateException("a batch comes as its own bytes");
            case MESSAGE_NOT_SET ->
                throw CallErrors.invalid(
                        "message", "must be one of hello, definitions, batch, heartbeat, goodbye, was none of them");
        }
    }

    private ProducerStream afterHello(@Nullable ProducerStream producing, String came) {
        if (producing == null) {
            throw CallErrors.invalid("message", "must be hello, the first of a stream, was " + came);
        }
        if (goodbye) {
            throw CallErrors.invalid("message", "must not follow goodbye, was " + came);
        }
        return producing;
    }

    private void hello(Hello hello) {
        if (stream != null) {
            throw CallErrors.invalid(
                    "message",
                    "must not be hello, sent once per stream, by producer \""
                            + stream.producer().producer() + "\" before");
        }
        checkProducer("hello.producer", hello.getProducer());
        if (hello.getEpoch() < 0) {
            throw CallErrors.invalid(
                    "hello.epoch",
                    "must be at most " + Long.MAX_VALUE + ", was " + Long.toUnsignedString(hello.getEpoch()));
        }
        Partition partition = partition(partitions, tenant, "hello.recording", hello.getRecording());
        ProducerKey key = new ProducerKey(tenant, hello.getProducer(), hello.getEpoch());
        HeardProducer heardOf = counters.producers().of(partition.number(), key, clock.millis());
        heardOf.saysHello(hello.getClient());
        ProducerStream opened = new ProducerStream(
                key,
                partition,
                producers.open(partition.number(), key),
                settings,
                counters,
                clock,
                heardOf,
                () -> requireThere(partition, hello.getRecording()),
                answers,
                traces);
        stream = opened;
        long offset = opened.measureClock(hello.getClockMillis());
        opened.heard(clock.millis());
        answers.add(
                StreamResponse.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setAcceptedThrough(partition.intake().acceptedThrough(key))
                                .setMaxBatchBytes(settings.maxBatchBytes())
                                .setMaxBatchRecords(settings.maxBatchRecords())
                                .setClockOffsetMillis(offset))
                        .build(),
                false);
    }

    private void requireThere(Partition partition, String recording) {
        boolean there = recording.isEmpty()
                || partitions
                        .recording(tenant, recording)
                        .filter(found -> found == partition)
                        .isPresent();
        if (!there) {
            throw CallErrors.notFound("recording", recording, Scopes.recordings(partitions, tenant));
        }
    }

    static void checkProducer(String field, String producer) {
        if (producer.isEmpty() || producer.codePointCount(0, producer.length()) > 64) {
            throw CallErrors.invalid(
                    field, "must have 1 to 64 characters, had " + producer.codePointCount(0, producer.length()));
        }
        if (producer.startsWith(NameRules.RESERVED)) {
            throw CallErrors.invalid(
                    field,
                    "must not start with " + NameRules.RESERVED + ", which is reserved, was \"" + producer + "\"");
        }
    }

    static Partition partition(Partitions partitions, String tenant, String field, String recording) {
        if (recording.isEmpty()) {
            return partitions.live(tenant);
        }
        Scopes.checkRecordingName(field, recording);
        try {
            return partitions.openRecording(tenant, recording);
        } catch (TooManyRecordingsException e) {
            throw CallErrors.exhausted(e.getMessage() == null ? "too many recordings" : e.getMessage());
        }
    }

    /** The connection broke, or the message could not be read: the journal answers nobody, the producer will come again. */
    @Override
    public void onError(Throwable t) {
        close();
    }

    /** The producer sends no more, but did not say Goodbye: answered, and taken for lost when it stays away. */
    @Override
    public void onCompleted() {
        if (!goodbye) {
            answers.finish();
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            answers.cancelled();
            counters.streamsClosed.increment();
            if (stream != null) {
                producers.close(stream.partition().number(), stream.producer());
            }
        }
    }
}
