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
 * @param evidence of its worst score so far
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
        String resolution) {

    Alert withLastEvent(long number) {
        return new Alert(
                tenant,
                id,
                dedupKey,
                state,
                severity,
                rule,
                detector,
                slo,
                kind,
                group,
                labels,
                evidence,
                startedMillis,
                firedMillis,
                resolvedMillis,
                changedMillis,
                number,
                peakScore,
                resolution);
    }

    Alert atPeak(double score, Evidence why) {
        return new Alert(
                tenant,
                id,
                dedupKey,
                state,
                severity,
                rule,
                detector,
                slo,
                kind,
                group,
                labels,
                why,
                startedMillis,
                firedMillis,
                resolvedMillis,
                changedMillis,
                lastEvent,
                score,
                resolution);
    }

    Alert firing(Severity howBad, long sinceMillis, long atMillis) {
        return new Alert(
                tenant,
                id,
                dedupKey,
                AlertState.FIRING,
                howBad,
                rule,
                detector,
                slo,
                kind,
                group,
                labels,
                evidence,
                startedMillis,
                sinceMillis,
                resolvedMillis,
                atMillis,
                lastEvent,
                peakScore,
                resolution);
    }

    Alert resolved(String why, long atMillis) {
        return new Alert(
                tenant,
                id,
                dedupKey,
                AlertState.RESOLVED,
                severity,
                rule,
                detector,
                slo,
                kind,
                group,
                labels,
                evidence,
                startedMillis,
                firedMillis,
                atMillis,
                atMillis,
                lastEvent,
                peakScore,
                why);
    }
}
