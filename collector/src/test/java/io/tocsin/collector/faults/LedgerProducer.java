/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.Heartbeat;
import io.tocsin.v1.Hello;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.StreamRequest;
import io.tocsin.v1.StreamResponse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A pushing service that writes down every batch it sends and every one that is acknowledged, and sends again, with the same bytes, what is not. Runs on
 * a thread of its own; what it wrote down is read when it has ended.
 *
 * <p>Each agent gets {@value #BATCHES_OF_AGENT} batches of one record, whose latency is a power of two of its own: the sum tells which were counted.
 */
final class LedgerProducer implements Runnable {
    static final String METRIC = "gen_ai.invoke_agent.duration";
    static final String AGENT = "gen_ai.agent.name";
    static final double SMALLEST_SECONDS = 1.0 / (1 << 30);

    private static final int BATCHES_OF_AGENT = 48;
    private static final int MAX_IN_FLIGHT = 64;
    private static final int BATCHES_PER_SECOND = 250;
    private static final long WELCOME_MILLIS = 5_000;
    private static final long HEARTBEAT_MILLIS = 500;
    /** Between attempts to reach a collector that is not there. */
    private static final long PAUSE_MILLIS = 25;

    private final String name;
    private final long epoch = now();
    private final Supplier<String> grpc;
    private final TreeMap<Long, Batch> unacknowledged = new TreeMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<String> refusals = new ArrayList<>();
    /** Refused for now, by when they are sent again. */
    private final TreeMap<Long, Long> putOff = new TreeMap<>();

    private volatile long lastAckNanos = System.nanoTime();
    private volatile FirstAck firstAck = new FirstAck("", 0);
    private String connected = "";
    private volatile int refusedForNow;
    private volatile long lastAckedOffset;
    private long sequence;
    private volatile boolean stopping;
    private int connections;
    private int resent;

    /** When a collector acknowledged anything for the first time. */
    private record FirstAck(String grpc, long nanos) {}

    /** @param grpc where the collector listens now */
    LedgerProducer(String name, Supplier<String> grpc) {
        this.name = name;
        this.grpc = grpc;
    }

    /** Sends nothing new; ends when all is acknowledged. */
    void stop() {
        stopping = true;
    }

    /** Sequences 1 to this were sent. */
    long sent() {
        return sequence;
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    /** For good. */
    List<String> refusals() {
        return refusals;
    }

    /** Any thread, while it runs. */
    int refusedForNow() {
        return refusedForNow;
    }

    /** When the collector at that address acknowledged anything for the first time; 0: it has not. Any thread, while it runs. */
    long firstAckNanos(String of) {
        FirstAck first = firstAck;
        return first.grpc().equals(of) ? first.nanos() : 0;
    }

    /** The farthest entry that an acknowledgement named; any thread, while it runs. */
    long lastAckedOffset() {
        return lastAckedOffset;
    }

    /** Since the last acknowledgement; any thread, while it runs. */
    long millisWithoutAck() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastAckNanos);
    }

    int connections() {
        return connections;
    }

    int resent() {
        return resent;
    }

    long beginSeconds() {
        return epoch / 1_000;
    }

    String agentOf(long ofSequence) {
        return agent((ofSequence - 1) / BATCHES_OF_AGENT);
    }

    private String agent(long number) {
        return name + "-" + number;
    }

    /** The bit of its agent's sum that says that it was counted. */
    static int bitOf(long ofSequence) {
        return (int) ((ofSequence - 1) % BATCHES_OF_AGENT);
    }

    /** The bits that an agent of that name can have; 0 if there was none. */
    long maskOf(String agent) {
        long mask = 0;
        for (long one = 1; one <= sequence && agent.startsWith(name); one++) {
            mask |= agentOf(one).equals(agent) ? 1L << bitOf(one) : 0;
        }
        return mask;
    }

    @Override
    public void run() {
        while (!stopping || !unacknowledged.isEmpty()) {
            connected = grpc.get();
            ManagedChannel channel =
                    NettyChannelBuilder.forTarget(connected).usePlaintext().build();
            try {
                send(channel);
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** Until the connection breaks, or all is done. */
    private void send(ManagedChannel channel) throws InterruptedException {
        Responses responses = new Responses();
        StreamObserver<StreamRequest> requests = IngestServiceGrpc.newStub(channel).stream(responses);
        requests.onNext(StreamRequest.newBuilder()
                .setHello(Hello.newBuilder().setProducer(name).setEpoch(epoch).setClockMillis(now()))
                .build());
        if (!responses.awaitWelcome()) {
            return;
        }
        connections++;
        for (long agent = 0; agent * BATCHES_OF_AGENT < sequence; agent++) {
            requests.onNext(definition(agent));
        }
        for (Batch again : unacknowledged.values()) {
            requests.onNext(StreamRequest.newBuilder().setBatch(again).build());
            resent++;
        }
        putOff.clear();
        long heartbeatMillis = now();
        while (!responses.hasEnded() && (!stopping || !unacknowledged.isEmpty())) {
            responses.takeInto(this, TimeUnit.SECONDS.toMillis(1) / BATCHES_PER_SECOND);
            if (!stopping && unacknowledged.size() < MAX_IN_FLIGHT) {
                if (sequence % BATCHES_OF_AGENT == 0) {
                    requests.onNext(definition(sequence / BATCHES_OF_AGENT));
                }
                requests.onNext(StreamRequest.newBuilder().setBatch(next()).build());
            }
            while (!putOff.isEmpty() && putOff.firstKey() - System.nanoTime() < 0) {
                Batch again = unacknowledged.get(putOff.pollFirstEntry().getValue());
                if (again != null) {
                    requests.onNext(StreamRequest.newBuilder().setBatch(again).build());
                    resent++;
                }
            }
            if (now() - heartbeatMillis > HEARTBEAT_MILLIS) {
                heartbeatMillis = now();
                requests.onNext(StreamRequest.newBuilder()
                        .setHeartbeat(Heartbeat.newBuilder().setClockMillis(heartbeatMillis))
                        .build());
            }
        }
    }

    /** The clock of a pushing service is the real one. */
    private static long now() {
        return System.currentTimeMillis();
    }

    private StreamRequest definition(long agent) {
        return StreamRequest.newBuilder()
                .setDefinitions(Definitions.newBuilder()
                        .addSeries(SeriesDefinition.newBuilder()
                                .setId((int) agent)
                                .setName(METRIC)
                                .setKind(SeriesKind.SERIES_KIND_OUTCOME)
                                .addAttributes(
                                        Attribute.newBuilder().setKey(AGENT).setValue(agent(agent)))))
                .build();
    }

    private Batch next() {
        sequence++;
        int agent = (int) ((sequence - 1) / BATCHES_OF_AGENT);
        BitSet failed = new BitSet();
        // one agent in five is out of order
        failed.set(0, agent % 5 == 2);
        Batch batch = Batch.newBuilder()
                .setSequence(sequence)
                .setBaseTimeMillis(now())
                .setOutcomes(OutcomeColumns.newBuilder()
                        .addSeries(agent)
                        .addTimeDeltaMillis(0)
                        .addLatencySeconds(SMALLEST_SECONDS * (1L << bitOf(sequence)))
                        .setFailed(ByteString.copyFrom(failed.toByteArray())))
                .build();
        unacknowledged.put(sequence, batch);
        return batch;
    }

    private void take(StreamResponse response) {
        for (Ack ack : response.getAcks().getAcksList()) {
            if (ack.getRejectionsCount() > 0) {
                refusals.add("rejected of " + ack.getSequence() + ": " + ack.getRejectionsList());
            }
            acknowledged.add(ack.getSequence());
            lastAckNanos = System.nanoTime();
            lastAckedOffset = Math.max(lastAckedOffset, ack.getPosition().getOffset());
            if (!firstAck.grpc().equals(connected)) {
                firstAck = new FirstAck(connected, lastAckNanos);
            }
            unacknowledged.remove(ack.getSequence());
        }
        if (response.hasRefusal() && response.getRefusal().hasRetryAfter()) {
            refusedForNow++;
            putOff(response.getRefusal());
        } else if (response.hasRefusal()) {
            refusals.add(response.getRefusal().toString());
        }
    }

    private void putOff(Refusal refusal) {
        long nanos = Durations.toNanos(refusal.getRetryAfter());
        long at = System.nanoTime() + nanos;
        while (putOff.putIfAbsent(at, refusal.getSequence()) != null) {
            at++;
        }
    }

    /** Answers of one stream, kept until the producer looks. */
    private static final class Responses implements StreamObserver<StreamResponse> {
        private final BlockingQueue<StreamResponse> waiting = new LinkedBlockingQueue<>();
        private volatile boolean ended;

        /** False: the collector is not there. */
        boolean awaitWelcome() throws InterruptedException {
            long end = now() + WELCOME_MILLIS;
            StreamResponse first = null;
            while (first == null && !ended && now() < end) {
                first = waiting.poll(50, TimeUnit.MILLISECONDS);
            }
            return first != null;
        }

        void takeInto(LedgerProducer producer, long waitMillis) throws InterruptedException {
            StreamResponse response = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
            for (; response != null; response = waiting.poll()) {
                producer.take(response);
            }
        }

        boolean hasEnded() {
            return ended && waiting.isEmpty();
        }

        @Override
        public void onNext(StreamResponse response) {
            waiting.add(response);
        }

        @Override
        public void onError(Throwable t) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            ended = true;
        }
    }
}
