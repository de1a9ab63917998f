/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.grouped;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.ProbeFactory.SeenWindow;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.series.Selector;
import io.tocsin.detectors.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What detectors of windows are given, and when. */
class EngineWindowsTest {
    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");

    private void begin(String... agents) {
        rig.tick(T0);
        rig.alive(producer, T0 - 60_000);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, agents);
    }

    @Test
    void judgesAWindowAtItsEndPlusTheAllowanceAndNotBefore() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 20, 3, 0.5);

        rig.tick(T0 + 10_999);
        assertThat(probe.windows).isEmpty();

        rig.tick(T0 + 11_000);
        assertThat(probe.windows).hasSize(1);
        SeenWindow window = probe.windows.get(0);
        assertThat(window.startMillis()).isEqualTo(T0);
        assertThat(window.count()).isEqualTo(20);
        assertThat(window.errors()).isEqualTo(3);
        assertThat(window.coverage()).isEqualTo(1.0);
        assertThat(window.p50()).isCloseTo(0.5, org.assertj.core.data.Offset.offset(0.005));
        assertThat(window.agent()).isEqualTo("a");
    }

    @Test
    void givesEveryStepOneWindowFromTheFirstDataOnEmptyOnesToo() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 11_000, 1, 0, 0.1);
        rig.outcomes(producer, 0, T0 + 41_000, 2, 0, 0.1);

        rig.tick(T0 + 61_000);

        assertThat(probe.windows)
                .extracting(SeenWindow::startMillis)
                .containsExactly(T0 + 10_000, T0 + 20_000, T0 + 30_000, T0 + 40_000, T0 + 50_000);
        assertThat(probe.windows).extracting(SeenWindow::count).containsExactly(1L, 0L, 0L, 2L, 0L);
        assertThat(probe.steps)
                .containsExactly(T0 + 10_000, T0 + 20_000, T0 + 30_000, T0 + 40_000, T0 + 50_000, T0 + 60_000);
    }

    @Test
    void aRecordThatComesBetweenJudgingAndSealingCorrectsTheRollupAndIsNotJudgedAgain() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 5, 0, 0.1);
        rig.tick(T0 + 11_000);
        rig.outcomes(producer, 0, T0 + 2_000, 7, 0, 0.1);
        rig.tick(T0 + 71_000);

        assertThat(probe.windows.get(0).count()).isEqualTo(5);
        assertThat(probe.windows).filteredOn(w -> w.startMillis() == T0).hasSize(1);
        assertThat(publishedCount()).isEqualTo(12);
        rig.engine.showCounters();
        assertThat(rig.engine.counters().late()).isZero();
    }

    @Test
    void aRecordAfterSealingIsLateAndEntersTotalsOnly() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 5, 0, 0.1);
        rig.tick(T0 + 71_000);
        rig.outcomes(producer, 0, T0 + 2_000, 7, 7, 0.1);
        rig.outcomes(producer, 0, T0 + 70_000, 1, 0, 0.1);
        rig.engine.publish();

        assertThat(publishedCount()).isEqualTo(6);
        assertThat(rig.engine.counters().late()).isEqualTo(7);
        List<Long> totals = new ArrayList<>();
        rig.series.totals(EngineRig.TENANT, EngineRig.METRIC, (key, all) -> totals.add(all.count()));
        assertThat(totals).containsExactly(13L);
    }

    private long publishedCount() {
        long[] count = {0};
        rig.series.scan(EngineRig.TENANT, Selector.of(EngineRig.METRIC), 0, Long.MAX_VALUE, (key, window) -> {
            for (int ofSecond : window.counts()) {
                count[0] += ofSecond;
            }
        });
        return count[0];
    }

    @Test
    void oneFastProducerDoesNotMakeTheOthersLate() {
        begin("a");
        ProducerKey ahead = producer("ahead");
        rig.alive(ahead, T0);
        rig.define(ahead, "b");
        rig.outcomes(ahead, 0, T0 + 9 * 60_000, 10, 0, 0.1);
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);

        rig.tick(T0 + 11_000);

        rig.engine.showCounters();
        assertThat(rig.engine.counters().late()).isZero();
        assertThat(probe.windows).extracting(SeenWindow::agent).containsExactly("a");
        assertThat(probe.windows.get(0).count()).isEqualTo(10);
    }

    @Test
    void aClockOffsetMovesRecordsToWhereTheyBelong() {
        begin("a");
        long hour = 3_600_000;
        rig.batch(producer, hour, columns -> columns.addOutcome(0, T0 + 1_000 - hour, 0.2, false, 0, 0, 0, 0));

        rig.tick(T0 + 11_000);

        assertThat(probe.windows).extracting(SeenWindow::count).containsExactly(1L);
    }

    @Test
    void rejectedRowsAreNotCounted() {
        begin("a");
        rig.batch(
                producer,
                0,
                columns -> {
                    for (int i = 0; i < 1_000; i++) {
                        columns.addOutcome(0, T0 + i, i == 500 ? Double.NaN : 0.1, false, 0, 0, 0, 0);
                    }
                },
                500);
        rig.tick(T0 + 11_000);

        assertThat(probe.windows.get(0).count()).isEqualTo(999);
    }

    @Test
    void windowsOfAnyStepAreExactWhateverTheOrderOfRecords() {
        ProbeFactory one = new ProbeFactory("one", Input.outcomes("calls", "calls"));
        ProbeFactory seven = new ProbeFactory("seven", Input.outcomes("calls", "calls"));
        ProbeFactory minute = new ProbeFactory("minute", Input.outcomes("calls", "calls"));
        EngineRig many = EngineRig.with(one, seven, minute);
        many.tick(T0);
        many.alive(producer, T0);
        many.rule(grouped("one", "one", List.of(), List.of(), 1_000));
        many.rule(grouped("seven", "seven", List.of(), List.of(), 7_000));
        many.rule(grouped("minute", "minute", List.of(), List.of(), 60_000));
        many.define(producer, "a", "b");
        long seed = 20261124;
        SplittableRandom random = new SplittableRandom(seed);
        long[] bySecond = new long[400];
        for (int second = 0; second < 300; second++) {
            int now = second;
            many.batch(producer, columns -> {
                for (int i = 0; i < 20; i++) {
                    // up to 10 s out of order, never before the first second
                    int back = Math.min(now, random.nextInt(11));
                    bySecond[now + 10 - back]++;
                    columns.addOutcome(
                            random.nextInt(2),
                            T0 + (now + 10 - back) * 1_000L + random.nextInt(1_000),
                            0.1,
                            false,
                            0,
                            0,
                            0,
                            0);
                }
            });
            many.tick(T0 + second * 1_000L);
        }
        many.tick(T0 + 400_000);

        for (ProbeFactory of : List.of(one, seven, minute)) {
            long step = of == one ? 1_000 : of == seven ? 7_000 : 60_000;
            assertThat(of.windows).as("seed " + seed).isNotEmpty().allSatisfy(window -> {
                long expected = 0;
                for (long second = window.startMillis(); second < window.startMillis() + step; second += 1_000) {
                    int place = (int) ((second - T0) / 1_000);
                    expected += place >= 0 && place < bySecond.length ? bySecond[place] : 0;
                }
                assertThat(window.count()).isEqualTo(expected);
            });
        }
    }

    @Test
    void membersAreDenseAndTheirNumbersAreUsedAgainOnlyAfterForget() {
        ProbeFactory peers =
                new ProbeFactory("peers", Input.outcomes("calls", "calls").perMember());
        EngineRig grouping = EngineRig.with(peers);
        grouping.tick(T0);
        grouping.alive(producer, T0);
        grouping.rule(grouped("peers", "peers", List.of(), List.of("agent"), 10_000));
        grouping.define(producer, "a", "b", "c");
        for (int id = 0; id < 3; id++) {
            grouping.outcomes(producer, id, T0 + 1_000, id + 1, 0, 0.1);
        }
        grouping.tick(T0 + 11_000);
        assertThat(peers.windows).extracting(SeenWindow::member).containsExactly(0, 1, 2);
        assertThat(peers.windows).extracting(SeenWindow::agent).containsExactly("a", "b", "c");

        // a and c go on, b is idle for longer than the timeout
        long later = T0 + Duration.ofMinutes(50).toMillis();
        grouping.tick(later);
        grouping.outcomes(producer, 0, later, 1, 0, 0.1);
        grouping.outcomes(producer, 2, later, 1, 0, 0.1);
        grouping.tick(T0 + Duration.ofMinutes(75).toMillis());
        assertThat(peers.forgotten).containsExactly(1);

        ProducerKey other = producer("other");
        grouping.alive(other, T0);
        grouping.define(other, "d");
        long last = T0 + Duration.ofMinutes(75).toMillis();
        grouping.outcomes(other, 0, last, 9, 0, 0.1);
        grouping.tick(last + 11_000);
        assertThat(peers.windows)
                .filteredOn(w -> w.agent().equals("d"))
                .extracting(SeenWindow::member)
                .containsOnly(1);
    }

    @Test
    void silenceOfALivingProducerIsZeroOfALostOneUnknownOfAStoppedOneNothing() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        rig.tick(T0 + 21_000);
        assertThat(last().count()).isZero();
        assertThat(last().coverage()).as("alive and silent").isEqualTo(1.0);

        rig.apply(new Entry.LivenessChanged(producer, Liveness.LOST, T0 + 25_000));
        rig.tick(T0 + 31_000);
        assertThat(last().coverage()).as("lost in the middle").isEqualTo(0.5);
        rig.tick(T0 + 41_000);
        assertThat(last().coverage()).as("lost").isZero();

        rig.alive(producer, T0 + 45_000);
        rig.tick(T0 + 61_000);
        assertThat(last().coverage()).as("alive again").isEqualTo(1.0);
    }

    @Test
    void judgementsOfAGroupWhoseProducersHaveStoppedAreNotTaken() {
        probe.judge = (window, findings) -> findings.judge(0, "silent", window.count() == 0 ? 5 : 0);
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        rig.tick(T0 + 11_000);
        rig.apply(new Entry.LivenessChanged(producer, Liveness.STOPPED, T0 + 12_000));
        rig.tick(T0 + 19_000);

        rig.tick(T0 + 300_000);

        // the window in which it stopped is judged, with little coverage; no window after it
        assertThat(rig.eventList()).hasSizeLessThanOrEqualTo(1);
        assertThat(rig.eventList()).allSatisfy(e -> assertThat(e.atMillis()).isLessThanOrEqualTo(T0 + 21_000));
    }

    @Test
    void whileTheCollectorRefusedDataSilenceProvesNothing() {
        begin("a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        rig.apply(new Entry.Refused(EngineRig.TENANT, T0 + 12_000, T0 + 13_000, 3));

        rig.tick(T0 + 31_000);

        assertThat(probe.windows).extracting(SeenWindow::coverage).containsExactly(1.0, 0.5, 1.0);
    }

    private SeenWindow last() {
        return probe.windows.get(probe.windows.size() - 1);
    }
}
