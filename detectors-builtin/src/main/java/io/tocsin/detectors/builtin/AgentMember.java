/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One agent: its own past in three respects, and what was last known of each. About 4.5 KB with 120 windows. */
final class AgentMember {
    private static final double UNKNOWN = Double.NaN;

    private final double quantile;
    private final double minimumTraffic;
    private final WarmUp warmUp;
    final ErrorPast errors;
    final LatencyPast latency;
    final CountPast count;
    // a kind once judged is judged whenever any is: where one cannot tell, what was known stays
    private double heldErrors = UNKNOWN;
    private double heldLatency = UNKNOWN;
    private double heldSilence = UNKNOWN;

    // of the latest step, whose end may come after a restart
    private boolean fresh;
    private boolean withOutcomes;
    private boolean withFullCoverage;
    private boolean warm;
    private double seconds;

    AgentMember(Parameters parameters) {
        quantile = parameters.get(AgentFailureFactory.QUANTILE);
        minimumTraffic = parameters.get(CommonParameters.MINIMUM_TRAFFIC);
        warmUp = new WarmUp(parameters.get(CommonParameters.WARM_UP));
        int windows = Math.toIntExact(parameters.get(CommonParameters.WINDOW_SIZE));
        double multiplier = parameters.get(AgentFailureFactory.MULTIPLIER);
        errors = new ErrorPast(windows, multiplier, parameters.get(AgentFailureFactory.ERROR_CHANGE));
        latency = new LatencyPast(windows, multiplier, parameters.get(AgentFailureFactory.LATENCY_CHANGE));
        count = new CountPast(windows, multiplier, parameters.get(AgentFailureFactory.THROUGHPUT_CHANGE));
    }

    void observe(Window window) {
        fresh = true;
        withOutcomes = window.count() > 0;
        withFullCoverage = Coverage.isFull(window);
        long endMillis = window.endMillis();
        seconds = (endMillis - window.startMillis()) / 1000.0;
        if (withOutcomes) {
            warmUp.begin(window.startMillis());
            errors.observe(window.errors(), window.count());
            latency.observe(window.quantile(quantile), window.count());
        }
        if (withFullCoverage) {
            count.observe(window.count());
        } else {
            count.cut();
        }
        warm = warmUp.over(endMillis, errors.size());
    }

    boolean isFresh() {
        return fresh;
    }

    boolean isWarm() {
        return warm;
    }

    boolean hasOutcomes() {
        return withOutcomes;
    }

    boolean hasFullCoverage() {
        return withFullCoverage;
    }

    void judge(int member, PeersNow peers, Findings findings) {
        boolean told = false;
        if (withOutcomes && (warm || peers.haveAPast()) && errors.evaluate(minimumTraffic, peers.errors)) {
            heldErrors = errors.score();
            told = true;
        }
        if (withOutcomes && warm && latency.evaluate(minimumTraffic, peers.latency)) {
            heldLatency = latency.score();
            told = true;
        }
        if (withFullCoverage && warm && count.evaluate(minimumTraffic, peers.count)) {
            heldSilence = count.score();
            told = true;
        }
        if (told) {
            tell(member, findings);
        }
    }

    private void tell(int member, Findings findings) {
        if (heldErrors >= 0) {
            findings.judge(member, "errors", heldErrors)
                    .compared(errors.observed(), 0, errors.high(), "1")
                    .number("usual", errors.usual(), "1")
                    .severity(errors.observed() >= 0.5 ? Severity.HIGH : Severity.MEDIUM)
                    .text("{observed} of this agent's outcomes fail, usually {usual}, and its peers do better");
        }
        if (heldLatency >= 0) {
            findings.judge(member, "latency", heldLatency)
                    .compared(latency.observedSeconds(), 0, latency.highSeconds(), "s")
                    .number("usual", latency.usualSeconds(), "s")
                    .severity(Severity.MEDIUM)
                    .text("this agent takes {observed}, usually {usual}, and its peers did not slow down as much");
        }
        if (heldSilence >= 0) {
            findings.judge(member, "silence", heldSilence)
                    .compared(count.observed() / seconds, count.low() / seconds, Double.POSITIVE_INFINITY, "1/s")
                    .number("usual", count.usual() / seconds, "1/s")
                    .severity(Severity.HIGH)
                    .text("this agent finishes {observed}, usually {usual}, and its peers go on");
        }
    }

    /** The step is over. */
    void learn() {
        if (withOutcomes) {
            errors.learn();
            latency.learn();
        }
        if (withFullCoverage && (count.size() > 0 || withOutcomes)) {
            count.learn();
        }
        fresh = false;
    }

    void save(DataOutput out) throws IOException {
        warmUp.save(out);
        errors.save(out);
        latency.save(out);
        count.save(out);
        out.writeDouble(heldErrors);
        out.writeDouble(heldLatency);
        out.writeDouble(heldSilence);
        out.writeBoolean(fresh);
        out.writeBoolean(withOutcomes);
        out.writeBoolean(withFullCoverage);
        out.writeBoolean(warm);
        out.writeDouble(seconds);
    }

    void restore(DataInput in) throws IOException {
        warmUp.restore(in);
        errors.restore(in);
        latency.restore(in);
        count.restore(in);
        heldErrors = in.readDouble();
        heldLatency = in.readDouble();
        heldSilence = in.readDouble();
        fresh = in.readBoolean();
        withOutcomes = in.readBoolean();
        withFullCoverage = in.readBoolean();
        warm = in.readBoolean();
        seconds = in.readDouble();
    }
}
