/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** {@code agent-failure}: one member of a group fails, slows down or falls silent while its peers do not. */
public final class AgentFailureFactory implements DetectorFactory {
    static final Input AGENTS = Input.outcomes("agents", "members that are compared with each other")
            .perMember();
    static final Parameter<Double> MULTIPLIER = CommonParameters.multiplier(5.0);
    static final Parameter<Double> QUANTILE = Parameter.decimal("quantile", "which latency is compared")
            .atLeast(0.1)
            .atMost(0.999)
            .withDefault(0.5);
    static final Parameter<Double> ERROR_CHANGE = Parameter.decimal(
                    "error-change", "share of outcomes above the usual share that is the least failure")
            .above(0.0)
            .atMost(1.0)
            .withUnit("1")
            .withDefault(0.1);
    static final Parameter<Double> LATENCY_CHANGE = Parameter.decimal(
                    "latency-change", "times the usual latency that are the least slowdown")
            .above(1.0)
            .withDefault(2.0);
    static final Parameter<Double> THROUGHPUT_CHANGE = Parameter.decimal(
                    "throughput-change", "share of the usual throughput whose loss is the least silence")
            .above(0.0)
            .below(1.0)
            .withUnit("1")
            .withDefault(0.8);

    /** Made by the service loader. */
    public AgentFailureFactory() {}

    @Override
    public String name() {
        return "agent-failure";
    }

    @Override
    public String summary() {
        return "One agent type or instance fails, slows down or falls silent, beside its own past and its peers.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(AGENTS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                MULTIPLIER,
                QUANTILE,
                ERROR_CHANGE,
                LATENCY_CHANGE,
                THROUGHPUT_CHANGE,
                CommonParameters.WINDOW_SIZE,
                CommonParameters.WARM_UP,
                CommonParameters.MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new AgentFailure(parameters);
    }
}
