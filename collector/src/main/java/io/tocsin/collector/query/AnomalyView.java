/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.stream.AlertPage;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListAnomaliesResponse;
import io.tocsin.v1.TimeRange;
import java.time.InstantSource;
import java.util.Optional;

/** Alerts of rules that keep no SLO. Thread-safe. */
record AnomalyView(InstantSource clock) {
    ListAnomaliesResponse list(Partition partition, String tenant, ListAnomaliesRequest request, Page page) {
        Optional<Severity> least =
                ProtoAlerts.severity("min_severity", request.getMinSeverity(), request.getMinSeverityValue());
        TimeRange range = request.getRange();
        // other than for points, an absent end means no end: an alert has no window to be averaged over
        long to = range.hasEndTime() ? CallTimes.millis("range.end_time", range.getEndTime()) : Long.MAX_VALUE;
        long from = from(range, range.hasEndTime() ? to : clock.millis());
        if (to < from) {
            throw CallErrors.invalid(
                    "range.end_time",
                    "must be such that the range does not end before it starts, was " + CallTimes.show(from) + " to "
                            + CallTimes.show(to));
        }
        AlertPage found = AlertPage.of(partition.alerts().alerts(tenant), alert -> takes(alert, least, from, to), page);
        return ListAnomaliesResponse.newBuilder()
                .addAllAnomalies(found.alerts())
                .setNextPageToken(found.nextToken())
                .build();
    }

    private static long from(TimeRange range, long endMillis) {
        if (range.hasLast()) {
            return Math.max(0, endMillis - QueryRange.lastMillis(range));
        }
        return range.hasStartTime() ? CallTimes.millis("range.start_time", range.getStartTime()) : 0;
    }

    private static boolean takes(Alert alert, Optional<Severity> least, long from, long to) {
        return !alert.slo()
                && alert.changedMillis() >= from
                && alert.changedMillis() < to
                && least.map(l -> alert.severity().compareTo(l) >= 0).orElse(true);
    }
}
