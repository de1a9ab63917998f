/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import java.util.SplittableRandom;

/**
 * A few good outcomes, then bad ones until they prove what an outage or an SLO asks for, and nothing after that: what comes
 * later must not push the proof along.
 */
final class FailingCourse implements Course {
    private static final int LEAST_GOOD = 5;
    private static final int MOST_GOOD = 30;
    private static final double MEAN_GAP_NANOS = 40e6;
    private static final long LATENCY_NANOS = 100_000_000;

    private final Trial trial;
    private final Outcomes outcomes;
    private final SplittableRandom random;
    private final ShareProof proof;
    private int goodLeft;
    private boolean failing;
    private long dueNanos;

    FailingCourse(Trial trial, Outcomes outcomes, SplittableRandom random, long firstNanos) {
        this.trial = trial;
        this.outcomes = outcomes;
        this.random = random;
        this.proof = new ShareProof(trial.subject == Subject.SLO);
        this.goodLeft = random.nextInt(LEAST_GOOD, MOST_GOOD + 1);
        this.dueNanos = firstNanos;
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public void act(long nowNanos) {
        boolean fails = goodLeft == 0;
        goodLeft -= fails ? 0 : 1;
        if (fails && !failing) {
            failing = true;
            trial.begin(System.nanoTime());
        }
        boolean proven = proof.provenBy(fails);
        if (proven) {
            trial.prove(System.nanoTime());
        }
        outcomes.record(LATENCY_NANOS, fails ? Status.ERROR : Status.OK, fails ? "benchmark" : null);
        dueNanos = proven ? Long.MAX_VALUE : nowNanos + (long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP_NANOS);
    }
}
