/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

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
public record Incident(int number, IncidentKind kind, double size, Place place, long startMillis, long endMillis) {
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
    public String toString() {
        return kind.text() + " " + kind.describe(size) + (place.isEverywhere() ? " everywhere" : " at " + place);
    }
}
