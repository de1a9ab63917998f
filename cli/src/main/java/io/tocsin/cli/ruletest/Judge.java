/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.collector.backtest.Episode;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.List;

/** Compares the alerts of a test with those that were expected. Stateless. */
final class Judge {
    private Judge() {}

    /** What is not as expected, in words; empty: all is. */
    static List<String> problems(RuleTest test, List<Episode> fired) {
        List<String> problems = new ArrayList<>();
        List<Episode> seen = fired.stream()
                .filter(episode -> test.looksAt(episode.alert().rule()))
                .toList();
        test.alerts().ifPresent(expected -> alerts(test, expected, seen, problems));
        test.states().forEach(state -> state(test, state, seen, problems));
        return problems;
    }

    private static void alerts(
            RuleTest test, List<ExpectedAlert> expected, List<Episode> fired, List<String> problems) {
        List<Episode> left = new ArrayList<>(fired);
        List<ExpectedAlert> missing = new ArrayList<>();
        for (ExpectedAlert one : expected) {
            Episode match = null;
            for (Episode episode : left) {
                if (match == null
                        && one.pattern().isAbout(episode.alert())
                        && one.fires().holds(episode.firedMillis() - test.beginMillis())) {
                    match = episode;
                }
            }
            if (match == null) {
                missing.add(one);
            } else {
                left.remove(match);
                details(test, one, match, problems);
            }
        }
        for (ExpectedAlert one : missing) {
            Episode atAnotherTime = left.stream()
                    .filter(episode -> one.pattern().isAbout(episode.alert()))
                    .findFirst()
                    .orElse(null);
            String should = one.pattern() + " should fire " + one.fires() + ", ";
            if (atAnotherTime == null) {
                problems.add(should + "did not");
            } else {
                left.remove(atAnotherTime);
                problems.add(should + "fired at " + at(test, atAnotherTime.firedMillis()));
                details(test, one, atAnotherTime, problems);
            }
        }
        left.forEach(episode -> problems.add(AlertPattern.text(episode.alert()) + " should not fire, fired at "
                + at(test, episode.firedMillis()) + " (" + AlertPattern.word(severity(episode)) + "): "
                + episode.alert().evidence().text()));
    }

    private static void details(RuleTest test, ExpectedAlert expected, Episode episode, List<String> problems) {
        severity(expected.pattern(), episode, problems);
        expected.resolves().ifPresent(resolves -> {
            boolean resolved = episode.endMillis() != Long.MAX_VALUE;
            if (!resolved || !resolves.holds(episode.endMillis() - test.beginMillis())) {
                problems.add(expected.pattern() + " should resolve " + resolves + ", "
                        + (resolved ? "resolved at " + at(test, episode.endMillis()) : "still fires at the end"));
            }
        });
    }

    private static void severity(AlertPattern pattern, Episode episode, List<String> problems) {
        pattern.severity()
                .filter(wanted -> wanted != severity(episode))
                .ifPresent(wanted -> problems.add(pattern + " should be " + AlertPattern.word(wanted) + ", was "
                        + AlertPattern.word(severity(episode))));
    }

    private static Severity severity(Episode episode) {
        return episode.alert().severity();
    }

    private static void state(RuleTest test, ExpectedState state, List<Episode> fired, List<String> problems) {
        long atMillis = test.beginMillis() + state.atMillis();
        List<Episode> firing = new ArrayList<>(fired.stream()
                .filter(episode -> episode.firedMillis() <= atMillis && episode.endMillis() > atMillis)
                .toList());
        String at = " at " + Offsets.text(state.atMillis());
        for (AlertPattern pattern : state.alerts()) {
            Episode match = firing.stream()
                    .filter(episode -> pattern.isAbout(episode.alert()))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                problems.add(pattern + " should be firing" + at + ", was not");
            } else {
                firing.remove(match);
                severity(pattern, match, problems);
            }
        }
        firing.forEach(episode -> problems.add(AlertPattern.text(episode.alert()) + " should not be firing" + at
                + ", was, since " + at(test, episode.firedMillis())));
    }

    private static String at(RuleTest test, long millis) {
        return Offsets.text(millis - test.beginMillis());
    }

    /** What fired, a line each. */
    static List<String> fired(RuleTest test, List<Episode> fired) {
        return fired.stream()
                .filter(episode -> test.looksAt(episode.alert().rule()))
                .map(episode -> at(test, episode.firedMillis()) + " "
                        + AlertPattern.word(severity(episode)) + " " + AlertPattern.text(episode.alert())
                        + (episode.endMillis() == Long.MAX_VALUE
                                ? ", still firing at the end"
                                : ", resolved at " + at(test, episode.endMillis())))
                .toList();
    }
}
