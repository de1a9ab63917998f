/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.Judgement;
import io.tocsin.detectors.testkit.JudgementRecorder;
import io.tocsin.detectors.testkit.RuleParameters;
import io.tocsin.detectors.testkit.WindowData;
import io.tocsin.detectors.testkit.Windows;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A detector, what it is told step by step, and what it says in the latest one. */
final class Told {
    private final Detector detector;
    private final Random random = new Random(11);
    private int step;
    private List<Judgement> latest = List.of();

    Told(DetectorFactory factory, Map<String, String> settings) {
        detector = factory.create(RuleParameters.of(factory, settings));
    }

    /** A window of the next step: so many outcomes around a median, some failed. */
    WindowData window(int member, int count, double median, int errors) {
        return Windows.nth(step)
                .member(member)
                .values(Windows.logNormal(random, count, median, 0.5))
                .errors("timeout", errors)
                .build();
    }

    WindowData.Builder window() {
        return Windows.nth(step);
    }

    /** Ends the step with these windows. */
    Told step(WindowData... windows) {
        JudgementRecorder recorder = new JudgementRecorder();
        for (WindowData window : windows) {
            recorder.during(findings -> detector.observe(window, findings));
        }
        long end = Windows.START_MILLIS + (step + 1) * Windows.STEP_MILLIS;
        recorder.during(findings -> detector.step(end, findings));
        latest = recorder.judgements();
        step++;
        return this;
    }

    /** Usual windows of 100 outcomes for so many members, for so many steps. */
    Told usual(int members, int steps) {
        for (int i = 0; i < steps; i++) {
            WindowData[] windows = new WindowData[members];
            for (int member = 0; member < members; member++) {
                windows[member] = window(member, 95 + random.nextInt(11), 0.4, 0);
            }
            step(windows);
        }
        return this;
    }

    List<Judgement> latest() {
        return latest;
    }

    boolean isBad(int member, String kind) {
        return latest.stream().anyMatch(j -> j.member() == member && j.kind().equals(kind) && j.isBad());
    }

    boolean isAnyBad() {
        return latest.stream().anyMatch(Judgement::isBad);
    }
}
