/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import java.util.SplittableRandom;

/** Twenty outcomes a second, from some instant on bad ones or none, until the subscriber has heard of it. */
final class SteadyCourse implements Course {
    private static final double LEAST_GAP_NANOS = 25e6;
    private static final double MOST_GAP_NANOS = 75e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Trial trial;
    private final Outcomes outcomes;
    private final SplittableRandom random;
    /** {@link Long#MAX_VALUE} for one that only goes on. */
    private final long incidentNanos;

    private boolean begun;
    private long dueNanos;

    SteadyCourse(Trial trial, Outcomes outcomes, SplittableRandom random, long firstNanos, long incidentNanos) {
        this.trial = trial;
        this.outcomes = outcomes;
        this.random = random;
        this.incidentNanos = incidentNanos;
        this.dueNanos = firstNanos + gapNanos();
    }

    private long gapNanos() {
        return (long) random.nextDouble(LEAST_GAP_NANOS, MOST_GAP_NANOS);
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public void act(long nowNanos) {
        boolean incident = nowNanos >= incidentNanos;
        if (incident && !begun) {
            begun = true;
            trial.begin(incidentNanos);
        }
        if (trial.isOver() || (incident && trial.subject.fallsSilent())) {
            dueNanos = Long.MAX_VALUE;
            return;
        }
        boolean fails = trial.subject.fails(incident, random.nextDouble());
        long latencyNanos = (long) (trial.subject.seconds(incident, random.nextDouble()) * NANOS_PER_SECOND);
        outcomes.record(latencyNanos, fails ? Status.ERROR : Status.OK, fails ? "benchmark" : null);
        dueNanos = nowNanos + gapNanos();
    }
}
