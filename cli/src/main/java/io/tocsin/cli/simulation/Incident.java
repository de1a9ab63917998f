/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Labelled;

/**
 * Something that goes wrong, at a place, for a time. Immutable.
 *
 * @param number counted from 1 in its script
 * @param kind what
 * @param size how much; unit as said at the kind
 * @param place where
 * @param startMillis first hit millisecond since 1970 UTC
 * @param endMillis first millisecond that is not hit
 */
public record Incident(int number, IncidentKind kind, double size, Place place, long startMillis, long endMillis)
        implements Labelled {
    public Incident {
        if (endMillis <= startMillis) {
            throw new IllegalArgumentException("incident must end after " + startMillis + ", ended at " + endMillis);
        }
    }

    /** Whether it is of at least the promised size. */
    public boolean promised() {
        return size >= kind.promisedSize();
    }

    /** Whether it goes on at this time. */
    boolean at(double millis) {
        return millis >= startMillis && millis < endMillis;
    }

    @Override
    public boolean isSubjectOf(FiredAlert alert) {
        String agent = alert.group().getOrDefault("gen_ai.agent.name", "");
        String instance = alert.group().getOrDefault("gen_ai.agent.id", "");
        if (place.isEverywhere() || agent.isEmpty()) {
            return true;
        }
        boolean sameInstance = instance.isEmpty() || place.instance().isEmpty() || instance.equals(place.instance());
        return agent.equals(place.agentType()) && sameInstance;
    }

    @Override
    public String toString() {
        return kind.text() + " " + kind.describe(size) + (place.isEverywhere() ? " everywhere" : " at " + place);
    }
}
