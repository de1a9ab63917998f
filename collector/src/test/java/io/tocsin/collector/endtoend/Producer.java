/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.tocsin.collector.ingest.StreamClient;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.Hello;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;

/** A pushing service with one series, that of its agent, and a clock that may be wrong. Waits for the answer to each batch. */
final class Producer {
    private final InstantSource collectorClock;
    private long aheadMillis;
    private final StreamClient stream;
    private long sequence;

    /** With a clock that is right. */
    Producer(RunningCollector collector, String agent) {
        this(collector, collector.channel(), agent, Duration.ZERO);
    }

    /** @param ahead of the collector's clock; negative: behind */
    Producer(RunningCollector collector, Channel channel, String agent, Duration ahead) {
        collectorClock = collector.clock;
        aheadMillis = ahead.toMillis();
        stream = open(channel, agent, clockMillis());
    }

    /** A stream that has said Hello, defined series 0 and been welcomed; producer and agent have one name. */
    static StreamClient open(Channel channel, String agent, long clockMillis) {
        return open(channel, agent, 1, clockMillis);
    }

    /** The same in another epoch. */
    static StreamClient open(Channel channel, String agent, long epoch, long clockMillis) {
        StreamClient stream = new StreamClient(channel)
                .hello(Hello.newBuilder().setProducer(agent).setEpoch(epoch).setClockMillis(clockMillis))
                .define(Definitions.newBuilder()
                        .addSeries(SeriesDefinition.newBuilder()
                                .setName(RunningCollector.METRIC)
                                .setKind(SeriesKind.SERIES_KIND_OUTCOME)
                                .addAttributes(Attribute.newBuilder()
                                        .setKey(RunningCollector.AGENT)
                                        .setValue(agent))));
        stream.next();
        return stream;
    }

    /** The same sender on a stream that is not its first. */
    Producer after(long sent) {
        sequence = sent;
        return this;
    }

    long clockMillis() {
        return collectorClock.millis() + aheadMillis;
    }

    /** From here on; the collector learns it by the next heartbeat. */
    void clockJumps(Duration by) {
        aheadMillis += by.toMillis();
    }

    /** Outcomes that end just now by this producer's clock, the first {@code failed} of which failed. */
    Ack outcomes(int count, int failed) {
        return outcomesAt(clockMillis(), count, failed);
    }

    Ack outcomesAt(long ownMillis, int count, int failed) {
        return stream.batch(batch(++sequence, ownMillis, count, failed)).nextAck();
    }

    static Batch.Builder batch(long sequence, long millis, int count, int failed) {
        OutcomeColumns.Builder columns = OutcomeColumns.newBuilder();
        for (int i = 0; i < count; i++) {
            columns.addSeries(0).addTimeDeltaMillis(0).addLatencySeconds(0.1);
        }
        BitSet bits = new BitSet(count);
        bits.set(0, failed);
        columns.setFailed(ByteString.copyFrom(bits.toByteArray()));
        return Batch.newBuilder()
                .setSequence(sequence)
                .setBaseTimeMillis(millis)
                .setOutcomes(columns);
    }

    /** Alive, with nothing to report. */
    void heartbeat() {
        stream.heartbeat(clockMillis());
    }

    /** Stops in good order. */
    void goodbye() {
        stream.goodbye();
        if (!stream.end().isOk()) {
            throw new AssertionError("goodbye was answered with " + stream.end());
        }
    }

    /** Is gone from one moment to the next. */
    void vanish() {
        stream.cancel();
    }
}
