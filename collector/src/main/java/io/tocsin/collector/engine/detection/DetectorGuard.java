/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Detector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Calls one detector, so that whatever it throws costs that call alone (promise 7). After steps in a row with a throw in each,
 * {@code detection.max-failures} of them, the detector is set aside and not called any more.
 */
final class DetectorGuard {
    private static final System.Logger LOG = System.getLogger(DetectorGuard.class.getName());

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
