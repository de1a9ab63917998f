/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.Goodbye;
import io.tocsin.v1.Heartbeat;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A producer on generated code alone, as any language has it. */
public final class StreamClient {
    private final BlockingQueue<StreamResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final Deque<Ack> acks = new ArrayDeque<>();
    private final StreamObserver<StreamRequest> requests;

    public StreamClient(Channel channel) {
        requests = IngestServiceGrpc.newStub(channel).stream(new StreamObserver<>() {
            @Override
            public void onNext(StreamResponse response) {
                responses.add(response);
            }

            @Override
            public void onError(Throwable t) {
                end.complete(Status.fromThrowable(t));
            }

            @Override
            public void onCompleted() {
                end.complete(Status.OK);
            }
        });
    }

    public StreamClient hello() {
        return hello(Hello.newBuilder().setProducer("p").setEpoch(1).setClockMillis(ManualClock.NOON));
    }

    public StreamClient hello(Hello.Builder hello) {
        return send(StreamRequest.newBuilder().setHello(hello));
    }

    public StreamClient send(StreamRequest.Builder request) {
        requests.onNext(request.build());
        return this;
    }

    /** Series 0 of kind OUTCOME, 1 GAUGE, 2 COUNTER, and error type 1. */
    public StreamClient define() {
        return define(Definitions.newBuilder()
                .addSeries(series(0, SeriesKind.SERIES_KIND_OUTCOME))
                .addSeries(series(1, SeriesKind.SERIES_KIND_GAUGE))
                .addSeries(series(2, SeriesKind.SERIES_KIND_COUNTER))
                .addErrorTypes(ErrorTypeDefinition.newBuilder().setId(1).setName("rate_limited")));
    }

    public StreamClient define(Definitions.Builder definitions) {
        return send(StreamRequest.newBuilder().setDefinitions(definitions));
    }

    public static SeriesDefinition.Builder series(int id, SeriesKind kind) {
        return SeriesDefinition.newBuilder()
                .setId(id)
                .setName("m" + id)
                .setKind(kind)
                .addAttributes(Attribute.newBuilder().setKey("k").setValue("v"));
    }

    public StreamClient batch(Batch.Builder batch) {
        return send(StreamRequest.newBuilder().setBatch(batch));
    }

    public StreamClient heartbeat(long clockMillis) {
        return send(
                StreamRequest.newBuilder().setHeartbeat(Heartbeat.newBuilder().setClockMillis(clockMillis)));
    }

    public void halfClose() {
        requests.onCompleted();
    }

    public void cancel() {
        requests.onError(Status.CANCELLED.asRuntimeException());
    }

    public StreamClient goodbye() {
        return send(StreamRequest.newBuilder().setGoodbye(Goodbye.getDefaultInstance()));
    }

    /** Outcomes of series 0, now, all fine. */
    public static Batch.Builder outcomes(long sequence, double... latencies) {
        OutcomeColumns.Builder columns = OutcomeColumns.newBuilder();
        for (double latency : latencies) {
            columns.addSeries(0).addTimeDeltaMillis(0).addLatencySeconds(latency);
        }
        return Batch.newBuilder()
                .setSequence(sequence)
                .setBaseTimeMillis(ManualClock.NOON)
                .setOutcomes(columns);
    }

    public StreamResponse next() {
        try {
            StreamResponse response = responses.poll(10, SECONDS);
            if (response == null) {
                throw new AssertionError("no response within 10 s; stream ended with " + end.getNow(null));
            }
            return response;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next response is one ack or several; gives them one by one. */
    public Ack nextAck() {
        while (acks.isEmpty()) {
            StreamResponse response = next();
            if (!response.hasAcks()) {
                throw new AssertionError("expected acks, came " + response);
            }
            acks.addAll(response.getAcks().getAcksList());
        }
        return acks.remove();
    }

    public Refusal nextRefusal() {
        StreamResponse response = next();
        if (!response.hasRefusal()) {
            throw new AssertionError("expected a refusal, came " + response);
        }
        return response.getRefusal();
    }

    public Status end() {
        return end.orTimeout(10, SECONDS).join();
    }

    public boolean hasEnded() {
        return end.isDone();
    }

    public int waiting() {
        return responses.size();
    }
}
