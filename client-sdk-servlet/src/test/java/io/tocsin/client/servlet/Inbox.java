/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.client.TocsinClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Acks;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A collector that only reads: each outcome as "metric {attributes} ok|failed error-type". A real port, protobuf's own codec. */
final class Inbox implements AutoCloseable {
    private final Server server;
    private final TocsinClient client;
    private final List<String> outcomes = new ArrayList<>();
    private final Map<Integer, String> series = new HashMap<>();
    private final Map<Integer, String> errorTypes = new HashMap<>();

    Inbox() {
        try {
            server = NettyServerBuilder.forPort(0)
                    .directExecutor()
                    .addService(new Reader())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = TocsinClient.builder()
                .endpoint("127.0.0.1:" + server.getPort())
                .maxBatchDelay(Duration.ofMillis(5))
                .build();
    }

    TocsinClient client() {
        return client;
    }

    /** All that was recorded so far, in order of the threads that did. */
    List<String> outcomes() {
        client.flush(Duration.ofSeconds(20));
        synchronized (this) {
            return List.copyOf(outcomes);
        }
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
    }

    private synchronized void define(Definitions definitions) {
        definitions
                .getSeriesList()
                .forEach(one -> series.put(one.getId(), one.getName() + " " + attributes(one.getAttributesList())));
        definitions.getErrorTypesList().forEach(one -> errorTypes.put(one.getId(), one.getName()));
    }

    private static String attributes(List<Attribute> attributes) {
        return attributes.stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private synchronized void read(Batch batch) {
        OutcomeColumns columns = batch.getOutcomes();
        for (int row = 0; row < columns.getSeriesCount(); row++) {
            byte bits =
                    row / 8 < columns.getFailed().size() ? columns.getFailed().byteAt(row / 8) : 0;
            int error = columns.getErrorRowList().indexOf(row);
            String type = error < 0 ? "" : " " + errorTypes.get(columns.getErrorType(error));
            outcomes.add(series.get(columns.getSeries(row)) + ((bits >> row % 8 & 1) != 0 ? " failed" : " ok") + type);
        }
    }

    private final class Reader extends IngestServiceGrpc.IngestServiceImplBase {
        @Override
        public StreamObserver<StreamRequest> stream(StreamObserver<StreamResponse> answers) {
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamRequest request) {
                    switch (request.getMessageCase()) {
                        case HELLO ->
                            answers.onNext(StreamResponse.newBuilder()
                                    .setWelcome(Welcome.getDefaultInstance())
                                    .build());
                        case DEFINITIONS -> define(request.getDefinitions());
                        case BATCH -> {
                            read(request.getBatch());
                            answers.onNext(StreamResponse.newBuilder()
                                    .setAcks(Acks.newBuilder()
                                            .addAcks(Ack.newBuilder()
                                                    .setSequence(
                                                            request.getBatch().getSequence())))
                                    .build());
                        }
                        case GOODBYE -> answers.onCompleted();
                        default -> {}
                    }
                }

                @Override
                public void onError(Throwable t) {}

                @Override
                public void onCompleted() {
                    answers.onCompleted();
                }
            };
        }
    }
}
