/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Records;
import io.tocsin.detectors.Tallies;
import io.tocsin.detectors.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A course of events: what the collector calls a detector with, in order. Immutable; can be played any number of times. */
public final class Course {
    /** One call. Views are made anew each time it is played. */
    private interface Call {
        void play(Detector detector, JudgementRecorder recorder);
    }

    private final List<Call> calls;

    private Course(List<Call> calls) {
        this.calls = calls;
    }

    /** An empty course. */
    public static Builder builder() {
        return new Builder();
    }

    /** These windows, each followed by the end of its step. */
    public static Course ofWindows(List<? extends Window> windows) {
        Builder course = builder();
        windows.forEach(window -> course.window(window).step(window.endMillis()));
        return course.build();
    }

    /** Calls in it. */
    public int size() {
        return calls.size();
    }

    /** Plays it on a new detector, and returns what that said. */
    public List<Judgement> play(Detector detector) {
        return play(detector, UnaryOperator.identity());
    }

    /** Plays it; after each call the detector is replaced by what {@code between} makes of it. */
    public List<Judgement> play(Detector detector, UnaryOperator<Detector> between) {
        Player player = player(detector);
        while (player.hasNext()) {
            player.next();
            player.replace(between);
        }
        return player.judgements();
    }

    /** Plays it call by call. */
    Player player(Detector detector) {
        return new Player(detector);
    }

    /** Stands somewhere within the course. */
    final class Player {
        private final JudgementRecorder recorder = new JudgementRecorder();
        private Detector detector;
        private int next;

        private Player(Detector detector) {
            this.detector = detector;
        }

        boolean hasNext() {
            return next < calls.size();
        }

        void next() {
            calls.get(next++).play(detector, recorder);
        }

        void replace(UnaryOperator<Detector> between) {
            detector = between.apply(detector);
        }

        List<Judgement> judgements() {
            return recorder.judgements();
        }
    }

    /** Collects calls. Not thread-safe. */
    public static final class Builder {
        private final List<Call> calls = new ArrayList<>();

        private Builder() {}

        /** A window of a member and input. */
        public Builder window(Window window) {
            calls.add((detector, recorder) -> {
                try (View<Window> view = new View<>(Window.class, window)) {
                    recorder.during(findings -> detector.observe(view.get(), findings));
                }
            });
            return this;
        }

        /** Exact counts. */
        public Builder tallies(Tallies tallies) {
            calls.add((detector, recorder) -> {
                try (View<Tallies> view = new View<>(Tallies.class, tallies)) {
                    recorder.during(findings -> detector.observe(view.get(), findings));
                }
            });
            return this;
        }

        /** Single records. */
        public Builder records(Records records) {
            calls.add((detector, recorder) -> {
                try (View<Records> view = new View<>(Records.class, records)) {
                    recorder.during((Findings findings) -> detector.observe(view.get(), findings));
                }
            });
            return this;
        }

        /** The end of a step. */
        public Builder step(long endMillis) {
            calls.add((detector, recorder) -> {
                recorder.during(findings -> detector.step(endMillis, findings));
                recorder.endStep();
            });
            return this;
        }

        /** A member goes. */
        public Builder forget(int member) {
            calls.add((detector, recorder) -> {
                detector.forget(member);
                recorder.forget(member);
            });
            return this;
        }

        /** The course. */
        public Course build() {
            return new Course(List.copyOf(calls));
        }
    }
}
