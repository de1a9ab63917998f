/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import java.util.List;

/**
 * What a backtest found. Immutable.
 *
 * @param alerts that fire in the period, in order of when they begin to
 * @param isCompared whether there was another side; if not, all alerts are of now only
 * @param hasSameEvents whether both sides gave the same events, by id and order, over all that was read
 * @param thenEvents events of what did fire, over all that was read
 * @param nowEvents events of what would have
 * @param leftOutEvents events that there was no room for: alerts may be missing, or end too late
 * @param entries read
 * @param records outcomes and measurements in them
 * @param damagedEntries that could not be read
 * @param firstMillis engine time of the first tick; 0 if there was none
 * @param lastMillis engine time of the last tick
 * @param notices what the reader should know
 */
public record BacktestResult(
        List<Compared> alerts,
        boolean isCompared,
        boolean hasSameEvents,
        long thenEvents,
        long nowEvents,
        long leftOutEvents,
        long entries,
        long records,
        long damagedEntries,
        long firstMillis,
        long lastMillis,
        List<String> notices) {
    public BacktestResult {
        alerts = List.copyOf(alerts);
        notices = List.copyOf(notices);
    }

    /** How many alerts have this verdict. */
    public long count(Compared.Verdict verdict) {
        return alerts.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** Whether anything fires that did not, or the other way round, or as another severity. */
    public boolean differs() {
        return alerts.stream().anyMatch(one -> one.verdict() != Compared.Verdict.SAME);
    }
}
