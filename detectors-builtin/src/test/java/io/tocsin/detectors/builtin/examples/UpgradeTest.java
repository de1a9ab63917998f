/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.testkit.Course;
import io.tocsin.detectors.testkit.Judgement;
import io.tocsin.detectors.testkit.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two versions of one detector: side by side, over the past, and one after the other. */
class UpgradeTest {
    private final Course course = Course.ofWindows(Windows.randomWalk(5, 200));

    @Test
    void aShadowJudgesBesideTheOldOneAndDisturbsNothing() {
        List<Judgement> alone = course.play(new GreatestEver(1));
        Detector shadow = new GreatestEver(2);
        List<Judgement> shadowed = course.play(new GreatestEver(1), old -> old);

        assertThat(course.play(shadow)).isEqualTo(shadowed).isEqualTo(alone);
    }

    @Test
    void aBacktestIsTheSameEachTime() {
        assertThat(course.play(new GreatestEver(2))).isEqualTo(course.play(new GreatestEver(2)));
    }

    @Test
    void theNewVersionGoesOnFromTheOldState() throws IOException {
        int[] calls = {0};
        List<Judgement> upgraded = course.play(
                new GreatestEver(1),
                detector -> ++calls[0] == 150 ? restored(detector, 1, new GreatestEver(2)) : detector);

        assertThat(upgraded).isEqualTo(course.play(new GreatestEver(2)));
    }

    @Test
    void theOldVersionRefusesTheNewState() {
        Detector now = new GreatestEver(2);
        course.play(now);

        assertThatThrownBy(() -> new GreatestEver(1).restore(2, state(now)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be 1 to 1, was 2");
    }

    private static Detector restored(Detector old, int format, Detector next) {
        try {
            next.restore(format, state(old));
            return next;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DataInputStream state(Detector detector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detector.save(new DataOutputStream(bytes));
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
