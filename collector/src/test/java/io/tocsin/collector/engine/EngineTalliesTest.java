/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.collector.engine.ProbeFactory.SeenRecord;
import io.tocsin.collector.engine.ProbeFactory.SeenTally;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.detectors.Input;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Exact counts and single records: each once, however late. */
class EngineTalliesTest {
    private final ProbeFactory probe =
            new ProbeFactory("probe", Input.tallies("calls", "calls", ProbeFactory.THRESHOLD));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");

    private void begin(EngineRig with) {
        with.tick(T0);
        with.alive(producer, T0);
        with.rule(perAgent("watch", "probe"));
        with.define(producer, "a");
    }

    @Test
    void areHandedOverWithTheTickThatEndsTheirGroup() {
        begin(rig);
        rig.batch(producer, columns -> {
            columns.addOutcome(0, T0 + 100, 0.5, false, 0, 0, 0, 0);
            columns.addOutcome(0, T0 + 200, 2.0, false, 0, 0, 0, 0);
            columns.addOutcome(0, T0 + 300, 2.0, true, 0, 0, 0, 0);
            columns.addOutcome(0, T0 + 1_300, 0.5, true, 0, 0, 0, 0);
        });
        rig.tick(T0 + 1_500);

        long second = T0 / 1_000;
        assertThat(probe.tallies)
                .containsExactly(
                        new SeenTally(0, second, 3, 1, 2, 2, T0 + 1_500),
                        new SeenTally(0, second + 1, 1, 1, 0, 1, T0 + 1_500));
    }

    @Test
    void areCountedOnceThoughTwoRulesSeeTheSameGroupTheSameWay() {
        begin(rig);
        rig.rule(perAgent("watch-too", "probe"));
        rig.batch(producer, columns -> columns.addOutcome(0, T0 + 100, 0.5, false, 0, 0, 0, 0));
        rig.tick(T0 + 500);

        SeenTally once = new SeenTally(0, T0 / 1_000, 1, 0, 0, 0, T0 + 500);
        assertThat(probe.tallies).containsExactly(once, once);
    }

    @Test
    void everyIncrementComesOnceHoweverLate() {
        begin(rig);
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Long> expected = new TreeMap<>();
        for (int round = 0; round < 200; round++) {
            long now = T0 + round * 1_000L;
            rig.batch(producer, columns -> {
                for (int i = 0; i < 30; i++) {
                    long time = now - (random.nextInt(10) == 0 ? random.nextInt(1_800_000) : random.nextInt(500));
                    expected.merge(Math.floorDiv(time, 1_000L), 1L, Long::sum);
                    columns.addOutcome(0, time, 0.1, false, 0, 0, 0, 0);
                }
            });
            if (random.nextBoolean()) {
                rig.tick(now + 500);
            }
        }
        rig.tick(T0 + 300_000);

        Map<Long, Long> seen = new TreeMap<>();
        probe.tallies.forEach(t -> seen.merge(t.second(), t.all(), Long::sum));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aTaskPastItsDeadlineCountsAsFailedAndItsLateOutcomeDoesNotCountAgain() {
        begin(rig);
        rig.batch(producer, columns -> {
            columns.addStart(0, T0, 1, 2_000);
            columns.addStart(0, T0, 2, 2_000);
            columns.addStart(0, T0, 3, 0);
        });
        rig.batch(producer, columns -> columns.addOutcome(0, T0 + 1_000, 1.0, false, 0, 2, 0, 0));
        rig.tick(T0 + 2_900);
        assertThat(probe.tallies).extracting(SeenTally::failed).containsExactly(0L);

        rig.tick(T0 + 3_000);
        rig.tick(T0 + 3_250);
        assertThat(probe.tallies).extracting(SeenTally::second).containsExactly(T0 / 1_000 + 1, T0 / 1_000 + 2);
        assertThat(probe.tallies).extracting(SeenTally::failed).containsExactly(0L, 1L);

        rig.batch(producer, columns -> columns.addOutcome(0, T0 + 4_000, 4.0, false, 0, 1, 0, 0));
        rig.tick(T0 + 5_000);
        assertThat(probe.tallies).hasSize(2);
    }

    @Test
    void aTaskWhoseOutcomeComesBeforeItsStartIsNotCountedTwice() {
        begin(rig);
        rig.batch(producer, columns -> {
            columns.addOutcome(0, T0 + 900, 0.9, false, 0, 7, 0, 0);
            columns.addStart(0, T0, 7, 2_000);
        });
        rig.tick(T0 + 60_000);

        assertThat(probe.tallies).extracting(SeenTally::all).containsExactly(1L);
        assertThat(probe.tallies).extracting(SeenTally::failed).containsExactly(0L);
    }

    @Test
    void singleRecordsComeInJournalOrderWithTheAttributesAskedFor() {
        ProbeFactory singles = new ProbeFactory("probe", Input.records("calls", "calls", "agent"));
        EngineRig records = EngineRig.with(singles);
        begin(records);
        records.batch(producer, columns -> {
            columns.addOutcome(0, T0 + 900, 0.5, true, EngineRig.TIMEOUT, 0, 0, 0);
            columns.addOutcome(0, T0 + 100, 0.25, false, 0, 0, 0, 0);
        });

        assertThat(singles.records)
                .containsExactly(
                        new SeenRecord(0, T0 + 900, 0.5, true, "timeout", "a"),
                        new SeenRecord(0, T0 + 100, 0.25, false, "", "a"));
    }

    @Test
    void aMemberThatComesBackUnderAnotherNumberIsCountedUnderThatAlone() {
        ProbeFactory peers = new ProbeFactory(
                "peers", Input.tallies("calls", "calls", ProbeFactory.THRESHOLD).perMember());
        EngineRig grouping = EngineRig.with(peers);
        grouping.tick(T0);
        grouping.rule(EngineRig.grouped("peers", "peers", List.of(), List.of("agent"), 10_000));
        grouping.define(producer, "a", "b", "c");
        grouping.outcomes(producer, 0, T0, 1, 0, 0.1);
        grouping.tick(T0 + 1_000);
        long later = T0 + Duration.ofMinutes(50).toMillis();
        grouping.tick(later);
        grouping.outcomes(producer, 2, later, 1, 0, 0.1);
        grouping.tick(T0 + Duration.ofMinutes(75).toMillis());
        assertThat(peers.forgotten).as("a and b, c goes on").containsExactly(0, 1);
        peers.tallies.clear();

        ProducerKey other = producer("other");
        grouping.define(other, "d");
        long last = T0 + Duration.ofMinutes(75).toMillis();
        grouping.outcomes(other, 0, last, 1, 0, 0.1);
        grouping.outcomes(producer, 0, last, 5, 0, 0.1); // a again, when d has its number
        grouping.tick(last + 1_000);

        assertThat(peers.tallies)
                .extracting(SeenTally::member, SeenTally::all)
                .containsExactly(tuple(0, 1L), tuple(1, 5L));
    }

    @Test
    void aTaskPastItsDeadlineIsASingleRecordOfTheTickThatFoundIt() {
        ProbeFactory singles = new ProbeFactory("singles", Input.records("calls", "calls", "agent"));
        EngineRig records = EngineRig.with(singles);
        records.tick(T0);
        records.rule(perAgent("watch", "singles"));
        records.define(producer, "a");
        records.batch(producer, columns -> columns.addStart(0, T0, 77, 2_000));

        records.tick(T0 + 3_000);

        assertThat(singles.records).containsExactly(new SeenRecord(0, T0 + 2_000, 2.0, true, "deadline_exceeded", "a"));
    }
}
