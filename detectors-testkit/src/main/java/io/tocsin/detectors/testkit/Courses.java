/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Courses of events for any detector: whatever its inputs ask for comes. */
public final class Courses {
    private static final int STEPS = 480;
    private static final int NEW_MEMBER_AT = 60;
    private static final int MEMBER_GOES_AT = 230;
    private static final int MEMBER_IS_BACK_AT = 240;
    private static final int MEMBERS = 3;

    private Courses() {}

    /**
     * Eighty minutes of ordinary life in steps of ten seconds: usual load, then in turn many errors, great latency, silence, a collector that
     * does not listen, little traffic, silence for longer than most baselines reach back (21 minutes), and usual load again; late records; a member
     * that comes later, goes, and whose number is used again.
     */
    public static Course typical(DetectorFactory factory, long seed) {
        Random random = new Random(seed);
        Course.Builder course = Course.builder();
        for (int step = 0; step < STEPS; step++) {
            if (step == MEMBER_GOES_AT && isPerMember(factory)) {
                course.forget(MEMBERS - 1);
            }
            addStep(factory, course, step, random);
        }
        return course.build();
    }

    private static void addStep(DetectorFactory factory, Course.Builder course, int step, Random random) {
        List<Input> inputs = factory.inputs();
        long start = Windows.START_MILLIS + step * Windows.STEP_MILLIS;
        long end = start + Windows.STEP_MILLIS;
        Weather weather = Weather.at(step);
        TallyRows.Builder tallies = TallyRows.at(end - 100);
        RecordRows.Builder records = RecordRows.at(end - 100);
        int tallyRows = 0;
        int recordRows = 0;
        for (int member = 0; member < (isPerMember(factory) ? MEMBERS : 1); member++) {
            if (member == MEMBERS - 1 && !isLastMemberThere(step)) {
                continue;
            }
            Weather own = member == 0 ? weather : Weather.at(step - 20 * member);
            for (int input = 0; input < inputs.size(); input++) {
                switch (inputs.get(input).kind()) {
                    case OUTCOMES, MEASUREMENTS ->
                        course.window(own.window(step, inputs.get(input).kind(), random)
                                .member(member)
                                .input(input)
                                .build());
                    case TALLIES -> tallyRows += own.tally(tallies, member, input, start / 1000, random);
                    case RECORDS ->
                        recordRows += own.record(
                                records, member, input, start, inputs.get(input).keys(), random);
                }
            }
        }
        if (tallyRows > 0) {
            course.tallies(tallies.build());
        }
        if (recordRows > 0) {
            course.records(records.build());
        }
        course.step(end);
    }

    private static boolean isLastMemberThere(int step) {
        return step >= NEW_MEMBER_AT && (step < MEMBER_GOES_AT || step >= MEMBER_IS_BACK_AT);
    }

    private static boolean isPerMember(DetectorFactory factory) {
        return factory.inputs().stream().anyMatch(Input::isPerMember);
    }

    /** A usual past, long enough for any warm-up, and then what no arithmetic should stumble over. */
    public static Course extreme(DetectorFactory factory) {
        Random random = new Random(1);
        Course.Builder course = Course.builder();
        List<WindowData> extremes = Windows.extremes();
        addExtremes(factory, course, 0, extremes);
        int usualSteps = 40;
        for (int step = 0; step < usualSteps; step++) {
            addStep(factory, course, extremes.size() + step, random);
        }
        addExtremes(factory, course, extremes.size() + usualSteps, extremes);
        return course.build();
    }

    private static void addExtremes(
            DetectorFactory factory, Course.Builder course, int fromStep, List<WindowData> extremes) {
        for (int i = 0; i < extremes.size(); i++) {
            int step = fromStep + i;
            WindowData extreme = extremes.get(i);
            long start = Windows.START_MILLIS + step * Windows.STEP_MILLIS;
            long second = start / 1000;
            for (int input = 0; input < factory.inputs().size(); input++) {
                Input declared = factory.inputs().get(input);
                switch (declared.kind()) {
                    case OUTCOMES, MEASUREMENTS -> course.window(extreme.movedTo(start, input));
                    case TALLIES -> {
                        long many = Long.MAX_VALUE >> 24;
                        course.tallies(TallyRows.at(start)
                                .row(0, input, second, i % 3 == 0 ? many : 1, i % 2, i % 2, i % 2)
                                .row(0, input, second - 100_000_000L, 1, 1, 1, 1)
                                .row(0, input, second + 500, 1, 0, 0, 0)
                                .row(0, input, second + 100_000, 1, 1, 1, 1)
                                .build());
                    }
                    case RECORDS -> {
                        List<String> keys = new ArrayList<>(declared.keys());
                        keys.replaceAll(key -> "");
                        course.records(RecordRows.at(start)
                                .record(0, input, 0, Long.MAX_VALUE, Double.MAX_VALUE, "", keys.toArray(String[]::new))
                                .record(0, input, start + 500_000, 1, 0, "e", keys.toArray(String[]::new))
                                .build());
                    }
                }
            }
            course.step(start + Windows.STEP_MILLIS);
        }
    }
}
