/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Compared.Verdict;
import io.tocsin.collector.backtest.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of all sources. Immutable.
 *
 * @param results by the name of the source
 */
record Outcome(Period period, Map<String, BacktestResult> results) {
    Outcome {
        results = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    boolean isCompared() {
        return results.values().stream().anyMatch(BacktestResult::isCompared);
    }

    /** Also if something could not be held: then nobody knows. */
    boolean differs() {
        return results.values().stream().anyMatch(result -> result.differs() || result.leftOutEvents() > 0);
    }

    boolean hasSameEvents() {
        return results.values().stream().allMatch(BacktestResult::hasSameEvents);
    }

    List<Compared> alerts() {
        return results.values().stream()
                .flatMap(result -> result.alerts().stream())
                .toList();
    }

    long count(Verdict verdict) {
        return results.values().stream()
                .mapToLong(result -> result.count(verdict))
                .sum();
    }

    long sum(java.util.function.ToLongFunction<BacktestResult> of) {
        return results.values().stream().mapToLong(of).sum();
    }
}
