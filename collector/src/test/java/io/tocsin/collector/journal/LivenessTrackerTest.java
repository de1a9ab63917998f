/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is alive, without looking at everyone each time. */
class LivenessTrackerTest {
    private static final long LOST_AFTER_MILLIS = 5_000;
    private static final long FORGET_AFTER_MILLIS = 3_600_000;

    private final ProducerKey first = new ProducerKey("default", "first", 1);
    private final ProducerKey second = new ProducerKey("default", "second", 1);
    private final LivenessTracker tracker = new LivenessTracker(LOST_AFTER_MILLIS, FORGET_AFTER_MILLIS);

    private List<Liveness> changes(long nowMillis) {
        return tracker.changes(nowMillis).stream()
                .map(Entry.LivenessChanged::liveness)
                .toList();
    }

    @Test
    void whoIsNewOrBackIsAliveAtOnce() {
        tracker.heard(first, 1_000);
        assertThat(changes(1_000)).containsExactly(Liveness.ALIVE);
        tracker.heard(second, 1_000);
        assertThat(changes(1_000)).containsExactly(Liveness.ALIVE);

        assertThat(changes(6_001)).containsExactly(Liveness.LOST, Liveness.LOST);
        tracker.heard(second, 6_001);
        assertThat(tracker.changes(6_001)).containsExactly(new Entry.LivenessChanged(second, Liveness.ALIVE, 6_001));
        assertThat(tracker.counts()).containsEntry("alive", 1).containsEntry("lost", 1);
    }

    @Test
    void whoIsLostShowsAtTheNextLookWithTheTimeItWasLastHeard() {
        tracker.heard(first, 0);
        assertThat(changes(0)).containsExactly(Liveness.ALIVE);
        assertThat(changes(4_990)).isEmpty();

        assertThat(changes(5_001)).as("looked 11 ms ago").isEmpty();
        assertThat(tracker.changes(4_990 + LivenessTracker.LOOK_EVERY_MILLIS))
                .containsExactly(new Entry.LivenessChanged(first, Liveness.LOST, 0));
    }

    @Test
    void whoWasLostBeforeARestartStaysLostUntilHeard() {
        tracker.restore(new Entry.LivenessChanged(first, Liveness.LOST, 900));
        tracker.restore(new Entry.LivenessChanged(first, Liveness.LOST, 1_000));
        assertThat(changes(1_001)).isEmpty();
        assertThat(changes(1_100)).isEmpty();

        tracker.heard(first, 1_200);
        assertThat(tracker.changes(1_200)).containsExactly(new Entry.LivenessChanged(first, Liveness.ALIVE, 1_200));
    }

    @Test
    void whoWasLostForLongIsForgottenOnce() {
        tracker.heard(first, 0);
        changes(0);
        changes(FORGET_AFTER_MILLIS + 1);

        assertThat(tracker.takeForgotten()).containsExactly(first);
        assertThat(tracker.takeForgotten()).isEmpty();
    }
}
