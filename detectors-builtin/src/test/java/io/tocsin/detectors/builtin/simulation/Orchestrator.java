/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A simulated agent orchestrator, second by second: five agent types of three instances each, 10 to 40 outcomes a second and type on average;
 * load that strays by 60 % over a day and 20 % over minutes; log-normal latencies; 0.02 to 0.5 % of outcomes fail. Seeded.
 */
final class Orchestrator {
    static final int TYPES = 5;
    static final int INSTANCES = 3;
    private static final double[] BASE_RATE = {14, 20, 25, 32, 40};
    private static final double[] INSTANCE_SHARE = {0.45, 0.3, 0.25};
    private static final double[] MEDIAN_SECONDS = {0.08, 0.3, 0.9, 2.5, 8};
    private static final double[] SIGMA = {0.5, 0.6, 0.65, 0.7, 0.8};
    private static final double[] ERROR_SHARE = {0.0002, 0.0005, 0.001, 0.002, 0.005};

    private final Random random;
    private final double[] phases = new double[TYPES * 3];
    private final List<Incident> incidents;
    private int firstOpen;

    /** What instances did since the last {@link #clear}. */
    final Outcomes[] outcomes = new Outcomes[TYPES * INSTANCES];

    Orchestrator(long seed, List<Incident> incidents) {
        this.random = new Random(seed);
        this.incidents = incidents;
        for (int i = 0; i < phases.length; i++) {
            phases[i] = 2 * Math.PI * random.nextDouble();
        }
        Arrays.setAll(outcomes, i -> new Outcomes());
    }

    static double load(int type, double second, double[] phases) {
        double day = 1 + 0.6 * Math.sin(2 * Math.PI * second / 86_400 + phases[0]);
        double quarter = 0.12 * Math.sin(2 * Math.PI * second / (700 + 90 * type) + phases[type * 3 + 1]);
        double minutes = 0.08 * Math.sin(2 * Math.PI * second / (150 + 17 * type) + phases[type * 3 + 2]);
        return BASE_RATE[type] * day * (1 + quarter + minutes);
    }

    double rate(int type, double second) {
        return load(type, second, phases);
    }

    void clear() {
        for (Outcomes o : outcomes) {
            o.clear();
        }
    }

    void run(int second) {
        while (firstOpen < incidents.size() && incidents.get(firstOpen).endSecond() <= second) {
            firstOpen++;
        }
        for (int type = 0; type < TYPES; type++) {
            for (int instance = 0; instance < INSTANCES; instance++) {
                run(second, type, instance, active(second, type, instance));
            }
        }
    }

    private Incident active(int second, int type, int instance) {
        if (firstOpen < incidents.size()) {
            Incident next = incidents.get(firstOpen);
            if (next.isActive(second) && next.hits(type, instance)) {
                return next;
            }
        }
        return null;
    }

    private void run(int second, int type, int instance, Incident incident) {
        double rate = rate(type, second) * INSTANCE_SHARE[instance];
        double median = MEDIAN_SECONDS[type];
        double errorShare = ERROR_SHARE[type];
        if (incident != null) {
            switch (incident.kind()) {
                case LATENCY_TIMES_3 -> median *= 3;
                case ERRORS_PLUS_20_POINTS -> errorShare += 0.2;
                case THROUGHPUT_MINUS_60_PERCENT -> rate *= 0.4;
                case SILENCE -> rate = 0;
                case ONE_INSTANCE_FAILS_30_PERCENT -> errorShare = 0.3;
            }
        }
        int count = poisson(rate);
        for (int i = 0; i < count; i++) {
            outcomes[type * INSTANCES + instance].add(
                    median * Math.exp(SIGMA[type] * random.nextGaussian()), random.nextDouble() < errorShare);
        }
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }
}
