/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * Watches the median and one higher quantile, each against its own past ({@link LatencyPast}): a slowdown of everything shows first in the
 * median, whose noise is least, one of a few in the tail.
 */
final class LatencySpike implements Detector {
    private static final double MEDIAN = 0.5;
    /** Records beyond a quantile, without which it is just the greatest value of a few. */
    private static final double LEAST_BEYOND = 2;

    private final double quantile;
    private final double minimumTraffic;
    private final WarmUp warmUp;
    private final LatencyPast middle;
    private final LatencyPast tail;

    LatencySpike(Parameters parameters) {
        quantile = parameters.get(LatencySpikeFactory.QUANTILE);
        minimumTraffic = parameters.get(CommonParameters.MINIMUM_TRAFFIC);
        warmUp = new WarmUp(parameters.get(CommonParameters.WARM_UP));
        int windows = Math.toIntExact(parameters.get(CommonParameters.WINDOW_SIZE));
        double multiplier = parameters.get(LatencySpikeFactory.MULTIPLIER);
        double minimumChange = parameters.get(LatencySpikeFactory.MINIMUM_CHANGE);
        middle = new LatencyPast(windows, multiplier, minimumChange);
        tail = new LatencyPast(windows, multiplier, minimumChange);
    }

    @Override
    public void observe(Window window, Findings findings) {
        if (window.count() == 0) {
            return; // no latency: cannot tell
        }
        warmUp.begin(window.startMillis());
        long count = window.count();
        middle.observe(window.quantile(MEDIAN), count);
        tail.observe(window.quantile(quantile), count);
        boolean warm = warmUp.over(window.endMillis(), tail.size());
        // each on its own: the tail may need more records than the median
        boolean told = warm && evaluate();
        middle.learn();
        tail.learn();
        if (told) {
            judge(findings);
        }
    }

    private boolean evaluate() {
        boolean middleTold = middle.evaluate(minimumTraffic, Peers.NONE);
        boolean tailTold = tail.evaluate(Math.max(minimumTraffic, LEAST_BEYOND / (1 - quantile)), Peers.NONE);
        return middleTold || tailTold;
    }

    private void judge(Findings findings) {
        boolean inTail = tail.score() >= middle.score();
        LatencyPast worse = inTail ? tail : middle;
        findings.judge(0, "latency", worse.score())
                .compared(worse.observedSeconds(), 0, worse.highSeconds(), "s")
                .number("quantile", inTail ? quantile : MEDIAN, "1")
                .number("usual", worse.usualSeconds(), "s")
                .number("windows", worse.windows(), "")
                .severity(worse.observedSeconds() > 4 * worse.usualSeconds() ? Severity.HIGH : Severity.MEDIUM)
                .text("the {quantile} quantile of latency is {observed}, usually {usual} and at most {high}");
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        tail.inspect(gauges);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        warmUp.save(out);
        middle.save(out);
        tail.save(out);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        warmUp.restore(in);
        middle.restore(in);
        tail.restore(in);
    }
}
