/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Detector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Calls one detector, so that whatever it throws costs that call alone (promise 7). After steps in a row with a throw in each,
 * {@code detection.max-failures} of them, the detector is set aside and not called any more.
 */
final class DetectorGuard {
    private static final System.Logger LOG = System.getLogger(DetectorGuard.class.getName());

    /** What one detector may need; more than any sound one does. */
    static final int MAX_STATE_BYTES = 8 << 20;

    /** How it did in the last steps. */
    record Standing(boolean failedInStep, int failedSteps, boolean setAside) {
        static Standing restore(StateReader in) throws IOException {
            return new Standing(in.readBoolean(), (int) in.readSize(), in.readBoolean());
        }
    }

    /** A call of the detector. */
    interface Call {
        void call(Detector detector);
    }

    private final Detector detector;
    private final RuleWatch rule;
    private final Attributes group;
    private final DetectionCounts counts;
    private final int maxFailures;
    private boolean failedInStep;
    private int failedSteps;
    private boolean setAside;

    DetectorGuard(Detector detector, RuleWatch rule, Attributes group, DetectionCounts counts, int maxFailures) {
        this.detector = detector;
        this.rule = rule;
        this.group = group;
        this.counts = counts;
        this.maxFailures = maxFailures;
    }

    /** A detector whose state cannot be saved starts over after a restart; one that is set aside needs none. */
    void save(StateWriter out) {
        out.writeBoolean(failedInStep);
        out.writeSize(failedSteps);
        out.writeBoolean(setAside);
        if (setAside) {
            out.notFramed();
            return;
        }
        try {
            out.framed(MAX_STATE_BYTES, detector::save);
        } catch (Throwable thrown) { // a plugin may throw anything; it costs what it would have saved
            out.notFramed();
            if (counts.statesNotSaved++ == 0) {
                LOG.log(WARNING, name() + " threw in save: it will start over after a restart", thrown);
            }
        }
    }

    void resume(Standing before) {
        failedInStep = before.failedInStep();
        failedSteps = before.failedSteps();
        setAside = before.setAside();
    }

    /**
     * @param method which of the detector's methods, for the log
     * @return whether it returned
     */
    boolean call(String method, Call call) {
        try {
            call.call(detector);
            return true;
        } catch (Throwable thrown) { // a plugin may throw anything
            failed(method, thrown);
            return false;
        }
    }

    private void failed(String method, Throwable thrown) {
        counts.failures++;
        String what = method + place(thrown) + ": " + thrown;
        rule.failed(what);
        if (!failedInStep && failedSteps == 0) {
            LOG.log(WARNING, name() + " threw in " + what + "; the judgements of that call are lost", thrown);
        }
        failedInStep = true;
    }

    /** The first line of the plugin's own in the trace, for its author. */
    private String place(Throwable thrown) {
        String home = detector.getClass().getPackageName();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(home)) {
                return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
        }
        return "";
    }

    private String name() {
        return "detector " + rule.rule().detector() + " of rule " + rule.rule().name() + ", watching "
                + (group.isEmpty() ? "all series" : group);
    }

    /** A step is over: one in which nothing was thrown ends the row. */
    void stepEnded() {
        failedSteps = failedInStep ? failedSteps + 1 : 0;
        failedInStep = false;
        if (failedSteps >= maxFailures && !setAside) {
            setAside = true;
            LOG.log(WARNING, name() + " is set aside: it threw in " + failedSteps + " steps in a row");
        }
    }

    boolean isSetAside() {
        return setAside;
    }

    /** Whether it threw in the last step, or in this one. */
    boolean isFailing() {
        return failedInStep || failedSteps > 0;
    }

    /** What the detector tells of a member; empty if it throws. */
    Map<String, Double> gauges(int member) {
        Map<String, Double> gauges = new LinkedHashMap<>();
        boolean told = call(
                "inspect",
                d -> d.inspect(
                        member, (name, value) -> gauges.put(Objects.requireNonNull(name, "name of a gauge"), value)));
        return told ? gauges : Map.of();
    }

    void close() {
        call("close", Detector::close);
    }
}
