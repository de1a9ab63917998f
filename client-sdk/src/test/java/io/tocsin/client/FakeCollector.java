/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Acks;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.Position;
import io.tocsin.v1.Redefine;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import io.tocsin.v1.Welcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A collector that keeps its word (a sequence is counted once, an ack follows the counting) and otherwise behaves as the
 * test's {@link Conduct} says. Real gRPC on a real port, with protobuf-java's codec rather than ours. All state is
 * guarded by the object.
 */
final class FakeCollector implements AutoCloseable {
    /** What to do with a batch that has just come, and with streams. Called under the collector's lock. */
    interface Conduct {
        Conduct KIND = batch -> Deed.TAKE;

        Deed on(Batch batch);

        default Welcome.Builder welcome(Welcome.Builder usual) {
            return usual;
        }
    }

    enum Deed {
        /** Count and ack. */
        TAKE,
        /** Count, then break the stream instead of answering. */
        TAKE_AND_BREAK,
        /** Count, and never answer on this stream. */
        TAKE_SILENTLY,
        /** Break the stream at once. */
        BREAK,
        /** Break the stream as RESOURCE_EXHAUSTED, with RetryInfo of 300 ms. */
        BREAK_FOR_A_WHILE,
        /** Refuse with RetryInfo of a few milliseconds. */
        REFUSE_FOR_NOW,
        /** Refuse as INVALID_ARGUMENT. */
        REFUSE_FOR_GOOD,
        /** Count, but reject row 0. */
        REJECT_FIRST_ROW,
        /** Forget all definitions and ask for them. */
        FORGET,
        /** End the stream with INVALID_ARGUMENT, as for a message that cannot be read. */
        CANNOT_READ
    }

    private final Server server;
    private Conduct conduct;
    /** By producer and epoch, in order of their first Hello. */
    final Map<String, Ledger> ledgers = new LinkedHashMap<>();

    final List<Hello> hellos = new ArrayList<>();
    final List<Long> helloNanos = new ArrayList<>();
    final List<Long> arrivals = new ArrayList<>();
    final Map<Integer, SeriesDefinition> series = new HashMap<>();
    final Map<Integer, String> errorTypes = new HashMap<>();
    final List<String> faults = new ArrayList<>();
    long rejections;
    long heartbeats;
    long goodbyes;

    /** What one (producer, epoch) sent. */
    static final class Ledger {
        final Map<Long, Batch> taken = new TreeMap<>();
        final Map<Integer, SeriesDefinition> series = new HashMap<>();
        boolean goodbye;

        List<Double> latencies() {
            return taken.values().stream()
                    .flatMap(batch -> batch.getOutcomes().getLatencySecondsList().stream())
                    .toList();
        }
    }

    FakeCollector(Conduct conduct) {
        this(conduct, 0);
    }

    FakeCollector(Conduct conduct, int port) {
        this.conduct = conduct;
        try {
            server = NettyServerBuilder.forPort(port)
                    .directExecutor()
                    .addService(new Service())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "127.0.0.1:" + server.getPort();
    }

    int port() {
        return server.getPort();
    }

    synchronized void conduct(Conduct newConduct) {
        conduct = newConduct;
    }

    synchronized long countedRows() {
        return batches().stream().mapToLong(FakeCollector::rows).sum() - rejections;
    }

    synchronized List<Batch> batches() {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.taken.values().stream())
                .toList();
    }

