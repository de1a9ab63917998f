/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import io.tocsin.wire.StreamFrame;
import io.tocsin.wire.StreamMethod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream to one endpoint, with a channel of its own, from Hello to its end. Its methods are the sender's; what the
 * network says is handed to {@code events} on gRPC's threads. Answers are asked for one by one as they are dealt with,
 * so that few can wait.
 */
final class IngestStream {
    private static final int ANSWERS_AHEAD = 32;
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final ClientCall<StreamFrame, StreamResponse> call;
    private final Consumer<StreamEvent> events;

    // how far this stream knows the catalog
    int definedSeries;
    int definedErrorTypes;
    boolean welcomed;
    /** Has said Goodbye, and nothing may follow. */
    boolean leaving;

    long lastAnswerNanos;
    long lastHeartbeatNanos;

    IngestStream(ManagedChannel channel, Consumer<StreamEvent> events, long nowNanos) {
        this.channel = channel;
        this.events = events;
        this.lastAnswerNanos = nowNanos;
        this.lastHeartbeatNanos = nowNanos;
        this.call = channel.newCall(StreamMethod.descriptor(), CallOptions.DEFAULT);
    }

    /** @param traceparent for the call's metadata; empty for none */
    void open(String traceparent, StreamRequest hello) {
        Metadata metadata = new Metadata();
        if (!traceparent.isEmpty()) {
            metadata.put(TRACEPARENT, traceparent);
        }
        call.start(new Listener(), metadata);
        call.request(ANSWERS_AHEAD);
        send(hello);
    }

    /** Whether what is sent now goes out soon, rather than wait in memory. */
    boolean isReady() {
        return call.isReady();
    }

    void send(StreamRequest control) {
        call.sendMessage(StreamFrame.control(control));
    }

    void sendBatch(byte[] bytes) {
        call.sendMessage(StreamFrame.batch(bytes));
    }

    void nextAnswer() {
        call.request(1);
    }

    void endSending() {
        call.halfClose();
    }

    void abandon(String why) {
        call.cancel(why, null);
        channel.shutdownNow();
    }

    private final class Listener extends ClientCall.Listener<StreamResponse> {
        @Override
        public void onReady() {
            events.accept(new StreamEvent.Ready(IngestStream.this));
        }

        @Override
        public void onMessage(StreamResponse response) {
            events.accept(new StreamEvent.Answer(IngestStream.this, response));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            events.accept(new StreamEvent.Ended(IngestStream.this, status, retryAfterNanos(status, trailers)));
        }
    }

    private static long retryAfterNanos(Status status, @Nullable Metadata trailers) {
        if (trailers == null) {
            return 0;
        }
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        for (Any detail : details.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                try {
                    return Nanos.of(detail.unpack(RetryInfo.class).getRetryDelay());
                } catch (InvalidProtocolBufferException e) {
                    // a detail that cannot be read says nothing; our own backoff does
                    return 0;
                }
            }
        }
        return 0;
    }
}
