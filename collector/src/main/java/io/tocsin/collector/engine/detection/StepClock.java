/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules that share one length of step, and the end of their next step. */
final class StepClock {
    static final Comparator<RuleWatch> ORDER = Comparator.comparing(RuleWatch::tenant)
            .thenComparing(watch -> watch.rule().name());

    private final long stepMillis;
    private final List<RuleWatch> rules = new ArrayList<>();
    private long nextEndMillis;

    StepClock(long stepMillis, long nowMillis) {
        this.stepMillis = stepMillis;
        this.nextEndMillis = endAfter(nowMillis);
    }

    /** All but its rules. */
    void save(StateWriter out) {
        out.writeSize(stepMillis);
        out.writeNumber(nextEndMillis);
    }

    static StepClock restore(StateReader in) throws IOException {
        StepClock clock = new StepClock(in.readSize(), 0);
        clock.nextEndMillis = in.readNumber();
        return clock;
    }

    long stepMillis() {
        return stepMillis;
    }

    private long endAfter(long millis) {
        return (Math.floorDiv(millis, stepMillis) + 1) * stepMillis;
    }

    long nextEndMillis() {
        return nextEndMillis;
    }

    void add(RuleWatch rule) {
        rules.add(rule);
        rules.sort(ORDER);
    }

    void remove(RuleWatch rule) {
        rules.remove(rule);
    }

    List<RuleWatch> rules() {
        return rules;
    }

    void stepped() {
        nextEndMillis += stepMillis;
    }

    /** Leaves out the steps before {@code millis}: there was nothing to watch. */
    void skipTo(long millis) {
        nextEndMillis = Math.max(nextEndMillis, endAfter(millis));
    }

    boolean watchesNothing() {
        for (RuleWatch rule : rules) {
            if (rule.hasGroups()) {
                return false;
            }
        }
        return true;
    }
}
