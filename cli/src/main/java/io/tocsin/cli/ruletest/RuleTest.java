/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Events, and the alerts that they should cause. Immutable. Times are milliseconds since the test begins.
 *
 * @param beginMillis when it begins, since 1970 UTC
 * @param seed of what is drawn within ranges
 * @param rules those that are looked at; empty: all
 * @param alerts all that should fire, if they are told
 * @param states what should be firing at certain times
 */
record RuleTest(
        String name,
        long beginMillis,
        long seed,
        List<TestSeries> series,
        Set<String> rules,
        Optional<List<ExpectedAlert>> alerts,
        List<ExpectedState> states) {
    RuleTest {
        series = List.copyOf(series);
        rules = Set.copyOf(rules);
        states = List.copyOf(states);
    }

    /** When all is over that it speaks of. */
    long endMillis() {
        long end = series.stream().mapToLong(TestSeries::endMillis).max().orElse(0);
        for (ExpectedAlert alert : alerts.orElse(List.of())) {
            end = Math.max(end, alert.fires().toMillis());
            end = Math.max(end, alert.resolves().map(Between::toMillis).orElse(0L));
        }
        return Math.max(
                end, states.stream().mapToLong(ExpectedState::atMillis).max().orElse(0));
    }

    boolean looksAt(String rule) {
        return rules.isEmpty() || rules.contains(rule);
    }
}
