/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.v1.ResponseTimes;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** How soon alerts were raised, acknowledged and resolved. */
final class ResponseTimeView {
    private ResponseTimeView() {}

    /** Of the alerts that fired in [fromMillis, toMillis). */
    static ResponseTimes of(List<Alert> alerts, long fromMillis, long toMillis) {
        List<Alert> fired = alerts.stream()
                .filter(alert ->
                        alert.firedMillis() != 0 && alert.firedMillis() >= fromMillis && alert.firedMillis() < toMillis)
                .toList();
        List<Alert> acknowledged = fired.stream()
                .filter(alert -> alert.acknowledgement().isPresent())
                .toList();
        List<Alert> resolved = fired.stream()
                .filter(alert -> alert.state() == AlertState.RESOLVED)
                .toList();
        double[] detect = seconds(fired, alert -> alert.firedMillis() - alert.problemSinceMillis());
        double[] acknowledge = seconds(
                acknowledged, alert -> alert.acknowledgement().orElseThrow().atMillis() - alert.firedMillis());
        double[] resolve = seconds(resolved, alert -> alert.resolvedMillis() - alert.firedMillis());
        ResponseTimes.Builder times = ResponseTimes.newBuilder()
                .setFired(fired.size())
                .setAcknowledged(acknowledged.size())
                .setResolved(resolved.size());
        mean(detect).ifPresent(times::setMeanTimeToDetect);
        median(detect).ifPresent(times::setMedianTimeToDetect);
        mean(acknowledge).ifPresent(times::setMeanTimeToAcknowledge);
        median(acknowledge).ifPresent(times::setMedianTimeToAcknowledge);
        mean(resolve).ifPresent(times::setMeanTimeToResolve);
        median(resolve).ifPresent(times::setMedianTimeToResolve);
        return times.build();
    }

    /** Record time and engine time may differ by what is tolerated of clocks, so that none is below 0. */
    private static double[] seconds(List<Alert> alerts, ToLongFunction<Alert> millis) {
        return alerts.stream()
                .mapToDouble(alert -> Math.max(0, millis.applyAsLong(alert)) / 1e3)
                .sorted()
                .toArray();
    }

    private static OptionalDouble mean(double[] sorted) {
        return Arrays.stream(sorted).average();
    }

    /** Halfway between the two in the middle, where there are two. */
    private static OptionalDouble median(double[] sorted) {
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }
}
