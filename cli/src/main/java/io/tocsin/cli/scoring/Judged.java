/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import io.tocsin.cli.simulation.Incident;
import java.util.Optional;

/**
 * An incident and the first alert that found it. Immutable.
 *
 * @param incident what went wrong
 * @param foundBy the first alert that is about it; empty: missed
 */
public record Judged(Incident incident, Optional<FiredAlert> foundBy) {
    /** From the injection to the alert, in milliseconds; empty: missed. */
    public Optional<Long> delayMillis() {
        return foundBy.map(alert -> alert.firedAtMillis() - incident.startMillis());
    }
}
