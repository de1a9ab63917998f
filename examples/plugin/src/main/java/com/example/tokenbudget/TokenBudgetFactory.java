/* SPDX-License-Identifier: Apache-2.0 */
package com.example.tokenbudget;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.time.Duration;
import java.util.List;

/** {@code token-budget}: more tokens were used in a period than may be. */
public final class TokenBudgetFactory implements DetectorFactory {
    static final Input TOKENS = Input.measurements("tokens", "a counter of tokens used");
    static final Parameter<Double> BUDGET = Parameter.decimal("budget", "tokens that may be used in a period")
            .atLeast(1.0)
            .withUnit("{token}");
    static final Parameter<Duration> PERIOD = Parameter.duration("period", "length of the rolling period")
            .atLeast(Duration.ofSeconds(1))
            .atMost(Duration.ofHours(6))
            .withDefault(Duration.ofHours(1));

    /** Made by the service loader. */
    public TokenBudgetFactory() {}

    @Override
    public String name() {
        return "token-budget";
    }

    @Override
    public String summary() {
        return "More tokens were used in a period than may be.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(TOKENS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(BUDGET, PERIOD);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new TokenBudget(parameters.get(BUDGET), parameters.get(PERIOD).toMillis());
    }
}
