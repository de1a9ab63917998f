/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Finding;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/** The share of failures of a group against its own past ({@link ErrorPast}). */
final class ErrorRateSpike implements Detector {
    private final double minimumTraffic;
    private final WarmUp warmUp;
    private final ErrorPast past;

    ErrorRateSpike(Parameters parameters) {
        minimumTraffic = parameters.get(CommonParameters.MINIMUM_TRAFFIC);
        warmUp = new WarmUp(parameters.get(CommonParameters.WARM_UP));
        past = new ErrorPast(
                Math.toIntExact(parameters.get(CommonParameters.WINDOW_SIZE)),
                parameters.get(ErrorRateSpikeFactory.MULTIPLIER),
                parameters.get(ErrorRateSpikeFactory.MINIMUM_CHANGE));
    }

    @Override
    public void observe(Window window, Findings findings) {
        if (window.count() == 0) {
            return; // no outcome: cannot tell
        }
        warmUp.begin(window.startMillis());
        past.observe(window.errors(), window.count());
        if (warmUp.over(window.endMillis(), past.size()) && past.evaluate(minimumTraffic, Peers.NONE)) {
            judge(window, findings);
        }
        past.learn();
    }

    private void judge(Window window, Findings findings) {
        double observed = past.observed();
        Finding finding = findings.judge(0, "errors", past.score())
                .compared(observed, 0, past.high(), "1")
                .number("usual", past.usual(), "1");
        if (past.score() >= 1) {
            finding.label("error", MostFrequentError.of(window))
                    .severity(observed >= 0.5 ? Severity.CRITICAL : observed >= 0.2 ? Severity.HIGH : Severity.MEDIUM)
                    .text("{observed} of outcomes fail, usually {usual}; most often: {error}");
        } else {
            finding.text("{observed} of outcomes fail, usually {usual}");
        }
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        past.inspect(gauges);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        warmUp.save(out);
        past.save(out);
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        warmUp.restore(in);
        past.restore(in);
    }
}
