/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Many series, each with an outcome now and then: what a collector has to know beside what is audited. Nobody writes down what it sends; what a fault takes is not sent again. */
final class Crowd implements Runnable {
    private static final String METRIC = "crowd.duration";
    private static final int DEFINED_AT_ONCE = 1_000;
    private static final int BATCH_ROWS = 500;
    private static final long PAUSE_MILLIS = 50;

    private final int series;
    private final long pauseNanos;
    private final Supplier<String> grpc;
    private int next;

    /**
     * @param outcomesPerSecond of all series together, in turn
     * @param grpc where the collector listens now
     */
    Crowd(int series, int outcomesPerSecond, Supplier<String> grpc) {
        this.series = series;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) * BATCH_ROWS / outcomesPerSecond;
        this.grpc = grpc;
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ManagedChannel channel =
                        NettyChannelBuilder.forTarget(grpc.get()).usePlaintext().build();
                try {
                    send(channel);
                } finally {
                    channel.shutdownNow();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the connection breaks. */
    private void send(ManagedChannel channel) throws InterruptedException {
        Connection connection = new Connection();
        StreamObserver<StreamRequest> requests = IngestServiceGrpc.newStub(channel).stream(connection);
        requests.onNext(StreamRequest.newBuilder()
                .setHello(
                        Hello.newBuilder().setProducer("crowd").setEpoch(now()).setClockMillis(now()))
                .build());
        for (int from = 0; from < series && !connection.hasEnded(0); from += DEFINED_AT_ONCE) {
            requests.onNext(definitions(from, Math.min(series, from + DEFINED_AT_ONCE)));
        }
        long dueNanos = System.nanoTime();
        for (long sequence = 1; !connection.hasEnded(Math.max(0, dueNanos - System.nanoTime())); sequence++) {
            requests.onNext(StreamRequest.newBuilder().setBatch(batch(sequence)).build());
            dueNanos += pauseNanos;
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static StreamRequest definitions(int from, int until) {
        Definitions.Builder all = Definitions.newBuilder();
        for (int id = from; id < until; id++) {
            all.addSeries(SeriesDefinition.newBuilder()
                    .setId(id)
                    .setName(METRIC)
                    .setKind(SeriesKind.SERIES_KIND_OUTCOME)
                    .addAttributes(
                            Attribute.newBuilder().setKey(LedgerProducer.AGENT).setValue("one-of-many-" + id)));
        }
        return StreamRequest.newBuilder().setDefinitions(all).build();
    }

    private Batch batch(long sequence) {
        OutcomeColumns.Builder outcomes = OutcomeColumns.newBuilder();
        for (int row = 0; row < BATCH_ROWS; row++) {
            outcomes.addSeries(next).addTimeDeltaMillis(0).addLatencySeconds(0.1 + next % 7 * 0.01);
            next = (next + 1) % series;
        }
        return Batch.newBuilder()
                .setSequence(sequence)
                .setBaseTimeMillis(now())
                .setOutcomes(outcomes.setFailed(ByteString.EMPTY))
                .build();
    }

    private static final class Connection implements StreamObserver<StreamResponse> {
        private final CountDownLatch ended = new CountDownLatch(1);

        boolean hasEnded(long waitNanos) throws InterruptedException {
            return ended.await(waitNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void onNext(StreamResponse response) {
            // a refusal is the collector's way to say that it has enough; the next batch is another one
        }

        @Override
        public void onError(Throwable t) {
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }
    }
}
