/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * The number of outcomes against its own past ({@link CountPast}). Few in a window in which we did not listen all the time prove nothing: then it
 * says "fine" if there are enough nevertheless, and nothing otherwise.
 */
final class ThroughputDrop implements Detector {
    private final double minimumTraffic;
    private final WarmUp warmUp;
    private final CountPast past;

    ThroughputDrop(Parameters parameters) {
        minimumTraffic = parameters.get(CommonParameters.MINIMUM_TRAFFIC);
        warmUp = new WarmUp(parameters.get(CommonParameters.WARM_UP));
        past = new CountPast(
                Math.toIntExact(parameters.get(CommonParameters.WINDOW_SIZE)),
                parameters.get(ThroughputDropFactory.MULTIPLIER),
                parameters.get(ThroughputDropFactory.MINIMUM_CHANGE));
    }

    @Override
    public void observe(Window window, Findings findings) {
        double seconds = (window.endMillis() - window.startMillis()) / 1000.0;
        if (!Coverage.isFull(window)) {
            past.cut();
            if (warmUp.over(window.endMillis(), past.size()) && past.isEnough(window.count(), minimumTraffic)) {
                judge(0, (double) window.count(), seconds, findings);
            }
            return;
        }
        if (past.size() > 0 || window.count() > 0) {
            warmUp.begin(window.startMillis());
        }
        past.observe(window.count());
        if (warmUp.over(window.endMillis(), past.size()) && past.evaluate(minimumTraffic, Peers.NONE)) {
            judge(past.score(), past.observed(), seconds, findings);
        }
        past.learn();
    }

    private void judge(double score, double observed, double seconds, Findings findings) {
        findings.judge(0, "throughput", score)
                .compared(observed / seconds, past.low() / seconds, Double.POSITIVE_INFINITY, "1/s")
                .number("usual", past.usual() / seconds, "1/s")
                .severity(observed == 0 ? Severity.HIGH : Severity.MEDIUM)
                .text("throughput is {observed}, usually {usual} and at least {low}");
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        if (past.size() >= WarmUp.LEAST_WINDOWS) {
            gauges.accept(Gauges.EXPECTED_LOW, past.low());
        }
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
