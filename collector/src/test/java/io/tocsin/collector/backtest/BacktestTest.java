/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static io.tocsin.collector.backtest.Past.T0;
import static io.tocsin.collector.backtest.Past.TENANT;
import static io.tocsin.collector.backtest.Past.above;
import static io.tocsin.collector.backtest.Past.perAgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.backtest.Compared.Verdict;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.rule.Origin;
import io.tocsin.detectors.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacktestTest {
    /** Ten minutes: a is at 100 from second 120 to 180 and at 50 from 300 to 360; b is at 100 from 330 to 450. */
    private static Past past(io.tocsin.collector.rule.Rule... rules) {
        return new Past(rules)
                .seconds(120, Map.of("a", 5, "b", 5))
                .seconds(60, Map.of("a", 100, "b", 5))
                .seconds(120, Map.of("a", 5, "b", 5))
                .seconds(30, Map.of("a", 50, "b", 5))
                .seconds(30, Map.of("a", 50, "b", 100))
                .seconds(90, Map.of("a", 5, "b", 100))
                .seconds(150, Map.of("a", 5, "b", 5));
    }

    private static List<String> told(BacktestResult result) {
        return result.alerts().stream()
                .map(one -> one.verdict() + " " + one.episode().alert().dedupKey() + " "
                        + (one.episode().firedMillis() - T0) / 1_000)
                .toList();
    }

    @Test
    void whatTheJournalSaysGivesTheSameEvents() {
        BacktestResult result = past(perAgent("deep", 80, Severity.HIGH)).with(RulePlan.asWritten());

        assertThat(told(result))
                .containsExactly("SAME deep/threshold{agent=a} 131", "SAME deep/threshold{agent=b} 341");
        assertThat(result.hasSameEvents()).isTrue();
        assertThat(result.differs()).isFalse();
        assertThat(result.thenEvents()).isEqualTo(result.nowEvents()).isEqualTo(4);
    }

    @Test
    void theSameRulesDeclaredGiveTheSameEvents() {
        BacktestResult result = past(perAgent("deep", 80, Severity.HIGH))
                .with(RulePlan.declared(List.of(perAgent("deep", 80, Severity.HIGH)), true));

        assertThat(result.hasSameEvents()).isTrue();
        assertThat(result.nowEvents()).isEqualTo(4);
    }

    @Test
    void anotherLimitShowsWhatWouldHaveFiredAndWhatNot() {
        BacktestResult lower = past(perAgent("deep", 80, Severity.HIGH))
                .with(RulePlan.declared(List.of(perAgent("deep", 40, Severity.HIGH)), true));
        assertThat(told(lower))
                .containsExactly(
                        "SAME deep/threshold{agent=a} 131",
                        "ONLY_NOW deep/threshold{agent=a} 311",
                        "SAME deep/threshold{agent=b} 341");
        assertThat(lower.differs()).isTrue();

        BacktestResult higher = past(perAgent("deep", 40, Severity.HIGH))
                .with(RulePlan.declared(List.of(perAgent("deep", 80, Severity.HIGH)), true));
        assertThat(told(higher)).contains("ONLY_THEN deep/threshold{agent=a} 311");
        assertThat(higher.count(Verdict.SAME)).isEqualTo(2);
    }

    @Test
    void anotherSeverityIsTold() {
        BacktestResult result = past(perAgent("deep", 80, Severity.HIGH))
                .with(RulePlan.declared(List.of(perAgent("deep", 80, Severity.LOW)), true));

        assertThat(result.count(Verdict.OTHER_SEVERITY)).isEqualTo(2);
        assertThat(result.alerts().get(0).then().orElseThrow().alert().severity())
                .isEqualTo(Severity.HIGH);
        assertThat(result.alerts().get(0).now().orElseThrow().alert().severity())
                .isEqualTo(Severity.LOW);
    }

    @Test
    void aRuleThatTheJournalNeverSetRunsFromTheTenantsFirstEntryOn() {
        BacktestResult result = past(perAgent("deep", 80, Severity.HIGH))
                .with(RulePlan.declared(
                        List.of(perAgent("deep", 80, Severity.HIGH), perAgent("fifty", 50, Severity.LOW)), true));

        assertThat(told(result))
                .contains("ONLY_NOW fifty/threshold{agent=a} 131", "ONLY_NOW fifty/threshold{agent=a} 311");
        assertThat(result.count(Verdict.SAME)).isEqualTo(2);
    }

    @Test
    void aRuleAddedByACallRunsOnUnlessADeclaredOneHasItsName() {
        Past past = past(above("by-call", 80, Origin.API), above("declared", 80, Origin.FILE));

        assertThat(told(past.with(RulePlan.declared(List.of(), true))))
                .contains("SAME by-call/threshold{} 131", "ONLY_THEN declared/threshold{} 131");
        assertThat(told(past.with(RulePlan.declared(List.of(above("by-call", 1_000, Origin.FILE)), true))))
                .contains("ONLY_THEN by-call/threshold{} 131", "ONLY_THEN declared/threshold{} 131");
    }

    @Test
    void whatTheJournalChangedLaterOnIsReplacedToo() {
        Past past = new Past(above("deep", 80, Origin.FILE))
                .seconds(60, Map.of("a", 5))
                .then(new Entry.RuleSet(TENANT, above("deep", 1_000, Origin.FILE)))
                .seconds(60, Map.of("a", 100))
                .then(new Entry.RuleRemoved(TENANT, "deep"))
                .seconds(60, Map.of("a", 5))
                .seconds(60, Map.of("a", 100));

        BacktestResult result = past.with(RulePlan.declared(List.of(above("deep", 80, Origin.FILE)), true));

        assertThat(told(result)).containsExactly("ONLY_NOW deep/threshold{} 71", "ONLY_NOW deep/threshold{} 191");
    }

    @Test
    void oneTenantsChangeLeavesTheOthersAsTheyWere() {
        Past past = past(above("deep", 80, Origin.FILE), above("other", 80, Origin.FILE));

        assertThat(told(past.with(RulePlan.changed(TENANT, List.of(), Set.of("deep"), false))))
                .contains("ONLY_THEN deep/threshold{} 131", "SAME other/threshold{} 131");
        assertThat(told(past.with(RulePlan.changed(TENANT, List.of(above("new", 80, Origin.API)), Set.of(), true))))
                .contains("ONLY_NOW new/threshold{} 131", "ONLY_THEN deep/threshold{} 131");
        assertThat(past.with(RulePlan.changed("another", List.of(), Set.of("deep"), true))
                        .hasSameEvents())
                .isTrue();
    }

    @Test
    void alertingThatIsSwitchedOffFiresNothing() {
        Past past = new Past();
        past.then(new Entry.Started("then", Map.of(), true));
        past.then(new Entry.RuleSet(TENANT, above("deep", 80, Origin.FILE)));
        past.seconds(60, Map.of("a", 100));

        assertThat(told(past.with(RulePlan.declared(List.of(above("deep", 80, Origin.FILE)), false))))
                .containsExactly("ONLY_THEN deep/threshold{} 11");
    }

    @Test
    void aPeriodShowsWhatFiresInItAndReadsNoFurther() {
        Period period = new Period(T0 + 320_000, T0 + 335_000);
        BacktestResult result = past(perAgent("deep", 40, Severity.HIGH)).with(RulePlan.asWritten(), period, 1_000);

        assertThat(told(result)).containsExactly("SAME deep/threshold{agent=a} 311");
        assertThat(result.lastMillis()).isEqualTo(T0 + 334_000);
        assertThat(result.notices()).isEmpty();
    }

    @Test
    void aPeriodThatBeginsBeforeTheJournalIsTold() {
        BacktestResult result = past(perAgent("deep", 40, Severity.HIGH))
                .with(RulePlan.asWritten(), new Period(T0 - 86_400_000, T0 + 400_000), 1_000);

        assertThat(result.notices()).singleElement().asString().contains("2023-11-14T22:14:00Z", "warm up");
    }

    @Test
    void detectorsOfThenThatAreNotHereAreTold() {
        Past past = new Past().then(new Entry.Started("1.0", Map.of("threshold", "other", "mine", "x"), true));

        assertThat(past.with(RulePlan.asWritten()).notices())
                .hasSize(2)
                .anyMatch(notice -> notice.contains("detector mine") && notice.contains("not loaded"))
                .anyMatch(notice -> notice.contains("detector threshold") && notice.contains("not the one"));
    }

    @Test
    void eventsBeyondTheBoundAreCounted() {
        BacktestResult result = past(perAgent("deep", 40, Severity.HIGH)).with(RulePlan.asWritten(), Period.ALL, 2);

        assertThat(result.leftOutEvents()).isEqualTo(8);
        assertThat(result.alerts()).hasSize(1);
        assertThat(result.hasSameEvents()).isTrue();
    }

    @Test
    void aListenerThatThrowsEndsIt() {
        Past past = past();
        Backtest backtest = new Backtest(
                java.util.Optional.empty(),
                Past.side(RulePlan.asWritten()),
                Period.ALL,
                java.util.Optional.empty(),
                10);

        assertThatThrownBy(() -> backtest.run(new ListSource(past.entries), (read, records, share, engineMillis) -> {
                    throw new java.util.concurrent.CancellationException("enough");
                }))
                .hasMessage("enough");
    }

    @Test
    void aPeriodEndsAfterItBegins() {
        assertThatThrownBy(() -> new Period(5, 5)).hasMessageContaining("must end after it begins");
    }
}
