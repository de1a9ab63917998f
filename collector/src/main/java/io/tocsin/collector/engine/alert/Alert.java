/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;

/**
 * One problem, as it stood after one of its events. Immutable. Times are engine time in milliseconds since 1970 UTC; 0: has not
 * happened.
 *
 * @param id one for each time the problem comes
 * @param dedupKey equal for each time it comes
 * @param slo whether the rule keeps an SLO
 */
public record Alert(
        String tenant,
        String id,
        String dedupKey,
        AlertState state,
        Severity severity,
        String rule,
        String detector,
        boolean slo,
        String kind,
        Attributes group,
        Attributes labels,
        Evidence evidence,
        long startedMillis,
        long firedMillis,
        long resolvedMillis,
        long changedMillis,
        long lastEvent,
        double peakScore,
        String resolution) {}
