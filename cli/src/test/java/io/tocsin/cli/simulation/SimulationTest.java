/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import static io.tocsin.cli.simulation.SimulationTally.agent;
import static io.tocsin.cli.simulation.SimulationTally.workflows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.client.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final long START = 1_767_571_200_000L;
    private static final long SEED = 11;
    private static final long DAY = 86_400_000;
    /** Half an hour of something going wrong: long enough for shares to be certain. */
    private static final long FROM = START + 600_000;

    private static final long TO = FROM + 1_800_000;

    @Test
    void sameSeedGivesTheSameRecords() {
        assertThat(records(SEED, 60_000, 60_000)).isEqualTo(records(SEED, 60_000, 60_000));
        assertThat(records(SEED, 60_000, 60_000)).isNotEqualTo(records(SEED + 1, 60_000, 60_000));
    }

    @Test
    void howItIsAdvancedDoesNotMatter() {
        assertThat(records(SEED, 60_000, 70)).isEqualTo(records(SEED, 60_000, 60_000));
    }

    @Test
    void recordsComeInOrderOfTime() {
        List<Long> times = new ArrayList<>();
        new Simulation(Fleet.standard(), List.of(), SEED, START)
                .advanceTo(START + 60_000, times((t, s) -> times.add(t)));

        assertThat(times).hasSizeGreaterThan(5_000).isSorted();
    }

    @Test
    void ratesAverageOutOverADay() {
        Fleet quiet = Fleet.standard().busier(0.1);
        AgentType coder = quiet.agentTypes().get(2);
        SimulationTally tally = run(quiet, List.of(), agent("coder"), START, START + DAY);

        assertThat(tally.count() / 86_400).isCloseTo(coder.outcomesPerSecond(), within(0.4));
        assertThat(tally.failedShare()).isCloseTo(coder.errorRate(), within(0.0005));
        assertThat(tally.quantile(0.5)).isCloseTo(coder.medianSeconds(), within(0.002));
    }

    @Test
    void everyAgentTypeStaysAboveTenOutcomesASecondForMostOfItsQuietestMinutes() {
        LoadLows lows = new LoadLows();
        new Simulation(Fleet.standard().busier(0.1), List.of(), SEED, START).advanceTo(START + DAY, lows);

        assertThat(lows.shareOfMinutesBelow(10 * 0.1)).isLessThan(0.05);
    }

    @Test
    void workflowsKeepTheirObjectivesInUsualTimes() {
        SimulationTally tally = run(Fleet.standard(), List.of(), workflows(), START, START + 2 * 3_600_000);

        assertThat(tally.failedShare()).isLessThan(0.0005);
        assertThat(tally.quantile(0.95)).isLessThan(2);
    }

    @ParameterizedTest
    @EnumSource(IncidentKind.class)
    void incidentsHaveTheSizeTheySay(IncidentKind kind) {
        double size = kind.promisedSize();
        Place place = kind == IncidentKind.SLO_BURN ? Place.everywhere() : Place.agentType("coder");
        List<Incident> script = List.of(new Incident(1, kind, size, place, FROM, TO));
        Predicate<SimulatedSeries> hit = kind == IncidentKind.SLO_BURN ? workflows() : agent("coder");
        SimulationTally usual = run(Fleet.standard(), List.of(), hit, FROM, TO);
        SimulationTally during = run(Fleet.standard(), script, hit, FROM, TO);

        switch (kind) {
            case LATENCY_SPIKE ->
                assertThat(during.quantile(0.5) / usual.quantile(0.5)).isCloseTo(size, within(0.1));
            case ERROR_BURST, AGENT_FAILING ->
                assertThat(during.failedShare() - usual.failedShare()).isCloseTo(size, within(0.01));
            case THROUGHPUT_DROP ->
                assertThat(1 - during.count() / usual.count()).isCloseTo(size, within(0.01));
            case SILENCE -> assertThat(during.count()).isZero();
            case SLO_BURN -> assertThat(during.failedShare() / 0.001).isCloseTo(size, within(1.5));
        }
    }

    @Test
    void anIncidentChangesNothingAtOtherAgents() {
        List<Incident> script = List.of(new Incident(
                1, IncidentKind.THROUGHPUT_DROP, 0.9, Place.agentType("coder"), START + 5_000, START + 50_000));

        assertThat(recordsOf("planner", script)).isEqualTo(recordsOf("planner", List.of()));
        assertThat(recordsOf("coder", script)).isNotEqualTo(recordsOf("coder", List.of()));
    }

    @Test
    void oneInstanceFailsAlone() {
        List<Incident> script =
                List.of(new Incident(1, IncidentKind.AGENT_FAILING, 0.5, Place.instance("coder", "coder-2"), FROM, TO));
        Predicate<SimulatedSeries> second =
                agent("coder").and(s -> s.attributes().get("gen_ai.agent.id").equals("coder-2"));

        assertThat(run(Fleet.standard(), script, second, FROM, TO).failedShare())
                .isCloseTo(0.505, within(0.02));
        assertThat(run(Fleet.standard(), script, agent("coder").and(second.negate()), FROM, TO)
                        .failedShare())
                .isLessThan(0.01);
    }

    @Test
    void overlappingIncidentsAreRefused() {
        Incident first = new Incident(1, IncidentKind.SILENCE, 5, Place.everywhere(), START, START + 5_000);
        Incident second = new Incident(2, IncidentKind.SILENCE, 5, Place.everywhere(), START + 4_000, START + 9_000);

        assertThatThrownBy(() -> new Simulation(Fleet.standard(), List.of(first, second), SEED, START))
                .hasMessageContaining("not overlap");
    }

    private static SimulationTally run(
            Fleet fleet, List<Incident> script, Predicate<SimulatedSeries> which, long from, long to) {
        SimulationTally tally = new SimulationTally(which, from, to);
        new Simulation(fleet, script, SEED, START).advanceTo(to, tally);
        return tally;
    }

    private static List<String> recordsOf(String agent, List<Incident> script) {
        List<String> records = new ArrayList<>();
        new Simulation(Fleet.standard(), script, SEED, START).advanceTo(START + 60_000, times((time, series) -> {
            if (agent(agent).test(series)) {
                records.add(time + " " + series.id());
            }
        }));
        return records;
    }

    private static List<String> records(long seed, long forMillis, long stepMillis) {
        List<String> records = new ArrayList<>();
        Simulation simulation = new Simulation(Fleet.standard(), List.of(), seed, START);
        SimulationSink sink = new SimulationSink() {
            @Override
            public void outcome(SimulatedSeries s, long at, double latency, Status status, String error) {
                records.add(s.id() + " " + at + " " + latency + " " + status + " " + error);
            }

            @Override
            public void increment(SimulatedSeries s, long at, double by) {
                records.add(s.id() + " " + at + " " + by);
            }

            @Override
            public void gauge(SimulatedSeries s, long at, double value) {
                records.add(s.id() + " " + at + " " + value);
            }
        };
        for (long now = START; now < START + forMillis; now += stepMillis) {
            simulation.advanceTo(Math.min(now + stepMillis, START + forMillis), sink);
        }
        return records;
    }

    private static SimulationSink times(BiConsumer<Long, SimulatedSeries> each) {
        return new SimulationSink() {
            @Override
            public void outcome(SimulatedSeries s, long at, double latency, Status status, String error) {
                each.accept(at, s);
            }

            @Override
            public void increment(SimulatedSeries s, long at, double by) {
                each.accept(at, s);
            }

            @Override
            public void gauge(SimulatedSeries s, long at, double value) {
                each.accept(at, s);
            }
        };
    }
}
