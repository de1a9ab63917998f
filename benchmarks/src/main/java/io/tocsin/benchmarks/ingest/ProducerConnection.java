/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import com.google.protobuf.Duration;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tocsin.v1.Ack;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.Heartbeat;
import io.tocsin.v1.Hello;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import io.tocsin.wire.StreamFrame;
import io.tocsin.wire.StreamMethod;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One producer on one connection, that sends as fast as flow control, a bound of unanswered batches, and the collector's refusals
 * allow: what was refused for now is sent again when asked for. A rejected record ends it: what was not taken must not be counted as
 * throughput. Its methods are for one thread.
 */
final class ProducerConnection implements AutoCloseable {
    private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ANSWERS_AHEAD = 64;
    private static final int BATCH_SPANS_MILLIS = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ManagedChannel channel;
    private final ClientCall<StreamFrame, StreamResponse> call;
    private final EncodedBatches batches;
    private final InstantSource clock;
    private final int maxUnanswered;
    private final Thread sender = Thread.currentThread();

    /** When a batch was sent last, by its sequence. */
    private final long[] sentNanos;

    private long sent;
    private long sentAgain;

    // by the network's thread
    private volatile boolean welcomed;
    private volatile long answered;
    private volatile long lastOffset;
    private volatile long retryNanos;
    /** Read by others once all is answered. */
    private double[] ackMillis = new double[1 << 12];

    private int acks;
    private final Queue<Long> refused = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String problem;

    ProducerConnection(
            int port, OrchestratorSeries series, EncodedBatches batches, int maxUnanswered, InstantSource clock)
            throws InterruptedException {
        this.batches = batches;
        this.clock = clock;
        this.maxUnanswered = maxUnanswered;
        this.sentNanos = new long[maxUnanswered + 1];
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        this.call = channel.newCall(StreamMethod.descriptor(), CallOptions.DEFAULT);
        call.start(new Answers(), new Metadata());
        call.request(ANSWERS_AHEAD);
        send(StreamRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProducer("benchmark")
                        .setEpoch(clock.millis())
                        .setClockMillis(clock.millis())
                        .setClient("tocsin-benchmarks"))
                .build());
        await(() -> welcomed);
        series.definitions()
                .forEach(definitions -> send(
                        StreamRequest.newBuilder().setDefinitions(definitions).build()));
    }

    private void send(StreamRequest control) {
        call.sendMessage(StreamFrame.control(control));
    }

    /** Says that it lives; every second, or its silence means that it is lost. */
    void heartbeat() {
        send(StreamRequest.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setClockMillis(clock.millis()))
                .build());
    }

    /** Sends one batch of outcomes that end now, as soon as there is room for it; one that was refused comes first. */
    void sendBatch() throws InterruptedException {
        if (sendRefused()) {
            return;
        }
        if (sent - answered >= maxUnanswered || !call.isReady()) {
            await(() -> !refused.isEmpty() || (sent - answered < maxUnanswered && call.isReady()));
            if (sendRefused()) {
                return;
            }
        }
        sent++;
        sendBatch(sent);
    }

    private void sendBatch(long sequence) {
        sentNanos[place(sequence)] = System.nanoTime();
        call.sendMessage(StreamFrame.batch(batches.batch(sequence, clock.millis() - BATCH_SPANS_MILLIS)));
    }

    private int place(long sequence) {
        return (int) (sequence % sentNanos.length);
    }

    /** How long each acknowledgement took since this was last asked for. After {@link #awaitAnswers}. */
    double[] takeAckMillis() {
        double[] taken = Arrays.copyOf(ackMillis, acks);
        acks = 0;
        return taken;
    }

    private boolean sendRefused() throws InterruptedException {
        Long sequence = refused.poll();
        if (sequence == null) {
            return false;
        }
        await(() -> System.nanoTime() - retryNanos >= 0);
        sentAgain++;
        sendBatch(sequence);
        return true;
    }

    /** Waits until all batches are taken. */
    void awaitAnswers() throws InterruptedException {
        while (answered < sent) {
            await(() -> answered == sent || !refused.isEmpty());
            while (sendRefused()) {
                // one after the other
            }
        }
    }

    /** Waits until a collector's engine has applied all that was answered. */
    void awaitApplied() throws InterruptedException {
        QueryServiceGrpc.QueryServiceBlockingStub query = QueryServiceGrpc.newBlockingStub(channel);
        await(() -> {
            var health = query.withDeadlineAfter(10, TimeUnit.SECONDS).getHealth(GetHealthRequest.getDefaultInstance());
            return health.getPartitions(0).getAppliedOffset() >= lastOffset;
        });
    }

    private void await(BooleanSupplier done) throws InterruptedException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (problem != null) {
                throw new IllegalStateException(problem);
            }
            if (System.nanoTime() - start > LONGEST_SILENCE_NANOS) {
                throw new IllegalStateException("no progress for 60 s: " + sent + " sent, " + answered + " answered");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Batches sent so far, each counted once. */
    long sent() {
        return sent;
    }

    /** Times that a batch was sent again, because it had been refused. */
    long sentAgain() {
        return sentAgain;
    }

    @Override
    public void close() {
        call.cancel("done", null);
        channel.shutdownNow();
    }

    private final class Answers extends ClientCall.Listener<StreamResponse> {
        @Override
        public void onReady() {
            LockSupport.unpark(sender);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes
        public void onMessage(StreamResponse response) {
            switch (response.getMessageCase()) {
                case WELCOME -> welcomed = true;
                case ACKS -> {
                    long now = System.nanoTime();
                    for (Ack ack : response.getAcks().getAcksList()) {
                        acked((now - sentNanos[place(ack.getSequence())]) / 1e6);
                        if (ack.getRejectionsCount() > 0) {
                            problem = "records must not be rejected, were: " + ack.getRejections(0);
                        }
                        lastOffset = ack.getPosition().getOffset();
                    }
                    answered += response.getAcks().getAcksCount();
                }
                case REFUSAL -> refuse(response.getRefusal());
                default -> problem = "batches must be taken, were not: " + response;
            }
            // once there is room for several, so that the sender is not woken for each
            if (sent - answered <= maxUnanswered * 3L / 4 || problem != null || !refused.isEmpty()) {
                LockSupport.unpark(sender);
            }
            call.request(1);
        }

        private void acked(double millis) {
            if (acks == ackMillis.length) {
                ackMillis = Arrays.copyOf(ackMillis, acks * 2);
            }
            ackMillis[acks++] = millis;
        }

        private void refuse(Refusal refusal) {
            if (refusal.hasRetryAfter()) {
                Duration wait = refusal.getRetryAfter();
                retryNanos = System.nanoTime() + wait.getSeconds() * NANOS_PER_SECOND + wait.getNanos();
                refused.add(refusal.getSequence());
            } else {
                problem = "batches must be taken, were not: " + refusal;
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            problem = "the stream has ended: " + status;
            LockSupport.unpark(sender);
        }
    }
}
