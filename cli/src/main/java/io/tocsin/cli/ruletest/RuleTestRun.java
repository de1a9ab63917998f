/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.collector.backtest.Backtest;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Episode;
import io.tocsin.collector.backtest.Period;
import io.tocsin.collector.backtest.RulePlan;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.server.LoadedDetection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the tests of a file. Not thread-safe. */
final class RuleTestRun {
    private static final int MAX_EVENTS = 100_000;

    private final RuleTestFile file;
    private final LoadedDetection detection;

    /** @param detection with the rules that the file is about */
    RuleTestRun(RuleTestFile file, LoadedDetection detection) {
        this.file = file;
        this.detection = detection;
    }

    /**
     * What came of one test. Immutable.
     *
     * @param problems what is not as expected; empty: it passed
     * @param fired what did fire, a line each
     */
    record Result(String name, List<String> problems, List<String> fired, long records) {
        Result {
            problems = List.copyOf(problems);
            fired = List.copyOf(fired);
        }

        boolean passed() {
            return problems.isEmpty();
        }
    }

    /** @throws CommandFailure if a test names a rule that there is not: it would pass or fail for no reason */
    void requireRules() {
        Set<String> known = detection.rules().stream()
                .filter(rule -> !rule.disabled())
                .map(Rule::name)
                .collect(Collectors.toSet());
        for (RuleTest test : file.tests()) {
            test.rules().forEach(name -> require(test, name, known));
            test.alerts()
                    .orElse(List.of())
                    .forEach(alert -> require(test, alert.pattern().rule(), known));
            test.states().forEach(state -> state.alerts().forEach(alert -> require(test, alert.rule(), known)));
        }
    }

    private void require(RuleTest test, String rule, Set<String> known) {
        if (!known.contains(rule)) {
            throw new CommandFailure(file.path() + ", test \"" + test.name() + "\": no rule " + rule
                    + " runs; there are "
                    + known.stream().sorted().collect(Collectors.joining(", ")));
        }
        if (!test.looksAt(rule)) {
            throw new CommandFailure(file.path() + ", test \"" + test.name() + "\" expects alerts of rule " + rule
                    + ", which is not among those under rules");
        }
    }

    Result run(RuleTest test) {
        Backtest backtest = new Backtest(
                Optional.empty(), detection.side(RulePlan.asWritten()), Period.ALL, Optional.empty(), MAX_EVENTS);
        try (Generated events = new Generated(test, detection.rules())) {
            BacktestResult result = backtest.run(events, (entries, records, share, engineMillis) -> {});
            List<Episode> fired =
                    result.alerts().stream().map(Compared::episode).toList();
            return new Result(test.name(), Judge.problems(test, fired), Judge.fired(test, fired), result.records());
        } catch (IOException e) {
            throw new UncheckedIOException("made-up events cannot fail to be read", e);
        }
    }
}
