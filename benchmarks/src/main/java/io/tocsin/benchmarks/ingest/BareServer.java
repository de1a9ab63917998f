/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Acks;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.MalformedBatchException;
import io.tocsin.wire.StreamFrame;
import io.tocsin.wire.StreamMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * What there is below a collector: a gRPC server that decodes each batch with our codec and acknowledges it. It runs on the
 * network's own threads, as nothing in it waits, so that no server could do the same with less. Thread-safe.
 */
public final class BareServer implements AutoCloseable {
    private static final int MESSAGES_AHEAD = 8;
    private static final int MAX_BATCH_BYTES = 4 << 20;
    private static final int MAX_BATCH_RECORDS = 65_536;

    private final Server server;

    private BareServer(Server server) {
        this.server = server;
    }

    /** On any free port of 127.0.0.1. */
    public static BareServer start() throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder(IngestServiceGrpc.SERVICE_NAME)
                .addMethod(StreamMethod.descriptor(), new Streams())
                .build();
        return new BareServer(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .maxInboundMessageSize(2 * MAX_BATCH_BYTES)
                .addService(service)
                .build()
                .start());
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Streams implements ServerCallHandler<StreamFrame, StreamResponse> {
        @Override
        public ServerCall.Listener<StreamFrame> startCall(
                ServerCall<StreamFrame, StreamResponse> call, Metadata headers) {
            call.request(MESSAGES_AHEAD);
            call.sendHeaders(new Metadata());
            return new OneStream(call);
        }
    }

    private static final class OneStream extends ServerCall.Listener<StreamFrame> {
        private final ServerCall<StreamFrame, StreamResponse> call;
        private final BatchDecoder decoder = new BatchDecoder();
        private final BatchColumns columns = new BatchColumns();

        OneStream(ServerCall<StreamFrame, StreamResponse> call) {
            this.call = call;
        }

        @Override
        public void onMessage(StreamFrame frame) {
            if (frame.isBatch()) {
                try {
                    decoder.decode(frame.batchBytes(), 0, frame.batchBytes().length, columns);
                } catch (MalformedBatchException e) {
                    call.close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()), new Metadata());
                    return;
                }
                call.sendMessage(StreamResponse.newBuilder()
                        .setAcks(Acks.newBuilder().addAcks(Ack.newBuilder().setSequence(columns.sequence())))
                        .build());
            } else if (frame.control().hasHello()) {
                call.sendMessage(StreamResponse.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setMaxBatchBytes(MAX_BATCH_BYTES)
                                .setMaxBatchRecords(MAX_BATCH_RECORDS))
                        .build());
            }
            call.request(1);
        }

        @Override
        public void onHalfClose() {
            call.close(Status.OK, new Metadata());
        }
    }
}
