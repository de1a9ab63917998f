/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.ProbeFactory.SeenWindow;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.detectors.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens at the engine's bounds. */
class EngineBoundsTest {
    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final ProducerKey producer = producer("p");

    private static EngineSettings settings(int maxSeries, int maxGroups) {
        EngineSettings d = EngineSettings.DEFAULTS;
        return new EngineSettings(
                maxSeries,
                d.idleTimeout(),
                d.allowance(),
                d.sealAfter(),
                d.maxOpenTasks(),
                d.maxFailures(),
                maxGroups,
                d.lostCounts());
    }

    @Test
    void seriesBeyondTheLimitShareTheOverflowSeriesAndTotalsStayExact() {
        EngineRig rig = new EngineRig(settings(3, 100), List.of(probe));
        rig.tick(T0);
        rig.define(producer, "a", "b", "c", "d", "e");
        for (int id = 0; id < 5; id++) {
            rig.outcomes(producer, id, T0 + 1_000, 10, id, 0.1);
        }
        rig.tick(T0 + 71_000);

        Map<SeriesKey, Long> totals = new HashMap<>();
        rig.series.totals(EngineRig.TENANT, EngineRig.METRIC, (key, all) -> totals.put(key, all.count()));
        assertThat(totals).hasSize(4);
        assertThat(totals.get(SeriesKey.overflow(EngineRig.METRIC, io.tocsin.collector.series.SeriesKind.OUTCOME)))
                .isEqualTo(20);
        assertThat(totals.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
        rig.engine.showCounters();
        assertThat(rig.engine.counters().overflowRecords()).isEqualTo(20);
    }

    @Test
    void groupsBeyondTheLimitAreNotWatchedAndCounted() {
        EngineRig rig = new EngineRig(settings(100, 2), List.of(probe));
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a", "b", "c");
        for (int id = 0; id < 3; id++) {
            rig.outcomes(producer, id, T0 + 1_000, 10, 0, 0.1);
        }
        rig.tick(T0 + 11_000);

        assertThat(probe.windows).extracting(SeenWindow::agent).containsExactly("a", "b");
        rig.engine.showCounters();
        assertThat(rig.engine.counters().unwatchedGroups()).isEqualTo(1);
    }

    @Test
    void anIdleSeriesIsForgottenAndARecordAfterAllMakesItAnew() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        long later = T0 + Duration.ofHours(2).toMillis();
        rig.tick(later);
        assertThat(rig.engine.series()).isZero();
        probe.windows.clear();

        rig.outcomes(producer, 0, later, 7, 0, 0.1);
        rig.tick(later + 11_000);

        assertThat(rig.engine.series()).isEqualTo(1);
        assertThat(probe.windows).extracting(SeenWindow::count).contains(7L);
    }

    @Test
    void aGapOfAYearIsNotGoneThroughStepByStep() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);

        rig.tick(T0 + Duration.ofDays(365).toMillis());

        // an hour of empty windows until the series is forgotten, then nothing
        assertThat(probe.steps.size()).isBetween(360, 380);
        assertThat(probe.windows).hasSameSizeAs(probe.steps);
    }

    @Test
    void recordsBehindAGapOfHoursAreKeptThoughTheTickThatTellsOfItComesAfterThem() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        long behind = T0 + Duration.ofHours(2).toMillis();

        // as in a recording, where the batch that spans the gap is one entry and time follows it
        rig.batch(producer, columns -> {
            columns.addOutcome(0, T0 + 1_000, 0.1, false, 0, 0, 0, 0);
            columns.addOutcome(0, behind, 0.1, false, 0, 0, 0, 0);
            columns.addOutcome(0, behind + 1_000, 0.1, false, 0, 0, 0, 0);
        });
        rig.tick(behind + 1_000);
        rig.tick(behind + 120_000);

        assertThat(countsBySecond(rig)).containsExactly(T0 / 1_000 + 1, behind / 1_000, behind / 1_000 + 1);
    }

    @Test
    void aGapOfAYearInsideABatchIsNotGoneThroughStepByStepAndLosesNothing() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        long behind = T0 + Duration.ofDays(365).toMillis();

        rig.batch(producer, columns -> {
            columns.addOutcome(0, T0 + 1_000, 0.1, false, 0, 0, 0, 0);
            columns.addOutcome(0, behind, 0.1, false, 0, 0, 0, 0);
        });
        rig.tick(behind);
        rig.tick(behind + 120_000);

        assertThat(countsBySecond(rig)).containsExactly(T0 / 1_000 + 1, behind / 1_000);
        // an hour before it is forgotten, and the ten minutes that records may be out of order
        assertThat(probe.steps.size()).isBetween(360, 450);
    }

    /** Seconds with a record, one for each. */
    private static List<Long> countsBySecond(EngineRig rig) {
        rig.engine.publish();
        List<Long> seconds = new ArrayList<>();
        rig.series.scan(EngineRig.TENANT, Selector.of(EngineRig.METRIC), 0, Long.MAX_VALUE, (key, window) -> {
            for (int second = 0; second < window.counts().length; second++) {
                for (long i = 0; i < window.counts()[second]; i++) {
                    seconds.add(window.startMillis() / 1_000 + second);
                }
            }
        });
        return seconds;
    }

    @Test
    void timeBeginsWithTheFirstRecordsNotWithTheYear1970() {
        EngineRig rig = EngineRig.with(probe);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a");
        rig.outcomes(producer, 0, T0 + 1_000, 10, 0, 0.1);
        rig.outcomes(producer, 0, T0 + 25_000, 10, 0, 0.1);

        rig.tick(T0 + 26_000);

        assertThat(probe.steps).containsExactly(T0 + 10_000, T0 + 20_000);
        assertThat(probe.windows).extracting(SeenWindow::count).containsExactly(10L, 0L);
    }

    @Test
    void aRuleThatCannotRunIsShownWithItsProblem() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "no-such-detector"));
        rig.engine.publish();

        assertThat(rig.board.rules(EngineRig.TENANT)).hasSize(1);
        assertThat(rig.board.rules(EngineRig.TENANT).get(0).problem())
                .isEqualTo("detector \"no-such-detector\" is not known, there are [probe]");
    }

    @Test
    void tenantsSeeNothingOfEachOther() {
        EngineRig rig = EngineRig.with(probe);
        rig.tick(T0);
        rig.rule(perAgent("watch", "probe"));
        ProducerKey stranger = new ProducerKey("other", "p", 1);
        rig.define(stranger, "a");
        rig.outcomes(stranger, 0, T0 + 1_000, 10, 10, 0.1);
        rig.tick(T0 + 11_000);

        assertThat(probe.windows).isEmpty();
        List<SeriesKey> seen = new ArrayList<>();
        rig.series.totals(EngineRig.TENANT, EngineRig.METRIC, (key, all) -> seen.add(key));
        assertThat(seen).isEmpty();
        rig.series.totals("other", EngineRig.METRIC, (key, all) -> seen.add(key));
        assertThat(seen).hasSize(1);
    }
}
