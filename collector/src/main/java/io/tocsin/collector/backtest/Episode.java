/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import java.util.List;

/**
 * One alert that fired. Immutable.
 *
 * @param alert as it stood at the end
 * @param steps its events, in order
 */
public record Episode(Alert alert, List<Step> steps) {

    /** One event of it. */
    public record Step(String eventId, long atMillis, AlertState state, Severity severity) {}

    public Episode {
        steps = List.copyOf(steps);
    }

    /** When it began to fire. */
    public long firedMillis() {
        return alert.firedMillis();
    }

    /** When it ended; Long.MAX_VALUE if it still fires. */
    public long endMillis() {
        return alert.state() == AlertState.RESOLVED ? alert.resolvedMillis() : Long.MAX_VALUE;
    }

    boolean overlaps(long fromMillis, long toMillis) {
        return firedMillis() < toMillis && endMillis() >= fromMillis;
    }

    boolean overlaps(Episode other) {
        return firedMillis() <= other.endMillis() && other.firedMillis() <= endMillis();
    }
}
