/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.TocsinClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A new collector in its own process, and in this one a subscriber and the agents: each group has one incident. Those judged by
 * batch have a client to themselves, so that the others' records do not fill their batches. Not thread-safe.
 */
final class LatencyRound {
    private static final long LOOK_EVERY_NANOS = 500_000;

    private final int groups;
    private final int warmUpSeconds;
    private final int spreadSeconds;
    private final int patienceSeconds;
    private final SplittableRandom random;
    private final Map<String, Trial> trials = new HashMap<>();
    private final List<Course> courses = new ArrayList<>();
    private double longestPauseMillis;

    /**
     * @param groups of each detector
     * @param warmUpSeconds of usual load
     * @param spreadSeconds over which incidents begin
     * @param patienceSeconds after the last of them; what was not heard then was missed
     */
    LatencyRound(int groups, int warmUpSeconds, int spreadSeconds, int patienceSeconds, long seed) {
        this.groups = groups;
        this.warmUpSeconds = warmUpSeconds;
        this.spreadSeconds = spreadSeconds;
        this.patienceSeconds = patienceSeconds;
        this.random = new SplittableRandom(seed);
    }

    /** All trials, over. */
    Collection<Trial> run(Path configuration, InstantSource clock) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.collector(List.of(configuration.toString()));
                TocsinClient steady = client(server.port());
                TocsinClient failing = client(server.port())) {
            plan(steady, failing, System.nanoTime());
            try (AlertListener listener = new AlertListener(server.port(), trials, clock)) {
                drive();
                listener.check();
            }
            if (steady.balance().droppedInAll() + failing.balance().droppedInAll() > 0) {
                throw new IllegalStateException(
                        "no record may be dropped, were: " + steady.balance() + ", " + failing.balance());
            }
        }
        return trials.values();
    }

    private static TocsinClient client(int port) {
        return TocsinClient.builder().endpoint("127.0.0.1:" + port).build();
    }

    private void plan(TocsinClient steady, TocsinClient failing, long nowNanos) {
        long firstIncident = nowNanos + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        for (Subject subject : Subject.all()) {
            for (int number = 0; number < groups; number++) {
                Trial trial = new Trial(subject, "group-" + number);
                trials.put(AlertListener.key(subject.detector, trial.group), trial);
                long incident = firstIncident + random.nextLong(TimeUnit.SECONDS.toNanos(spreadSeconds));
                boolean byBatch = subject.judged == Subject.Judged.BY_BATCH;
                for (int member = 0; member < subject.members(); member++) {
                    Outcomes outcomes = (byBatch ? failing : steady)
                            .outcomes(
                                    subject.metric(),
                                    Attributes.of(Subject.GROUP, trial.group, Subject.MEMBER, "member-" + member));
                    courses.add(
                            byBatch
                                    ? new FailingCourse(trial, outcomes, random.split(), incident)
                                    : new SteadyCourse(
                                            trial,
                                            outcomes,
                                            random.split(),
                                            nowNanos,
                                            member == 0 ? incident : Long.MAX_VALUE));
                }
            }
        }
    }

    private void drive() {
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(warmUpSeconds + spreadSeconds + (long) patienceSeconds);
        long before = start;
        for (long now = start; now < end && !isOver(now - start); now = System.nanoTime()) {
            longestPauseMillis = Math.max(longestPauseMillis, (now - before) / 1e6);
            before = now;
            for (Course course : courses) {
                if (course.dueNanos() <= now) {
                    course.act(now);
                }
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private boolean isOver(long sinceStartNanos) {
        return sinceStartNanos > TimeUnit.SECONDS.toNanos(warmUpSeconds + (long) spreadSeconds)
                && trials.values().stream().allMatch(Trial::isOver);
    }

    /** Longest time for which the agents did nothing, as they got no processor: tells how busy the machine was. */
    double longestPauseMillis() {
        return longestPauseMillis;
    }
}
