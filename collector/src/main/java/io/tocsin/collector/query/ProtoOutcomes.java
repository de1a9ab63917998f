/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Red;
import io.tocsin.v1.TrendPoint;
import java.util.ArrayList;
import java.util.List;

/** What outcomes did, as it goes over the wire. */
final class ProtoOutcomes {
    private ProtoOutcomes() {}

    static Red red(String metric, OutcomeLine line) {
        OutcomeSums sums = line.total();
        Red.Builder red = Red.newBuilder()
                .setMetric(metric)
                .setCount(sums.count)
                .setFailed(sums.failed)
                .setRate(line.rate())
                .setErrorRatio(sums.errorRatio())
                .setCoverage(line.coverage());
        sums.latency().ifPresent(red::setLatency);
        return red.build();
    }

    static AgentMetrics agent(OutcomeLine line) {
        OutcomeSums sums = line.total();
        AgentMetrics.Builder metrics = AgentMetrics.newBuilder()
                .setAgentType(line.key().get(AgentNames.TYPE))
                .setInstance(line.key().get(AgentNames.INSTANCE))
                .setTaskType(line.key().get(AgentNames.TASK_TYPE))
                .setCount(sums.count)
                .setFailed(sums.failed)
                .putAllErrors(sums.errors)
                .setRate(line.rate())
                .setErrorRatio(sums.errorRatio())
                .setCoverage(line.coverage())
                .addAllSlowTraceIds(sums.slowTraceIds())
                .addAllFailedTraceIds(sums.failedTraceIds());
        sums.latency().ifPresent(metrics::setLatency);
        return metrics.build();
    }

    /** Oldest first. */
    static List<TrendPoint> points(OutcomeLine line, ViewRange range) {
        List<TrendPoint> points = new ArrayList<>();
        line.points().forEach((start, sums) -> {
            TrendPoint.Builder point = TrendPoint.newBuilder()
                    .setStartTime(CallTimes.timestamp(start))
                    .setCount(sums.count)
                    .setFailed(sums.failed)
                    .setRate(sums.count / range.secondsOf(start, line.stepMillis()));
            sums.latency().ifPresent(point::setLatency);
            points.add(point.build());
        });
        return points;
    }
}