    synchronized List<Double> latencies() {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.latencies().stream())
                .toList();
    }

    synchronized Ledger ledger(String producer) {
        return ledgers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(producer + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(Ledger::new);
    }

    static int rows(Batch batch) {
        return batch.getOutcomes().getSeriesCount()
                + batch.getStarts().getSeriesCount()
                + batch.getMeasurements().getSeriesCount();
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

    private final class Service extends IngestServiceGrpc.IngestServiceImplBase {
        @Override
        public StreamObserver<StreamRequest> stream(StreamObserver<StreamResponse> answers) {
            ((ServerCallStreamObserver<StreamResponse>) answers).setOnCancelHandler(() -> {});
            return new Stream((ServerCallStreamObserver<StreamResponse>) answers);
        }
    }

    private final class Stream implements StreamObserver<StreamRequest> {
        private final ServerCallStreamObserver<StreamResponse> answers;
        private final Set<Integer> defined = new HashSet<>();
        private final Set<Integer> definedErrorTypes = new HashSet<>();
        private boolean ended;
        private Ledger ledger = new Ledger();

        Stream(ServerCallStreamObserver<StreamResponse> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(StreamRequest request) {
            synchronized (FakeCollector.this) {
                if (ended) {
                    return;
                }
                switch (request.getMessageCase()) {
                    case HELLO -> hello(request.getHello());
                    case DEFINITIONS -> define(request.getDefinitions());
                    case BATCH -> batch(request.getBatch());
                    case HEARTBEAT -> heartbeats++;
                    case GOODBYE -> {
                        goodbyes++;
                        ledger.goodbye = true;
                        ended = true;
                        answers.onCompleted();
                    }
                    case MESSAGE_NOT_SET -> faults.add("empty message");
                }
            }
        }

        private void hello(Hello hello) {
            hellos.add(hello);
            helloNanos.add(System.nanoTime());
            ledger = ledgers.computeIfAbsent(hello.getProducer() + "/" + hello.getEpoch(), key -> new Ledger());
            long through = 0;
            while (ledger.taken.containsKey(through + 1)) {
                through++;
            }
            answers.onNext(StreamResponse.newBuilder()
                    .setWelcome(conduct.welcome(Welcome.newBuilder()
                            .setAcceptedThrough(through)
                            .setMaxBatchBytes(1 << 20)
                            .setMaxBatchRecords(65_536)))
                    .build());
        }

        private void define(Definitions definitions) {
            definitions.getSeriesList().forEach(definition -> {
                defined.add(definition.getId());
                series.put(definition.getId(), definition);
                SeriesDefinition before = ledger.series.put(definition.getId(), definition);
                if (before != null && !before.equals(definition)) {
                    faults.add("series " + definition.getId() + " changed its meaning");
                }
            });
            definitions.getErrorTypesList().forEach(definition -> {
                definedErrorTypes.add(definition.getId());
                errorTypes.put(definition.getId(), definition.getName());
            });
        }

        private void batch(Batch batch) {
            arrivals.add(batch.getSequence());
            Deed deed = conduct.on(batch);
            if (deed == Deed.FORGET) {
                defined.clear();
                definedErrorTypes.clear();
            }
            if (deed == Deed.BREAK || deed == Deed.CANNOT_READ || deed == Deed.BREAK_FOR_A_WHILE) {
                end(deed);
                return;
            }
            if (deed == Deed.REFUSE_FOR_NOW || deed == Deed.REFUSE_FOR_GOOD) {
                refuse(batch, deed);
                return;
            }
            if (!isDefined(batch)) {
                answers.onNext(StreamResponse.newBuilder()
                        .setRedefine(Redefine.newBuilder().setSequence(batch.getSequence()))
                        .build());
                return;
            }
            Batch before = ledger.taken.putIfAbsent(batch.getSequence(), batch);
            if (before != null && !before.equals(batch)) {
                faults.add("sequence " + batch.getSequence() + " came with other content");
            }
            Ack.Builder ack = Ack.newBuilder()
                    .setSequence(batch.getSequence())
                    .setAlreadyAccepted(before != null)
                    .setPosition(Position.newBuilder().setPartition(3).setOffset(batch.getSequence()));
            if (before == null && deed == Deed.REJECT_FIRST_ROW) {
                rejections++;
                ack.addRejectionsBuilder().setRow(0).setMessage("planted");
            }
            if (deed == Deed.TAKE_AND_BREAK) {
                end(deed);
            } else if (deed != Deed.TAKE_SILENTLY) {
                answers.onNext(StreamResponse.newBuilder()
                        .setAcks(Acks.newBuilder().addAcks(ack))
                        .build());
            }
        }

        private boolean isDefined(Batch batch) {
            return defined.containsAll(batch.getOutcomes().getSeriesList())
                    && defined.containsAll(batch.getStarts().getSeriesList())
                    && defined.containsAll(batch.getMeasurements().getSeriesList())
                    && definedErrorTypes.containsAll(batch.getOutcomes().getErrorTypeList());
        }

        private void refuse(Batch batch, Deed deed) {
            Refusal.Builder refusal = Refusal.newBuilder().setSequence(batch.getSequence());
            if (deed == Deed.REFUSE_FOR_NOW) {
                refusal.setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                        .getRetryAfterBuilder()
                        .setNanos(3_000_000);
            } else {
                refusal.setCode(Code.INVALID_ARGUMENT_VALUE);
            }
            answers.onNext(StreamResponse.newBuilder().setRefusal(refusal).build());
        }

        private void end(Deed deed) {
            ended = true;
            if (deed == Deed.BREAK_FOR_A_WHILE) {
                answers.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                        .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                        .addDetails(Any.pack(RetryInfo.newBuilder()
                                .setRetryDelay(Duration.newBuilder().setNanos(300_000_000))
                                .build()))
                        .build()));
                return;
            }
            answers.onError((deed == Deed.CANNOT_READ ? io.grpc.Status.INVALID_ARGUMENT : io.grpc.Status.UNAVAILABLE)
                    .withDescription("planted")
                    .asRuntimeException());
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {
            synchronized (FakeCollector.this) {
                if (!ended) {
                    ended = true;
                    answers.onCompleted();
                }
            }
        }
    }
}
