/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.tocsin.v1.Point;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.util.HashMap;
import java.util.Map;

/** What the collector has of an agent each of whose records has a latency that is a power of two of its own: the sum tells which were counted. */
public final class Counted {
    private long records;
    private double seconds;

    /** One bit for each record that was counted, the smallest latency's first. */
    public long mask() {
        return (long) (seconds / LedgerProducer.SMALLEST_SECONDS);
    }

    /** More than the bits of {@link #mask} if one was counted twice. */
    public long records() {
        return records;
    }

    /** Of all agents, by name. */
    public static Map<String, Counted> byAgent(Channel channel, long fromSeconds, long toSeconds) {
        return byAgent(channel, fromSeconds, toSeconds, 0);
    }

    /** The same, with all that was acknowledged up to that entry. */
    static Map<String, Counted> byAgent(Channel channel, long fromSeconds, long toSeconds, long ackedOffset) {
        Map<String, Counted> counted = new HashMap<>();
        // in pieces: points of an answer are bounded
        for (long from = fromSeconds; from < toSeconds; from += 60) {
            count(channel, from, Math.min(toSeconds, from + 60), ackedOffset, counted);
        }
        return counted;
    }

    private static void count(Channel channel, long from, long to, long ackedOffset, Map<String, Counted> into) {
        QuerySeriesRequest.Builder request = QuerySeriesRequest.newBuilder()
                .setSelector(Selector.newBuilder().setMetric(LedgerProducer.METRIC))
                .addGroupBy(LedgerProducer.AGENT)
                .setStep(Duration.newBuilder().setSeconds(1))
                .setRange(TimeRange.newBuilder()
                        .setMinPosition(Position.newBuilder().setOffset(ackedOffset))
                        .setStartTime(Timestamp.newBuilder().setSeconds(from))
                        .setEndTime(Timestamp.newBuilder().setSeconds(to)))
                .setPageSize(100);
        QuerySeriesResponse page;
        do {
            page = QueryServiceGrpc.newBlockingStub(channel).querySeries(request.build());
            for (SeriesLine line : page.getLinesList()) {
                Counted agent = into.computeIfAbsent(line.getAttributes(0).getValue(), a -> new Counted());
                for (Point point : line.getPointsList()) {
                    agent.records += point.getCount();
                    agent.seconds += point.getCount() == 0 ? 0 : point.getSum();
                }
            }
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
    }
}
