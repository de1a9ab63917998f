/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Labelled;
import java.util.Map;
import java.util.TreeMap;

/**
 * An incident that somebody knows of. Immutable.
 *
 * @param kind what kind of incident, in the words of who labelled it
 * @param about attributes of what was hit; none: the whole system
 */
record Label(long startMillis, long endMillis, String kind, Map<String, String> about) implements Labelled {
    Label {
        about = java.util.Collections.unmodifiableMap(new TreeMap<>(about));
    }

    /** An attribute that only one of the two has tells nothing. */
    @Override
    public boolean isSubjectOf(FiredAlert alert) {
        return about.entrySet().stream()
                .allMatch(e ->
                        alert.group().getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
    }

    @Override
    public String toString() {
        return kind + " at " + OutcomeText.time(startMillis) + (about.isEmpty() ? "" : " " + about);
    }
}
