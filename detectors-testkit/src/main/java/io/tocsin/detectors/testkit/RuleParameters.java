/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters of a rule, read from text as the collector reads them; all problems are collected. Not thread-safe. */
public final class RuleParameters implements Parameters {
    private final Map<Parameter<?>, Object> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private RuleParameters() {}

    /** The parameters of a factory: defaults, and what is set here, by name. */
    public static RuleParameters of(DetectorFactory factory, Map<String, String> settings) {
        RuleParameters read = new RuleParameters();
        List<String> names = factory.parameters().stream().map(Parameter::name).toList();
        for (String name : settings.keySet()) {
            if (!names.contains(name)) {
                read.problems.add(name + " is no parameter of " + factory.name() + ", allowed are " + names);
            }
        }
        for (Parameter<?> parameter : factory.parameters()) {
            read.read(parameter, settings.get(parameter.name()));
        }
        return read;
    }

    private void read(Parameter<?> parameter, @org.jspecify.annotations.Nullable String text) {
        try {
            if (text != null) {
                values.put(parameter, parameter.parse(text));
            } else if (parameter.defaultValue().isPresent()) {
                values.put(parameter, parameter.defaultValue().get());
            } else {
                problems.add(parameter.name() + " must be set, to " + parameter.allowed());
            }
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // each value was read by its own parameter
    public <T> T get(Parameter<T> parameter) {
        Object value = values.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the factory declares no parameter " + parameter.name() + ", or another one of that name");
        }
        return (T) value;
    }

    @Override
    public void reject(Parameter<?> parameter, String reason) {
        problems.add(parameter.name() + " " + reason);
    }

    /** What is wrong; each names the parameter, the value and what is allowed. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
