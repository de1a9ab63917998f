/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import java.util.Optional;

/**
 * An incident and the first alert that found it. Immutable.
 *
 * @param <I> what is known of an incident
 * @param incident what went wrong
 * @param foundBy the first alert that is about it; empty: missed
 */
public record Judged<I extends Labelled>(I incident, Optional<FiredAlert> foundBy) {
    /** From the injection to the alert, in milliseconds; empty: missed. */
    public Optional<Long> delayMillis() {
        return foundBy.map(alert -> alert.firedAtMillis() - incident.startMillis());
    }
}
