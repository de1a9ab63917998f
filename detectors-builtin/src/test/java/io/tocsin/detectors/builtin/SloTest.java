/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.builtin.simulation.Listener;
import io.tocsin.detectors.testkit.Judgement;
import io.tocsin.detectors.testkit.JudgementRecorder;
import io.tocsin.detectors.testkit.RuleParameters;
import io.tocsin.detectors.testkit.TallyRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SloTest {
    private static final long START = 1_767_225_600;

    private final JudgementRecorder said = new JudgementRecorder();

    private static Detector slo(String... settings) {
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            byName.put(settings[i], settings[i + 1]);
        }
        SloFactory factory = new SloFactory();
        RuleParameters parameters = RuleParameters.of(factory, byName);
        Detector detector = factory.create(parameters);
        assertThat(parameters.problems()).isEmpty();
        return detector;
    }

    private void second(Detector slo, long second, long all, long failed) {
        said.during(findings -> slo.observe(
                TallyRows.at(second * 1000 + 500).row(second, all, failed).build(), findings));
    }

    private double score(String kind) {
        return said.last(kind).orElseThrow().score();
    }

    private static double gauge(Detector slo, String name) {
        Map<String, Double> gauges = new HashMap<>();
        slo.inspect(0, gauges::put);
        return gauges.get(name);
    }

    @Test
    void aFullOutageAfterAnHourFiresTheHourPairWithin52Seconds() {
        Detector slo = slo();
        for (int second = 0; second < 3600; second++) {
            second(slo, START + second, 10, 0);
        }
        int outage = 0;
        while (score("burn-5m-1h") < 1) {
            second(slo, START + 3600 + outage++, 10, 10);
        }
        // 14.4 × 0.1 % of an hour is 51.84 s
        assertThat(outage).isBetween(51, 53);
        assertThat(score("fast-burn")).isGreaterThan(1);
    }

    @Test
    void theHourPairIsOverFiveMinutesAfterTheOutage() {
        Detector slo = slo();
        for (int second = 0; second < 3600; second++) {
            second(slo, START + second, 10, second > 3000 && second <= 3060 ? 10 : 0);
        }
        assertThat(said.judgements().stream()
                        .filter(j -> j.kind().equals("burn-5m-1h") && j.isBad())
                        .mapToInt(Judgement::call)
                        .max()
                        .orElseThrow())
                .isBetween(3060 + 260, 3060 + 300);
        assertThat(score("burn-5m-1h")).isLessThan(1);
    }

    @Test
    void whatCannotBeToldStaysAsItWas() {
        Detector slo = slo();
        for (int second = 0; second < 120; second++) {
            second(slo, START + second, 10, 10);
        }
        double firing = score("burn-5m-1h");
        said.during(findings -> slo.step((START + 3000) * 1000, findings));

        assertThat(firing).isGreaterThan(1);
        assertThat(score("burn-5m-1h")).isEqualTo(firing);
    }

    @Test
    void oneFailureAmongFewPagesNobody() {
        Detector slo = slo();
        for (int minute = 0; minute < 69; minute++) {
            second(slo, START + minute * 60, 1, minute == 68 ? 1 : 0);
        }
        assertThat(said.judgements()).filteredOn(Judgement::isBad).isEmpty();
    }

    @Test
    void aFactorThatCouldNeverBeExceededIsLoweredToNineTenthsOfAllBad() {
        Detector slo = slo("target", "0.9");
        for (int second = 0; second < 600; second++) {
            second(slo, START + second, 10, 10);
        }
        assertThat(score("burn-5m-1h")).isGreaterThan(1);
    }

    @Test
    void anExcursionIsCountedOnce() {
        Detector slo = slo("window", "10m", "target", "0.99");
        int second = 0;
        for (int excursion = 0; excursion < 3; excursion++) {
            for (int i = 0; i < 1200; i++, second++) {
                second(slo, START + second, 10, i < 60 ? 5 : 0);
            }
        }
        assertThat(gauge(slo, Gauges.SLO_BREACHES)).isEqualTo(3);
        assertThat(gauge(slo, Gauges.SLO_BREACHED)).isZero();
        assertThat(gauge(slo, Gauges.SLO_ATTAINED)).isEqualTo(1);
    }

    @Test
    void tellsHowTheObjectiveStands() {
        Detector slo = slo("window", "1h", "target", "0.99");
        for (int second = 0; second < 1000; second++) {
            second(slo, START + second, 10, second % 200 == 0 ? 10 : 0);
        }
        assertThat(gauge(slo, Gauges.SLO_TARGET)).isEqualTo(0.99);
        assertThat(gauge(slo, Gauges.SLO_TOTAL)).isEqualTo(10_000);
        assertThat(gauge(slo, Gauges.SLO_GOOD)).isEqualTo(9_950);
        assertThat(gauge(slo, Gauges.SLO_ATTAINED)).isEqualTo(0.995);
        assertThat(gauge(slo, Gauges.SLO_BUDGET_REMAINING)).isEqualTo(0.5);
        assertThat(gauge(slo, Gauges.SLO_BURN + "1h")).isEqualTo(0.5);
    }

    @Test
    void latencyCountsTheSlowOnes() {
        Detector slo = slo("type", "latency", "latency", "2", "target", "0.95", "window", "1h");
        for (int second = 0; second < 600; second++) {
            long now = START + second;
            said.during(findings -> slo.observe(
                    TallyRows.at(now * 1000).row(0, 0, now, 20, 20, 1, 20).build(), findings));
        }
        assertThat(gauge(slo, Gauges.SLO_ATTAINED)).isEqualTo(0.95);
        assertThat(score("breach")).isLessThan(1);
    }

    @Test
    void throughputBelowTargetIsAShortfall() {
        Detector slo = slo("type", "throughput", "target", "5", "window", "1h");
        for (int second = 0; second < 1200; second++) {
            second(slo, START + second, 10, 0);
        }
        assertThat(score("shortfall")).isLessThan(1);
        for (int second = 1200; second < 4800; second++) {
            second(slo, START + second, 1, 0);
        }
        assertThat(score("shortfall")).isGreaterThan(1);
        assertThat(score("breach")).isGreaterThan(1);
        assertThat(gauge(slo, Gauges.SLO_BREACHES)).isEqualTo(1);
    }

    /** Five types at twelve outcomes a second each, for a minute at 14.4 times the budget, after ten minutes at a third of it. */
    @Test
    void aMinuteAtFourteenTimesTheBudgetIsAlwaysCaught() {
        int missed = 0;
        for (int trial = 0; trial < 500; trial++) {
            Random random = new Random(trial);
            Detector slo = slo();
            assertThat(run(slo, random, 0, 600, 0.0003))
                    .as("trial %s before", trial)
                    .isLessThan(1);
            missed += run(slo, random, 600, 660, 0.0144) >= 1 ? 0 : 1;
        }
        assertThat(missed).isZero();
    }

    @Test
    void errorsAtTheBudgetRateAreNoFastBurn() {
        Random random = new Random(1);
        Detector slo = slo();
        for (int hour = 0; hour < 100; hour++) {
            assertThat(run(slo, random, hour * 3600, (hour + 1) * 3600, 0.001))
                    .as("hour %s", hour)
                    .isLessThan(1);
        }
    }

    /** The worst score of a fast burn. */
    private static double run(Detector slo, Random random, int from, int to, double share) {
        Listener listener = new Listener("fast-burn");
        for (int second = from; second < to; second++) {
            int failed = 0;
            for (int i = 0; i < 60; i++) {
                failed += random.nextDouble() < share ? 1 : 0;
            }
            long now = START + second;
            slo.observe(TallyRows.at(now * 1000 + 300).row(now, 60, failed).build(), listener);
        }
        return listener.worst();
    }
}
